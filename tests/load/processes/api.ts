// One API as a process of its own, as an installation runs two. Its clock goes on from a day within the bench's period.
import { createApi, NO_ALLOWANCES, USUAL_ALLOWANCES } from '@habitat/api';
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import { answer } from './beside.ts';

export interface ApiOrder {
  readonly databaseUrl: string;
  readonly poolSize: number;
  /** When its clock starts, in milliseconds. */
  readonly clockMs: number;
  readonly allowances: boolean;
}

let database: Database | null = null;
let stop = (): Promise<void> => Promise.resolve();

/** Starts the API and tells where it is. */
async function obey({ databaseUrl, poolSize, clockMs, allowances }: ApiOrder): Promise<string> {
  database = openDatabase({ url: databaseUrl, poolSize });
  const begun = Date.now();
  const api = await createApi({
    database,
    clock: () => new Date(clockMs + Date.now() - begun),
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
    allowances: allowances ? USUAL_ALLOWANCES : NO_ALLOWANCES,
  });
  stop = () => api.stop();
  return `${await api.listen()}/graphql`;
}

answer(obey, async () => {
  await stop();
  await database?.end();
});
