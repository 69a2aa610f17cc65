// Next calls these: once when a server starts, and for whatever a page, an act or a route throws.
import { requestIdHeader } from './lib/session/header.ts';

export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startTelemetry } = await import('./lib/telemetry/start.ts');
  await startTelemetry();
}

type AskedWith = { readonly headers: NodeJS.Dict<string | string[]> };

/**
 * Gives a fault the id of its request before the browser hears of it. The digest is all that a page in production is told
 * of a fault, and Next prints it beside the stack: with the id in its place the code on the page is the one in the logs of
 * all services and in `x-correlation-id`.
 */
export function onRequestError(fault: unknown, request: AskedWith): void {
  const id = request.headers[requestIdHeader];
  if (fault instanceof Error && typeof id === 'string') Object.assign(fault, { digest: id });
}
