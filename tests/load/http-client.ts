// The load client of the HTTP measurement, in a process of its own so that it doesn't take the server's turns:
// keep-alive connections, a fixed number of requests in flight. Spoken to over Node's process channel.
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@habitat/kernel';

/** What the parent sends: run for so long, with so many in flight. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly milliseconds: number;
  readonly inFlight: number;
  /** Requests begun a second by each of those in flight; as fast as answers come when absent. */
  readonly perSecond?: number;
  /** Every other request reads a page of contributions instead of logging one. */
  readonly reads?: boolean;
}

/** What comes back: requests answered without an error, or the first error. */
export interface LoadAnswer {
  readonly answered: number;
  readonly elapsedMs: number;
  /** How long each took, where they are begun at a rate. */
  readonly latenciesMs: readonly number[];
  readonly fault: string | null;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const query =
  'mutation ($input: LogContributionInput!) { logContribution(input: $input) { contribution { id } } }';

const reading =
  '{ contributions(first: 50) { totalCount edges { node { id description status value quantity } } } me { email acts } }';

function bodyOf(isRead: boolean): string {
  if (isRead) return JSON.stringify({ query: reading });
  const input = {
    kind: 'CASH',
    quantity: '10.00',
    workedOn: '2026-11-19',
    description: 'bench',
    idempotencyKey: newId(),
  };
  return JSON.stringify({ query, variables: { input } });
}

function post(load: Load, isRead: boolean): Promise<string> {
  const body = bodyOf(isRead);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${load.token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(load.url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve(text);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function run(load: Load): Promise<LoadAnswer> {
  const start = performance.now();
  const end = start + load.milliseconds;
  let answered = 0;
  let fault: string | null = null;
  const latenciesMs: number[] = [];
  const everyMs = load.perSecond === undefined ? 0 : 1000 / load.perSecond;
  await Promise.all(
    Array.from({ length: load.inFlight }, async (_, place) => {
      let due = start + (everyMs * place) / load.inFlight;
      for (let turn = place; performance.now() < end && fault === null; turn += 1) {
        if (everyMs > 0) await sleep(Math.max(0, due - performance.now()));
        const begun = performance.now();
        const text = await post(load, load.reads === true && turn % 2 === 0);
        if (everyMs > 0) latenciesMs.push(performance.now() - begun);
        due += everyMs;
        if (text.includes('"errors"')) fault = text;
        else answered += 1;
      }
    }),
  );
  return { answered, elapsedMs: performance.now() - start, latenciesMs, fault };
}

process.on('message', (load: Load) => {
  run(load).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ answered: 0, elapsedMs: 1, latenciesMs: [], fault: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
