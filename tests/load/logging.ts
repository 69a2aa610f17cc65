// logContribution as a browser's server sends it: over HTTP, signed in, with tenant wall, idempotency key and event.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createCooperative } from '@habitat/platform';
import type { Allowances } from '@habitat/api';
import { createApi, NO_ALLOWANCES } from '@habitat/api';
import type { Database } from '@habitat/database';
import { expectAccepted } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import { allHandlers } from '@habitat/worker';
import type { Load, LoadAnswer } from './http-client.ts';
import type { Contender } from './measure.ts';

const now = new Date('2026-11-20T15:00:00Z');
const password = 'four words do it';
const emailOf = (slug: string) => `admin@${slug}.example`;

export interface LoggingBench {
  readonly contender: Contender;
  stop(): Promise<void>;
}

async function found(database: Database, slug: string): Promise<void> {
  expectAccepted(
    await createCooperative(
      database,
      { now, correlationId: 'bench' },
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
  await drainEvents({ database, handlers: allHandlers, clock: () => now });
}

export interface LoadClient {
  run(load: Load): Promise<LoadAnswer>;
  stop(): Promise<void>;
}

/** Starts a load client; `run` throws the first error an answer held. */
export function startClient(): LoadClient {
  const child = fork(fileURLToPath(new URL('./http-client.ts', import.meta.url)));
  return {
    async run(load) {
      child.send(load);
      const [answer] = (await once(child, 'message')) as [LoadAnswer];
      if (answer.fault !== null) throw new Error(answer.fault);
      return answer;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

export interface ServedBench {
  readonly url: string;
  /** Founds a cooperative and signs its administrator in: the access token. */
  join(slug: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts an API. A clock of its own stands still; allowances need one that goes. */
export async function serve(
  database: Database,
  options: { readonly allowances: Allowances; readonly clock?: () => Date },
): Promise<ServedBench> {
  const api = await createApi({
    database,
    clock: options.clock ?? (() => now),
    config: {
      environment: 'production',
      jwtSecrets: ['s'.repeat(64)],
      jwtExpirySeconds: 3600,
      refreshTokenExpirySeconds: 604_800,
      secretsKeys: ['k'.repeat(64)],
      publicUrl: 'http://localhost:3000',
      mail: null,
      provider: null,
      webhookPrivateNetworks: false,
      retentionSeconds: 31_536_000,
      corsOrigins: [],
      rabbitMqUrl: null,
      eventTransport: 'postgres',
      release: { version: 'measured', revision: 'measured' },
    },
    allowances: options.allowances,
  });
  const url = `${await api.listen()}/graphql`;
  return {
    url,
    async join(slug) {
      await found(database, slug);
      const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input: { email: emailOf(slug), password } } }),
      });
      const answer = (await response.json()) as {
        data?: { signIn?: { accessToken?: string } };
        errors?: unknown;
      };
      if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
      return answer.data?.signIn?.accessToken ?? '';
    },
    stop: () => api.stop(),
  };
}

/** Starts an API on a new cooperative and signs its administrator in. */
export async function startLogging(database: Database, inFlight: number): Promise<LoggingBench> {
  const { url, join, stop } = await serve(database, { allowances: NO_ALLOWANCES });
  const token = await join('bench');
  const client = startClient();
  return {
    contender: {
      name: 'logContribution over HTTP',
      async run(milliseconds) {
        const { answered, elapsedMs } = await client.run({ url, token, milliseconds, inFlight });
        return (answered * 1000) / elapsedMs;
      },
    },
    async stop() {
      await client.stop();
      await stop();
    },
  };
}
