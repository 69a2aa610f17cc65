// The installation the example runs in: API and worker of the product in this process, on a migrated database and one
// clock, with the events carried by either transport.
import { createApi, NO_ALLOWANCES } from '@habitat/api';
import type { Database } from '@habitat/database';
import { expectAccepted, newId } from '@habitat/kernel';
import type { TransportChoice } from '@habitat/messaging';
import { createCooperative } from '@habitat/platform';
import { startWorkerRuntime } from '@habitat/worker';
import { MEMBERS, PASSWORD } from './bakery.ts';
import { playYear } from './year.ts';

const FOUNDED = new Date('2024-12-16T09:00:00Z');
const A_YEAR_AND_MORE = 500 * 86_400;

/** Founds the bakery as `habitat cooperative create` does, then plays its year over HTTP; answers with what was printed. */
export async function runFiscalYear(database: Database, transport: TransportChoice): Promise<string> {
  const clock = { now: FOUNDED };
  const worker = startWorkerRuntime({ database, transport, clock: () => clock.now });
  const api = await createApi({
    database,
    clock: () => clock.now,
    allowances: NO_ALLOWANCES,
    config: {
      environment: 'test',
      jwtSecrets: [newId() + newId()],
      // One sign-in lasts the year: the clock leaps by weeks.
      jwtExpirySeconds: A_YEAR_AND_MORE,
      refreshTokenExpirySeconds: A_YEAR_AND_MORE,
      secretsKeys: ['k'.repeat(64)],
      publicUrl: 'http://localhost:3000',
      mail: null,
      provider: null,
      corsOrigins: [],
      rabbitMqUrl: transport.kind === 'rabbitmq' ? transport.url : null,
      webhookPrivateNetworks: false,
      retentionSeconds: 31_536_000,
      eventTransport: transport.kind,
      release: { version: 'example', revision: 'example' },
    },
  });
  try {
    const created = await createCooperative(
      database,
      { now: clock.now, correlationId: 'fiscal-year' },
      {
        name: 'Mill Lane Bakery',
        slug: 'mill-lane',
        currency: 'USD',
        timeZone: 'UTC',
        taxRegime: 'subchapter_k',
        template: 'limited-cooperative-association',
        firstPeriodStartsOn: '2025-01-01',
        periodLength: 'quarter',
        administrator: { email: MEMBERS.ada.email, displayName: MEMBERS.ada.displayName, password: PASSWORD },
      },
    );
    expectAccepted(created);
    await worker.settled();
    return await playYear({
      url: await api.listen(),
      setClock: (instant) => {
        clock.now = instant;
      },
      settled: () => worker.settled(),
    });
  } finally {
    await api.stop();
    await worker.stop();
  }
}
