// The load client of the HTTP measurements: keep-alive connections, a fixed number of requests in flight, each to the
// process that has the fewest, as the door of an installation does it (Caddyfile).
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@habitat/kernel';
import { answer } from './beside.ts';

/** For so long, with so many in flight. */
export interface Load {
  readonly urls: readonly string[];
  readonly token: string;
  readonly milliseconds: number;
  readonly inFlight: number;
  /** Requests begun a second by each of those in flight; as fast as answers come when absent. */
  readonly perSecond?: number;
  /** Every other request reads a page of contributions instead of logging one. */
  readonly reads?: boolean;
}

/** Requests answered without an error. */
export interface LoadAnswer {
  readonly answered: number;
  readonly elapsedMs: number;
  /** How long each took, where they are begun at a rate. */
  readonly latenciesMs: readonly number[];
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

/** How many each process has to answer just now. */
const under = new Map<string, number>();

function fewest(urls: readonly string[]): string {
  const [first = ''] = [...urls].sort((left, right) => (under.get(left) ?? 0) - (under.get(right) ?? 0));
  return first;
}

async function post(load: Load, isRead: boolean): Promise<string> {
  const url = fewest(load.urls);
  under.set(url, (under.get(url) ?? 0) + 1);
  try {
    return await send(url, load.token, bodyOf(isRead));
  } finally {
    under.set(url, (under.get(url) ?? 0) - 1);
  }
}

function send(url: string, token: string, body: string): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
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
  const latenciesMs: number[] = [];
  const everyMs = load.perSecond === undefined ? 0 : 1000 / load.perSecond;
  await Promise.all(
    Array.from({ length: load.inFlight }, async (_, place) => {
      let due = start + (everyMs * place) / load.inFlight;
      for (let turn = place; performance.now() < end; turn += 1) {
        if (everyMs > 0) await sleep(Math.max(0, due - performance.now()));
        const begun = performance.now();
        const text = await post(load, load.reads === true && turn % 2 === 0);
        if (text.includes('"errors"')) throw new Error(text);
        if (everyMs > 0) latenciesMs.push(performance.now() - begun);
        due += everyMs;
        answered += 1;
      }
    }),
  );
  return { answered, elapsedMs: performance.now() - start, latenciesMs };
}

answer((loads: Load[]) => Promise.all(loads.map(run)));
