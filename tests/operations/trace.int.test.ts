// Traces as an operator gets them: api and worker send to a real OTLP endpoint, and what a request set off in other
// contexts is part of its trace, because its events carry it.
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cooperative } from '../faults/cooperative.ts';
import { foundCooperative } from '../faults/cooperative.ts';
import type { Product } from '../faults/product.ts';
import { startProduct, until } from '../faults/product.ts';

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
  readonly attributes: readonly Attribute[];
}
interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<Span, 'service'>[] }[];
  }[];
}

const spans: Span[] = [];
let receiver: Server;
let product: Product;
let cooperative: Cooperative;

/** Takes what the services send, as a collector does. */
function receive(body: string): void {
  for (const { resource, scopeSpans } of (JSON.parse(body) as Sent).resourceSpans) {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
    for (const span of scopeSpans.flatMap((scope) => scope.spans)) spans.push({ ...span, service });
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
  product = await startProduct('rabbitmq', { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  cooperative = await foundCooperative(product, 'traced');
}, 180_000);

afterAll(async () => {
  await product?.end();
  receiver?.close();
});

const correlationOf = ({ attributes }: Span) =>
  attributes.find(({ key }) => key === 'habitat.correlation_id')?.value.stringValue;

test('an approval is one trace, from the request over database and broker to the handlers of three contexts', async () => {
  const [ana] = cooperative.workers;
  const [olga] = cooperative.officers;
  const input = { kind: 'LABOR', quantity: '2', description: 'Roof', workedOn: cooperative.today };
  const { contribution } = (await ana?.act('logContribution', input, '{ contribution { id } }')) as {
    contribution: { id: string };
  };
  await olga.act(
    'approveContribution',
    { contributionId: contribution.id },
    '{ contribution { id } }',
    'c-1',
  );
  const ofRequest = () => {
    const request = spans.find((span) => correlationOf(span) === 'c-1');
    return spans.filter(({ traceId }) => traceId === request?.traceId);
  };
  const wanted = [
    ['habitat-api', 'POST /graphql'],
    ['habitat-api', 'graphql mutation approveContribution'],
    ['habitat-api', 'pg transaction'],
    ['habitat-worker', 'send people.contribution.valued'],
    ['habitat-worker', 'process treasury.post-contributions'],
    ['habitat-worker', 'process people.apply-postings'],
    ['habitat-worker', 'process agreements.copy-contributions'],
    ['habitat-worker', 'pg transaction'],
  ];
  const missing = () =>
    wanted.filter(
      ([service, name]) => !ofRequest().some((span) => span.service === service && span.name === name),
    );
  await until('the whole trace has arrived', () => missing().length === 0).catch((fault: Error) => {
    throw new Error(`${fault.message}; missing ${JSON.stringify(missing())}`);
  });
  // Every part hangs on another part of it; only the request begins it.
  const withoutParent = () => {
    const ids = new Set(ofRequest().map(({ spanId }) => spanId));
    return ofRequest().filter(({ parentSpanId = '' }) => !ids.has(parentSpanId));
  };
  await until('no part is missing its parent', () => withoutParent().length === 1);
  expect(withoutParent().map(({ name }) => name)).toEqual(['POST /graphql']);
});

test('a span names statements and routes, never what was asked or written', () => {
  const text = JSON.stringify(spans);
  for (const secret of ['Roof', 'traced.example', 'four words do it']) expect(text).not.toContain(secret);
});
