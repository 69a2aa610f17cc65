// Bounds the wait for the broker's answer: one that is just starting may leave a question about a quorum queue
// unanswered for ever, while the same question on a new connection is answered at once.
import { setTimeout as sleep } from 'node:timers/promises';

const ANSWER_WITHIN_MS = 5_000;

/** The answer, or a rejection after five seconds; the caller then starts over on a new connection. */
export async function answered<T>(question: PromiseLike<T>): Promise<T> {
  const waited = new AbortController();
  const late = sleep(ANSWER_WITHIN_MS, undefined, { signal: waited.signal }).then(
    () => Promise.reject(new Error(`the broker did not answer within ${ANSWER_WITHIN_MS} ms`)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([question, late]);
  } finally {
    waited.abort();
  }
}
