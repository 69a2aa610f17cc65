// Makes this server seen: every request counted and logged with its correlation id, and /metrics on a port of its own,
// because whatever this server answers on its usual port is open to everybody.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { countRequest, createLog, createMetrics, startHealthServer } from '@habitat/observability';
import { readEnvironment } from '../environment.ts';
import { correlationHeader } from '../session/header.ts';
import { readRouteTemplates, routeLookup } from './route.ts';

interface BegunMessage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: { readonly localPort?: number };
}

/** Counted, but not logged: they say nothing about anybody's work. */
const UNLOGGED = new Set(['/_next', '/api/health', '/icon.svg']);

/** Called once, before the first request. */
export async function startTelemetry(): Promise<void> {
  const { logLevel, metricsPort, host, release } = readEnvironment();
  const log = createLog({ service: 'frontend', level: logLevel });
  const metrics = createMetrics('frontend');
  const routeOf = routeLookup(await readRouteTemplates(process.cwd()));
  const health =
    metricsPort === null
      ? null
      : await startHealthServer({ host, port: metricsPort, metrics, checks: {}, release });
  subscribe('http.server.request.start', (message) => {
    const { request, response, socket } = message as BegunMessage;
    // The little server beside this one counts its own.
    if (socket.localPort === health?.port) return;
    const route = routeOf(request.url ?? '/');
    countRequest(metrics, response, { method: request.method ?? '', route }, (ended) => {
      const correlationId = response.getHeader(correlationHeader);
      if (!UNLOGGED.has(route)) log.info({ ...ended, correlationId }, 'request');
    });
  });
  if (health !== null) log.info({ port: health.port }, 'metrics are served');
}
