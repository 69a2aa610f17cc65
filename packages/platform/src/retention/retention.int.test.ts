// What is over goes after its time, and nothing else: what still lets somebody in, what is young, and what is for good.
import type { Transaction } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { expectAccepted, newId, systemActor } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCooperative } from '../cooperative/cooperative.commands.ts';
import { signIn, signOut } from '../session/session.commands.ts';
import { forgetSignInFailures, forgetWhatIsOver } from './retention.ts';

const THEN = new Date('2026-01-10T12:00:00Z');
const NOW = new Date('2026-08-20T12:00:00Z');
const BEFORE = new Date('2026-05-20T12:00:00Z');
const PASSWORD = 'four words do it';
const settings = { secrets: ['x'.repeat(64)], accessSeconds: 600, refreshSeconds: 86_400 } as const;
let server: TestDatabase;
let founded: { readonly cooperativeId: string; readonly memberId: string };

beforeAll(async () => {
  server = await createTestDatabase(await sharedPostgresUrl());
  founded = expectAccepted(
    await createCooperative(
      server.database,
      { now: THEN, correlationId: 'founding' },
      {
        ...{
          name: 'Riverbend',
          slug: 'riverbend',
          currency: 'USD',
          timeZone: 'UTC',
          taxRegime: 'subchapter_k',
        },
        ...{ template: 'limited-cooperative-association', firstPeriodStartsOn: '2026-01-01' },
        periodLength: 'quarter',
        administrator: { email: 'ada@riverbend.example', displayName: 'Ada', password: PASSWORD },
      },
    ),
  );
});
afterAll(() => server.end());

const enter = async (now: Date, password = PASSWORD) =>
  signIn(server.database, settings, now, {
    ...{ email: 'ada@riverbend.example', password, address: '192.0.2.1' },
    ...{ userAgent: null, correlationId: 'retention' },
  });

function inside<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { cooperativeId } = founded;
  const facts = { cooperativeId, actor: systemActor(cooperativeId), now: NOW, correlationId: 'retention' };
  return runTransaction(server.database, 'platform', facts, work);
}

const idsOf = async (table: string) =>
  (await server.asOwner<{ id: string }>(`select id from platform.${table} order by id`)).map(({ id }) => id);

async function notice(at: Date): Promise<string> {
  const id = newId();
  await server.asOwner(
    `insert into platform.notification (cooperative_id, id, member_id, kind, source, at, listed, mail)
     values ($1, $2, $3, 'security', $2::uuid::text, $4, true, 'off')`,
    [founded.cooperativeId, id, founded.memberId, at],
  );
  return id;
}

test('sessions that let nobody in, old notices and failed sign-ins go; young and living ones stay, and so does the log', async () => {
  const old = expectAccepted(await enter(THEN));
  expectAccepted(await enter(new Date('2026-08-19T12:00:00Z')));
  await signOut(server.database, THEN, old.refreshToken, 'retention');
  await enter(THEN, 'a wrong guess');
  await enter(NOW, 'a wrong guess');
  await notice(THEN);
  const young = await notice(NOW);
  const events = await server.asOwner('select id from platform.event order by position');
  const [, living] = await idsOf('session');

  await inside((tx) => forgetWhatIsOver(tx, BEFORE));
  await forgetSignInFailures(server.database, NOW);
  expect(await idsOf('session')).toEqual([living]);
  expect(await idsOf('notification')).toEqual([young]);
  const failures = await server.asOwner('select from platform.sign_in_failure where window_started_at < $1', [
    new Date('2026-08-19T12:00:00Z'),
  ]);
  expect(failures).toEqual([]);
  expect(await server.asOwner('select id from platform.event order by position')).toEqual(events);
});

test('no role of the product deletes from the ledger, the log or its seals', async () => {
  for (const table of ['treasury.entry', 'treasury.transaction', 'platform.event', 'platform.audit_seal'])
    for (const role of ['platform', 'treasury', 'people', 'agreements', 'relay'] as const)
      await expect(server.database.single(role, `delete from ${table}`)).rejects.toThrow('permission denied');
});
