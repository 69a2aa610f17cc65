// The load client of the HTTP measurements: keep-alive connections, each request to the process that has the fewest, as
// the door of an installation does it (Caddyfile).
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@habitat/kernel';
import { answer } from './beside.ts';

export interface Load {
  readonly urls: readonly string[];
  readonly token: string;
  readonly milliseconds: number;
  /** How it asks: so many at once, each again as soon as it is answered, or so often whatever the answers do. */
  readonly manner: { readonly inFlight: number } | { readonly perSecond: number };
  /** Every other request reads a page of contributions instead of logging one. */
  readonly reads?: boolean;
  /** Asks on although it is told to wait; otherwise any error ends the measurement. */
  readonly heedless?: boolean;
}

export interface LoadAnswer {
  /** Requests answered without an error, and those sent away. */
  readonly answered: number;
  readonly refused: number;
  readonly elapsedMs: number;
  /** How long each answer took. */
  readonly latenciesMs: readonly number[];
}

const agent = new Agent({ keepAlive: true });
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

const REFUSED = '"RATE_LIMITED"';

/** Asks once, and notes how it went. */
async function ask(load: Load, turn: number, latenciesMs: number[]): Promise<'answered' | 'refused'> {
  const begun = performance.now();
  const text = await post(load, load.reads === true && turn % 2 === 0);
  if (load.heedless === true && text.includes(REFUSED)) return 'refused';
  if (text.includes('"errors"')) throw new Error(text);
  latenciesMs.push(performance.now() - begun);
  return 'answered';
}

/** As many at once as there are places, each asking again when it is answered. */
function askInTurn(inFlight: number, endsAt: number, note: (turn: number) => Promise<void>) {
  return Array.from({ length: inFlight }, async (_, place) => {
    for (let turn = place; performance.now() < endsAt; turn += 1) await note(turn);
  });
}

/** One in every interval, at any moment of it: nobody keeps step with anybody. */
async function askSteadily(perSecond: number, endsAt: number, note: (turn: number) => Promise<void>) {
  const everyMs = 1_000 / perSecond;
  const asked: Promise<void>[] = [];
  const start = performance.now();
  for (let turn = 0; start + turn * everyMs < endsAt; turn += 1) {
    await sleep(Math.max(0, start + (turn + Math.random()) * everyMs - performance.now()));
    asked.push(note(turn));
  }
  return asked;
}

async function run(load: Load): Promise<LoadAnswer> {
  const start = performance.now();
  const endsAt = start + load.milliseconds;
  const latenciesMs: number[] = [];
  const count = { answered: 0, refused: 0 };
  const note = async (turn: number) => {
    count[await ask(load, turn, latenciesMs)] += 1;
  };
  const { manner } = load;
  const asked =
    'inFlight' in manner
      ? askInTurn(manner.inFlight, endsAt, note)
      : await askSteadily(manner.perSecond, endsAt, note);
  await Promise.all(asked);
  return { ...count, elapsedMs: performance.now() - start, latenciesMs };
}

answer((loads: Load[]) => Promise.all(loads.map(run)));
