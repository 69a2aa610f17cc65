// logContribution as a browser's server sends it: over HTTP, signed in, with tenant wall, idempotency key and event.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createCooperative } from '@habitat/platform';
import { createApi, NO_ALLOWANCES } from '@habitat/api';
import type { Database } from '@habitat/database';
import { expectAccepted } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import { allHandlers } from '@habitat/worker';
import type { Load, LoadAnswer } from './http-client.ts';
import type { Contender } from './measure.ts';

const now = new Date('2026-11-20T15:00:00Z');
const password = 'four words do it';
const email = 'bench@bench.example';

export interface LoggingBench {
  readonly contender: Contender;
  stop(): Promise<void>;
}

async function found(database: Database): Promise<void> {
  expectAccepted(
    await createCooperative(
      database,
      { now, correlationId: 'bench' },
      {
        name: 'Bench',
        slug: 'bench',
        currency: 'USD',
        timeZone: 'UTC',
        taxRegime: 'subchapter_k',
        template: 'limited-cooperative-association',
        firstPeriodStartsOn: '2026-10-01',
        periodLength: 'quarter',
        administrator: { email, displayName: 'Bench', password },
      },
    ),
  );
  await drainEvents({ database, handlers: allHandlers, clock: () => now });
}

/** Starts the load client; `run` answers with requests per second and throws the first error an answer held. */
function startClient() {
  const child = fork(fileURLToPath(new URL('./http-client.ts', import.meta.url)));
  return {
    async run(load: Load): Promise<number> {
      child.send(load);
      const [answer] = (await once(child, 'message')) as [LoadAnswer];
      if (answer.fault !== null) throw new Error(answer.fault);
      return (answer.answered * 1000) / answer.elapsedMs;
    },
    async stop(): Promise<void> {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** Starts an API on a new cooperative and signs its administrator in. */
export async function startLogging(database: Database, inFlight: number): Promise<LoggingBench> {
  await found(database);
  const api = await createApi({
    database,
    clock: () => now,
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
    allowances: NO_ALLOWANCES,
  });
  const url = `${await api.listen()}/graphql`;
  const send = async (query: string, variables: object, token = '') => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as {
      data?: Record<string, { accessToken?: string }>;
      errors?: unknown;
    };
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
    return answer.data ?? {};
  };
  const signedIn = await send('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
    input: { email, password },
  });
  const token = signedIn['signIn']?.accessToken ?? '';
  const client = startClient();
  return {
    contender: {
      name: 'logContribution over HTTP',
      run: (milliseconds) => client.run({ url, token, milliseconds, inFlight }),
    },
    async stop() {
      await client.stop();
      await api.stop();
    },
  };
}
