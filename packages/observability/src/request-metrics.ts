// Counts the requests of every service in the same way: by method, route template and class of status. An address as
// it was asked for never becomes a label, because it may hold an id and has no end of values.
import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What is known about a request when it begins. */
export interface BegunRequest {
  readonly method: string;
  /** The template it is served by, such as "/contributions/[id]"; "unknown" where nothing is. */
  readonly route: string;
}

/** How a request ended; `aborted` when the client left before the answer was there. */
export interface EndedRequest extends BegunRequest {
  readonly status: string;
  readonly seconds: number;
}

/** "2xx" for 204. */
function statusClass(code: number): string {
  return `${Math.floor(code / 100)}xx`;
}

const TOO_MANY_REQUESTS = 429;

/** A stream lasts as long as somebody listens, and who asks too much is kept waiting: neither tells how fast we answer. */
function saysHowFast(response: ServerResponse): boolean {
  const type = String(response.getHeader('content-type') ?? '');
  return response.statusCode !== TOO_MANY_REQUESTS && !type.startsWith('text/event-stream');
}

/** Counts one request from now until its answer is gone. */
export function countRequest(
  metrics: Metrics,
  response: ServerResponse,
  request: BegunRequest,
  onEnd: (ended: EndedRequest) => void = () => undefined,
): void {
  const labels = {
    method: METHODS.has(request.method) ? request.method : 'OTHER',
    route: request.route,
  };
  const startedAt = performance.now();
  metrics.httpRequestsInProgress.inc(labels);
  response.once('close', () => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const status = response.writableFinished ? statusClass(response.statusCode) : 'aborted';
    metrics.httpRequestsInProgress.dec(labels);
    metrics.httpRequests.inc({ ...labels, status });
    if (saysHowFast(response)) metrics.httpRequestDuration.observe(labels, seconds);
    onEnd({ ...labels, status, seconds });
  });
}
