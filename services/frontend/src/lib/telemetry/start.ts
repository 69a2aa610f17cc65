// Makes this server seen: every request counted, traced and logged with its correlation id, and /metrics on a port of
// its own, because whatever this server answers on its usual port is open to everybody. And it ends in order.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { EndSpan, Log, Metrics, Tracing } from '@habitat/observability';
import {
  countRequest,
  createLog,
  createMetrics,
  openTracing,
  startHealthServer,
} from '@habitat/observability';
import { isDevelopment, readEnvironment } from '../environment.ts';
import { sayInLines } from './console-lines.ts';
import { correlationHeader, traceParentHeader } from '../session/header.ts';
import { noteArrival } from '../turn/turn.ts';
import { drainWhenAsked } from './drain.ts';
import { isEnding } from './ending.ts';
import { readRouteTemplates, routeLookup } from './route.ts';

interface BegunMessage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: { readonly localPort?: number };
  readonly server: Server;
}

/** Counted, but not logged: they say nothing about anybody's work. */
const UNLOGGED = new Set(['/_next', '/api/health', '/api/ready', '/icon.svg']);

/** Called once, before the first request. */
export async function startTelemetry(): Promise<void> {
  const { logLevel, metricsPort, host, release, traceEndpoint, deployment, shutdownDelayMs } =
    readEnvironment();
  const log = createLog({ service: 'frontend', level: logLevel });
  if (!isDevelopment()) sayInLines(log);
  const metrics = createMetrics('frontend');
  const tracing = await openTracing({
    service: 'frontend',
    environment: deployment,
    endpoint: traceEndpoint,
  });
  const routeOf = routeLookup(await readRouteTemplates(process.cwd()));
  const checks = { serving: () => !isEnding() };
  const health =
    metricsPort === null
      ? null
      : await startHealthServer({ host, port: metricsPort, metrics, checks, release });
  let pages: Server | null = null;
  subscribe('http.server.request.start', (message) => {
    const begun = message as BegunMessage;
    // The little server beside this one counts its own.
    if (begun.socket.localPort === health?.port) return;
    pages = begun.server;
    noteArrival(begun.request, begun.response);
    follow(begun, routeOf(begun.request.url ?? '/'), { log, metrics, tracing });
  });
  if (health !== null) log.info({ port: health.port }, 'metrics are served');
  if (isDevelopment()) return;
  drainWhenAsked({
    log,
    delayMs: shutdownDelayMs,
    server: () => pages,
    async afterwards() {
      await health?.stop();
      await tracing.stop();
    },
  });
}

/** Follows one request from its begin to its end. */
function follow(
  { request, response }: BegunMessage,
  route: string,
  { log, metrics, tracing }: { readonly log: Log; readonly metrics: Metrics; readonly tracing: Tracing },
): void {
  const isWork = !UNLOGGED.has(route);
  const method = request.method ?? '';
  let endSpan: EndSpan | null = null;
  countRequest(metrics, response, { method, route }, (ended) => {
    const correlationId = String(response.getHeader(correlationHeader) ?? '');
    endSpan?.(ended.status === '5xx', { 'habitat.correlation_id': correlationId });
    if (isWork) log.info({ ...ended, correlationId }, 'request');
  });
  // Whoever keeps a connection open hears that the next one leads elsewhere.
  if (isEnding()) response.setHeader('connection', 'close');
  // A trace begins here; what a stranger sends under this name begins none.
  delete request.headers[traceParentHeader];
  if (!isWork) return;
  const attributes = { 'http.request.method': method, 'http.route': route };
  endSpan = tracing.enter(`${method} ${route}`, { kind: 'server', parent: null, attributes }, () => {
    const parent = tracing.parent();
    if (parent !== null) request.headers[traceParentHeader] = parent;
  });
}
