// Tells a fault of the machinery (a lost connection, a deadlock) from a fault of an event: the first is waited
// out and never counts against the event.
import { setTimeout as sleep } from 'node:timers/promises';

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01', // the server was told to shut down
  '57P02',
  '57P03', // it is starting up
]);
// Class 08 is a broken connection, class 53 a server without memory, disk or connections to spare.
const CONTENTION_CODES = new Set(['40001', '40P01']);
const CONNECTION_MESSAGE =
  /connection terminated|connection ended|client has encountered a connection error|timeout exceeded when trying to connect|not queryable/i;

/** 'connection' until it is back, 'contention' for a lost race, null for a fault of the work itself. */
export function transientKind(error: unknown): 'connection' | 'contention' | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  if (CONTENTION_CODES.has(code)) return 'contention';
  if (CONNECTION_CODES.has(code) || code.startsWith('08') || code.startsWith('53')) return 'connection';
  return code === '' && CONNECTION_MESSAGE.test(error.message) ? 'connection' : null;
}

const MAX_CONTENTION = 5;

/**
 * Runs work until it is done or fails for a reason of its own. A lost connection is waited out without limit
 * (50 ms doubling to 5 s), until `signal` is aborted; a lost race is run again a few times.
 */
export async function persist<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  onWait: (error: unknown) => void,
): Promise<T> {
  let raced = 0;
  for (let waited = 0; ;) {
    try {
      return await work();
    } catch (error) {
      const kind = transientKind(error);
      if (kind === null || signal.aborted) throw error;
      if (kind === 'contention') {
        raced += 1;
        if (raced >= MAX_CONTENTION) throw error;
        continue;
      }
      onWait(error);
      await sleep(Math.min(5_000, 50 * 2 ** waited), undefined, { signal });
      waited += 1;
    }
  }
}
