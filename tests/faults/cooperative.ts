// A cooperative for the fault tests, and its people as clients: each asks the API over HTTP and repeats a request
// with the same idempotency key until it has an answer, whatever was killed in between.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '@habitat/database';
import { expectAccepted, systemActor, todayIn } from '@habitat/kernel';
import { addMember, setValuationRule } from '@habitat/people';
import { createCooperative, grantAccess } from '@habitat/platform';
import { allHandlers } from '@habitat/worker';
import { waitUntilSettled } from '@habitat/messaging';
import type { Product } from './product.ts';

export const PASSWORD = 'four words do it';
const TIME_ZONE = 'America/New_York';
/** How long a client goes on asking: longer than any outage of these tests. */
const PATIENCE_MS = 45_000;

interface GraphQlError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What came back for good: not lost on the way, not a fault on the other side. */
export class Refused extends Error {
  constructor(readonly errors: readonly GraphQlError[]) {
    super(JSON.stringify(errors));
  }
}

export interface Person {
  readonly name: string;
  readonly memberId: string;
  /** The access token the pages keep in a cookie. */
  readonly token: string;
  /** One operation, repeated until it is answered. A refusal throws `Refused`. */
  ask<Data>(query: string, variables?: object): Promise<Data>;
  /**
   * A mutation `name(input)`, under a key of its own when the input has none; `answer` selects of its payload,
   * `correlationId` names the request.
   */
  act<Data>(name: string, input: object, answer: string, correlationId?: string): Promise<Data>;
}

const PASSING = new Set<unknown>(['INTERNAL_ERROR', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']);

/** One try; null when nobody can tell whether it was done. */
async function post<Data>(
  url: string,
  body: string,
  { token, correlationId }: { readonly token: string | null; readonly correlationId?: string | undefined },
): Promise<Data | null> {
  let answer: { data?: Data; errors?: readonly GraphQlError[] };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
      },
      body,
      signal: AbortSignal.timeout(5_000),
    });
    answer = (await response.json()) as typeof answer;
  } catch {
    return null;
  }
  const errors = answer.errors ?? [];
  if (errors.some(({ extensions }) => PASSING.has(extensions['code']))) return null;
  if (errors.length > 0 || answer.data == null) throw new Refused(errors);
  return answer.data;
}

/** Requests that brought no answer and were sent again. */
export interface Losses {
  count: number;
}

async function askUntilAnswered<Data>(
  client: { readonly url: string; readonly token: string | null; readonly losses: Losses },
  query: string,
  variables: object,
  correlationId?: string,
): Promise<Data> {
  const { url, token, losses } = client;
  const body = JSON.stringify({ query, variables });
  for (const start = Date.now(); ; await sleep(50)) {
    const data = await post<Data>(url, body, { token, correlationId });
    if (data !== null) return data;
    losses.count += 1;
    if (Date.now() - start > PATIENCE_MS) throw new Error(`no answer after ${PATIENCE_MS} ms: ${body}`);
  }
}

async function signIn(
  url: string,
  losses: Losses,
  name: string,
  memberId: string,
  email: string,
): Promise<Person> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const variables = { input: { email, password: PASSWORD } };
  type Session = { signIn: { accessToken: string } };
  const session = await askUntilAnswered<Session>({ url, token: null, losses }, query, variables);
  const client = { url, token: session.signIn.accessToken, losses };
  const ask = <Data>(text: string, values: object = {}, correlationId?: string) =>
    askUntilAnswered<Data>(client, text, values, correlationId);
  return {
    name,
    memberId,
    token: session.signIn.accessToken,
    ask,
    async act<Data>(act: string, input: object, answer: string, correlationId?: string) {
      const type = `${act.charAt(0).toUpperCase()}${act.slice(1)}Input`;
      const text = `mutation ($input: ${type}!) { ${act}(input: $input) ${answer} }`;
      const values = { input: { idempotencyKey: randomUUID(), ...input } };
      const done = await ask<Record<string, Data>>(text, values, correlationId);
      return done[act] as Data;
    },
  };
}

export interface Cooperative {
  readonly cooperativeId: string;
  readonly slug: string;
  readonly today: string;
  readonly losses: Losses;
  /** Who gives work. */
  readonly workers: readonly Person[];
  /** May do everything, each as the second person behind the other. */
  readonly officers: readonly [Person, Person];
}

const OFFICE = [
  'member',
  'contributor',
  'reviewer',
  'treasurer',
  'allocator',
  'administrator',
  'board_member',
];
const CAST: readonly (readonly [string, readonly string[]])[] = [
  ['Olga', OFFICE],
  ['Otis', OFFICE],
  ['Ana', ['member', 'contributor']],
  ['Ben', ['member', 'contributor']],
  ['Cleo', ['member', 'contributor']],
];

/** The first day of the quarter a day is in. */
export function quarterOf(day: string): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

export const todayThere = (): string => todayIn(TIME_ZONE, new Date());

/**
 * Founds a cooperative whose first period is the quarter of today or the one begun on `startsOn`; an hour of work is
 * worth 100.00 from then on.
 */
export async function foundCooperative(
  product: Product,
  slug: string,
  startsOn = quarterOf(todayThere()),
): Promise<Cooperative> {
  const { database } = product.database;
  const now = new Date();
  const today = todayThere();
  const settle = () => waitUntilSettled(database, allHandlers, 20_000);
  const founding = {
    name: slug,
    slug,
    currency: 'USD',
    timeZone: TIME_ZONE,
    taxRegime: 'subchapter_k',
    template: 'limited-cooperative-association',
    firstPeriodStartsOn: startsOn,
    periodLength: 'quarter',
    administrator: { email: `founder@${slug}.example`, displayName: 'Founder', password: PASSWORD },
  } as const;
  const { cooperativeId } = expectAccepted(
    await createCooperative(database, { now, correlationId: slug }, founding),
  );
  await settle();
  const context: CommandContext = {
    cooperativeId,
    actor: systemActor(cooperativeId),
    now,
    correlationId: slug,
  };
  expectAccepted(
    await setValuationRule(database, context, {
      kind: 'labor',
      method: 'rate',
      rate: '100',
      effectiveFrom: startsOn,
      rationale: 'The assembly said so',
      waiveNotice: true,
    } as Parameters<typeof setValuationRule>[2]),
  );
  const people: Person[] = [];
  const losses = { count: 0 };
  for (const [displayName, roles] of CAST) {
    const email = `${displayName.toLowerCase()}@${slug}.example`;
    const joining = { displayName, email, joinedOn: startsOn, roles };
    const { memberId } = expectAccepted(await addMember(database, context, joining));
    expectAccepted(
      await grantAccess(database, context, { memberId, email, displayName, password: PASSWORD }),
    );
    await settle();
    people.push(await signIn(product.graphqlUrl, losses, displayName, memberId, email));
  }
  const [olga, otis, ...workers] = people;
  if (olga === undefined || otis === undefined) throw new Error('the officers did not come');
  return { cooperativeId, slug, today, losses, workers, officers: [olga, otis] };
}
