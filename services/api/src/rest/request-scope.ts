// The correlation id of the request being served, for places no argument reaches: error formatting and the log.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const storage = new AsyncLocalStorage<string>();

export const CORRELATION_HEADER = 'x-correlation-id';

/** An id a client brought, when it is a plain short word; a fresh one otherwise. */
export function correlationIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9_.:-]{1,100}$/.test(header) ? header : randomUUID();
}

/** The trace a request came with; null begins one. */
export function traceParentFrom(headers: IncomingHttpHeaders): string | null {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : null;
}

export function withCorrelationId<T>(id: string, work: () => T): T {
  return storage.run(id, work);
}

/** The id of the request being served; "none" outside of one. */
export function currentCorrelationId(): string {
  return storage.getStore() ?? 'none';
}
