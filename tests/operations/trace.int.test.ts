// Traces and logs as an operator gets them: pages, api and worker send to a real OTLP endpoint, and what a browser's
// request set off in other contexts is part of its trace and has its correlation id, because its events carry both.
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cooperative } from '../faults/cooperative.ts';
import { foundCooperative } from '../faults/cooperative.ts';
import type { Product } from '../faults/product.ts';
import { startProduct, until } from '../faults/product.ts';
import type { Pages } from './pages.ts';
import { sendForm, startPages } from './pages.ts';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly service: string;
  readonly environment: string;
  readonly attributes: readonly Attribute[];
}
interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<Span, 'service' | 'environment'>[] }[];
  }[];
}

const spans: Span[] = [];
let receiver: Server;
let product: Product;
let pages: Pages;
let cooperative: Cooperative;

/** Takes what the services send, as a collector does. */
function receive(body: string): void {
  for (const { resource, scopeSpans } of (JSON.parse(body) as Sent).resourceSpans) {
    const named = (name: string) =>
      resource.attributes.find(({ key }) => key === name)?.value.stringValue ?? '';
    const [service, environment] = [named('service.name'), named('deployment.environment.name')];
    for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
      spans.push({ ...span, service, environment });
    }
  }
}

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url === '/v1/traces') receive(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    HABITAT_ENVIRONMENT: 'rehearsal',
    LOG_LEVEL: 'info',
  };
  product = await startProduct('rabbitmq', { environment });
  pages = await startPages(product.graphqlUrl, environment);
  cooperative = await foundCooperative(product, 'traced');
}, 180_000);

afterAll(async () => {
  await pages?.end();
  await product?.end();
  receiver?.close();
});

const correlationOf = ({ attributes }: Span) =>
  attributes.find(({ key }) => key === 'habitat.correlation_id')?.value.stringValue;

test('an approval is one trace, from the browser over pages, database and broker to the handlers of three contexts', async () => {
  const [ana] = cooperative.workers;
  const [olga] = cooperative.officers;
  const input = { kind: 'LABOR', quantity: '2', description: 'Roof', workedOn: cooperative.today };
  await ana?.act('logContribution', input, '{ contribution { id } }');
  const id = await sendForm(pages, olga.token, '/approvals', 'data-key="a"');
  const ofRequest = () => {
    const request = spans.find((span) => correlationOf(span) === id);
    return spans.filter(({ traceId }) => traceId === request?.traceId);
  };
  const handlers = ['treasury.post-contributions', 'people.apply-postings', 'agreements.copy-contributions'];
  const wanted = [
    ['habitat-frontend', 'POST /approvals'],
    ['habitat-api', 'POST /graphql'],
    ['habitat-api', 'graphql mutation approveContribution'],
    ['habitat-api', 'pg transaction'],
    ['habitat-worker', 'send people.contribution.valued'],
    ...handlers.map((handler) => ['habitat-worker', `process ${handler}`]),
    ['habitat-worker', 'pg transaction'],
  ];
  const missing = () =>
    wanted.filter(
      ([service, name]) => !ofRequest().some((span) => span.service === service && span.name === name),
    );
  await until('the whole trace has arrived', () => missing().length === 0).catch((fault: Error) => {
    throw new Error(`${fault.message}; missing ${JSON.stringify(missing())}`);
  });
  // Every part hangs on another part of it; only the browser's request begins it.
  const withoutParent = () => {
    const ids = new Set(ofRequest().map(({ spanId }) => spanId));
    return ofRequest().filter(({ parentSpanId = '' }) => !ids.has(parentSpanId));
  };
  await until('no part is missing its parent', () => withoutParent().length === 1);
  expect(withoutParent().map(({ name }) => name)).toEqual(['POST /approvals']);
  expect([...new Set(ofRequest().map(({ environment }) => environment))]).toEqual(['rehearsal']);

  const linesOf = async (of: { log(): Promise<Record<string, unknown>[]> }) =>
    (await of.log()).filter(({ correlationId }) => correlationId === id);
  expect(await linesOf(pages)).toMatchObject([{ msg: 'request', route: '/approvals', method: 'POST' }]);
  expect((await linesOf(product.api)).map(({ route }) => route)).toContain('/graphql');
  const handledBy = (await linesOf(product.worker)).map(({ handler }) => handler);
  expect(handledBy).toEqual(expect.arrayContaining(handlers));
});

test('a page that is asked for with a stranger’s traceparent begins a trace of its own', async () => {
  const strange = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${strange}-00f067aa0ba902b7-01`, cookie: 'habitat_access=none' };
  const id = (await fetch(`${pages.address}/sign-in`, { headers })).headers.get('x-correlation-id');
  const own = () => spans.find((span) => correlationOf(span) === id && span.service === 'habitat-frontend');
  await until('its span has arrived', () => own() !== undefined);
  expect(own()?.parentSpanId).toBeUndefined();
  expect(spans.map(({ traceId }) => traceId)).not.toContain(strange);
});

test('a span names statements and routes, never what was asked or written', () => {
  const text = JSON.stringify(spans);
  for (const secret of ['Roof', 'traced.example', 'four words do it']) expect(text).not.toContain(secret);
});
