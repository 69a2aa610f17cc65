// The API as an installation runs it: processes behind one door, asked by clients in processes of their own.
import { createCooperative } from '@habitat/platform';
import type { Database } from '@habitat/database';
import { expectAccepted } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import { allHandlers } from '@habitat/worker';
import type { ApiOrder } from './api.ts';
import type { Beside } from './beside.ts';
import { startBeside } from './beside.ts';
import type { Load, LoadAnswer } from './http-client.ts';

/** As many as docker-compose.prod.yml starts, all of them at work. */
const PROCESSES = 2;
const foundedAt = new Date('2026-11-20T15:00:00Z');
const password = 'four words do it';
const emailOf = (slug: string) => `admin@${slug}.example`;

async function found(database: Database, slug: string): Promise<void> {
  expectAccepted(
    await createCooperative(
      database,
      { now: foundedAt, correlationId: 'bench' },
      {
        name: 'Bench',
        slug,
        currency: 'USD',
        timeZone: 'UTC',
        taxRegime: 'subchapter_k',
        template: 'limited-cooperative-association',
        firstPeriodStartsOn: '2026-10-01',
        periodLength: 'quarter',
        administrator: { email: emailOf(slug), displayName: 'Bench', password },
      },
    ),
  );
  await drainEvents({ database, handlers: allHandlers, clock: () => foundedAt });
}

/** What one asks of it: all but where it is. */
export type Asked = Omit<Load, 'urls'>;

export interface ServedBench {
  /** Founds a cooperative and signs its administrator in: the access token. */
  join(slug: string): Promise<string>;
  /** Asks for all of these at once, each from a process of its own; throws the first error an answer held. */
  ask(...asked: readonly Asked[]): Promise<LoadAnswer[]>;
  stop(): Promise<void>;
}

/** Starts the processes; together they have `poolSize` connections. */
export async function serve(
  database: Database,
  options: {
    readonly databaseUrl: string;
    readonly poolSize: number;
    readonly allowances: boolean;
    readonly processes?: number;
  },
): Promise<ServedBench> {
  const { processes = PROCESSES } = options;
  const apis = Array.from({ length: processes }, () => startBeside<ApiOrder, string>('./api.ts'));
  const clients: Beside<Load[], LoadAnswer[]>[] = [];
  const order = {
    ...options,
    poolSize: options.poolSize / processes,
    // Later than every event of the founding.
    clockMs: foundedAt.getTime() + 60_000,
  };
  const urls = await Promise.all(apis.map((api) => api.ask(order)));
  return {
    async join(slug) {
      await found(database, slug);
      const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
      const response = await fetch(urls[0] ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input: { email: emailOf(slug), password } } }),
      });
      const answered = (await response.json()) as {
        data?: { signIn?: { accessToken?: string } };
        errors?: unknown;
      };
      if (answered.errors !== undefined) throw new Error(JSON.stringify(answered.errors));
      return answered.data?.signIn?.accessToken ?? '';
    },
    ask: (...asked) =>
      Promise.all(
        asked.map(async (one, place) => {
          clients[place] ??= startBeside('./http-client.ts');
          const [answer] = await clients[place].ask([{ ...one, urls }]);
          if (answer === undefined) throw new Error('the client gave no answer');
          return answer;
        }),
      ),
    async stop() {
      await Promise.all(clients.map((client) => client.stop()));
      await Promise.all(apis.map((api) => api.stop()));
    },
  };
}
