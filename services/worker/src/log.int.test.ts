// What reaches the worker's log, and what it keeps of faults: no name, email, reason, remark or description of anybody, while
// events are handled, mails refused and handlers fail.
import type { CommandContext } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { Actor } from '@habitat/kernel';
import { expectAccepted, systemActor } from '@habitat/kernel';
import { createLog, createMetrics } from '@habitat/observability';
import {
  addMember,
  askAboutContribution,
  changeMemberStatus,
  logContribution,
  rejectContribution,
} from '@habitat/people';
import { createCooperative, grantAccess, inviteMember } from '@habitat/platform';
import type { TestMailServer } from '@habitat/test-services';
import { startMailServer } from '@habitat/test-services';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { observeDelivery } from './delivery-metrics.ts';
import { createMailing } from './mail/mailing.ts';
import { noticeHandlers } from './notice/noticing.ts';
import { startWorkerRuntime } from './runtime.ts';
import { allHandlers } from './subscriptions/index.ts';

const SECRET = 'k'.repeat(64);
const PASSWORD = 'canary finch flies low';
const WORDS = 'a canary sang in the barn';
const now = new Date('2026-08-20T15:00:00Z');
let server: TestDatabase;
let mail: TestMailServer;

beforeAll(async () => {
  [server, mail] = await Promise.all([createTestDatabase(await sharedPostgresUrl()), startMailServer()]);
});
afterAll(async () => {
  await server.end();
  await mail.stop();
});

test('a day of deliveries, with refused mails and faults of ours, leaves nothing of anybody', async () => {
  const { database } = server;
  const lines: string[] = [];
  const log = createLog({
    ...{ service: 'worker', level: 'debug' },
    destination: { write: (line) => void lines.push(line) },
  });
  const links = { secrets: [SECRET] as const, publicUrl: 'http://pages.example', isMailed: true };
  const mailing = createMailing({ url: mail.url, from: 'Habitat <habitat@pages.example>', links });
  const handlers = [...allHandlers, ...noticeHandlers(database), ...mailing.handlers];
  const names = handlers.map(({ name }) => name);
  const worker = startWorkerRuntime({
    ...{ database, handlers, transport: { kind: 'postgres' }, clock: () => now },
    ...{ retryLimit: 1, retryDelayMs: () => 10 },
    observer: observeDelivery(log, createMetrics('worker'), names),
  });
  try {
    const founded = expectAccepted(
      await createCooperative(
        database,
        { now, correlationId: 'founding' },
        {
          ...{
            name: 'Riverbend',
            slug: 'riverbend',
            currency: 'USD',
            timeZone: 'UTC',
            taxRegime: 'subchapter_k',
          },
          ...{ template: 'limited-cooperative-association', firstPeriodStartsOn: '2026-07-01' },
          periodLength: 'quarter',
          administrator: {
            email: 'canary@founder.example',
            displayName: 'Canary Founder',
            password: PASSWORD,
          },
        },
      ),
    );
    const { cooperativeId } = founded;
    const as = (actor: Actor): CommandContext => ({ cooperativeId, actor, now, correlationId: 'canary' });
    const ada = as({ kind: 'person', ...founded, roles: ['administrator'] });
    await worker.settled();
    mail.knowNobody();
    const email = 'canary@finch.example';
    const finch = {
      displayName: 'Canary Finch',
      legalName: 'Canary Finch in law',
      email,
      joinedOn: '2026-07-01',
    };
    const { memberId } = expectAccepted(
      await addMember(database, as(systemActor(cooperativeId)), {
        ...finch,
        roles: ['member', 'contributor'],
      }),
    );
    expectAccepted(
      await inviteMember(database, links, ada, {
        memberId,
        email,
        displayName: finch.displayName,
        language: 'en',
      }),
    );
    const { loginId } = expectAccepted(
      await grantAccess(database, ada, {
        memberId,
        email,
        displayName: finch.displayName,
        password: PASSWORD,
      }),
    );
    const work = { kind: 'cash', quantity: '120', workedOn: '2026-08-05', description: WORDS };
    const own = as({ kind: 'person', cooperativeId, loginId, memberId, roles: ['member', 'contributor'] });
    const { contributionId } = expectAccepted(await logContribution(database, own, work));
    const reviewer = as(systemActor(cooperativeId));
    await askAboutContribution(database, reviewer, { contributionId, question: WORDS });
    await rejectContribution(database, reviewer, { contributionId, reason: WORDS });
    // A fault of ours, under an event with personal words in it.
    await server.asOwner('alter table agreements.member rename to gone');
    expectAccepted(await changeMemberStatus(database, ada, { memberId, status: 'suspended', reason: WORDS }));
    await worker.settled();
    await server.asOwner('alter table agreements.gone rename to member');
  } finally {
    await worker.stop();
    mailing.stop();
  }

  const told = lines.join('');
  for (const said of ['event handled', 'an event went to the dead letters']) expect(told).toContain(said);
  expect(told).toContain('the mail server did not take a mail (EENVELOPE');
  const kept = await server.asOwner<{ error: string }>(
    'select error from platform.dead_letter union all select last_error from platform.delivery_attempt',
  );
  expect(kept.length).toBeGreaterThan(1);
  expect(`${told}${JSON.stringify(kept)}`).not.toMatch(/canary (finch|founder|sang)|canary@|finch\.example/i);
});
