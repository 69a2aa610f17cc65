// Next calls these: once when a server starts, and for whatever a page, an act or a route throws.
import { requestIdHeader } from './lib/session/header.ts';

export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startTelemetry } = await import('./lib/telemetry/start.ts');
  await startTelemetry();
}

type AskedWith = { readonly headers: NodeJS.Dict<string | string[]> };

/** Writes which request threw what: the id is the one on the page and in the logs of all services, the digest Next's own. */
export function onRequestError(fault: unknown, request: AskedWith): void {
  const digest = fault instanceof Error && 'digest' in fault ? fault.digest : undefined;
  console.error('a page threw', { correlationId: request.headers[requestIdHeader], digest });
}
