// The audit trail over a real log: one chain whoever seals, nothing left out, and any change found where it was made.
import { walkChain } from '@habitat/audit';
import type { CommandContext } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { cooperativeChanged, newEvent } from '@habitat/events';
import type { CommandName } from '@habitat/kernel';
import { accept, newId, systemActor } from '@habitat/kernel';
import {
  exportAuditTrail,
  getAuditHead,
  listAuditedCommands,
  listAuditedRules,
  listAuditTrail,
  sealAuditTrail,
  verifyAuditTrail,
} from '@habitat/messaging';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

let db: TestDatabase;
const at = (minute: number) => new Date(Date.UTC(2026, 1, 1, 8, minute));

const insert = `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind,
    correlation_id, recorded_at, payload)
  select $1, gen_random_uuid(), 'people.thing.done', 1, 'thing', gen_random_uuid(), 'system', 'test',
    '2026-02-01T08:00:00.123456Z'::timestamptz, jsonb_build_object('hours', n::text)
  from generate_series(1, $2::int) as n returning position`;

async function record(cooperativeId: string, count = 1): Promise<void> {
  await db.asOwner(insert, [cooperativeId, count]);
}

const trail = (cooperativeId: string, limit = 100) =>
  listAuditTrail(db.database, cooperativeId, { limit, before: null });

/** Does something as a superuser whom no trigger stops. */
async function tamper(sql: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    for (const table of ['platform.event', 'platform.audit_seal'])
      await client.query(`alter table ${table} disable trigger append_only`);
    await client.query(sql, [...values]);
    for (const table of ['platform.event', 'platform.audit_seal'])
      await client.query(`alter table ${table} enable always trigger append_only`);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
  await db.asOwner('grant all on all tables in schema platform to current_user');
});
afterAll(() => db?.end());

test('seals every event of every cooperative into a chain of its own, from 1 on', async () => {
  const [one, two] = [newId(), newId()];
  await record(one, 3);
  await record(two, 2);
  await sealAuditTrail(db.database, at(0));
  await record(one, 1);
  await sealAuditTrail(db.database, at(1));
  expect((await trail(one)).map((sealed) => sealed.sequence)).toEqual([4, 3, 2, 1]);
  expect((await trail(two)).map((sealed) => sealed.sequence)).toEqual([2, 1]);
  expect((await trail(one))[0]?.entry).toMatchObject({
    cooperativeId: one,
    recordedAt: '2026-02-01T08:00:00.123456Z',
    payload: { hours: '1' },
  });
  expect(await verifyAuditTrail(db.database, one)).toMatchObject({ fault: null, neverSealed: 0 });
  expect(await getAuditHead(db.database, one)).toMatchObject({ sequence: 4, unsealed: 0 });
});

test('a run with a limit leaves the rest of a long log to the next, and passes nobody over', async () => {
  const [long, short] = [newId(), newId()];
  await record(long, 2_500);
  await record(short, 2);
  const sequences = async () => [
    (await getAuditHead(db.database, long)).sequence,
    (await getAuditHead(db.database, short)).sequence,
  ];
  await sealAuditTrail(db.database, at(0), 1_000);
  expect(await sequences()).toEqual([1_000, 2]);
  await sealAuditTrail(db.database, at(1), 1_001);
  expect(await sequences()).toEqual([2_500, 2]);
  expect(await verifyAuditTrail(db.database, long)).toMatchObject({ fault: null, neverSealed: 0 });
});

test('six sealers at once over a log that is being written make one chain', async () => {
  const mine = newId();
  const writing = (async () => {
    for (let n = 0; n < 40; n += 1) await record(mine, 25);
  })();
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let n = 0; n < 10; n += 1) await sealAuditTrail(db.database, at(n));
    }),
  );
  await writing;
  await sealAuditTrail(db.database, at(20));
  expect(await verifyAuditTrail(db.database, mine)).toMatchObject({
    fault: null,
    neverSealed: 0,
    head: { sequence: 1_000 },
  });
});

test('an event that took its position early and commits late is sealed all the same', async () => {
  const mine = newId();
  const slow = new pg.Client({ connectionString: db.ownerUrl });
  await slow.connect();
  await slow.query('begin');
  await slow.query(insert, [mine, 1]);
  await record(mine, 5);
  // Long after: the mark may not move past a transaction that is still open.
  for (const minute of [0, 10, 20, 30]) await sealAuditTrail(db.database, at(minute));
  expect(await getAuditHead(db.database, mine)).toMatchObject({ sequence: 5 });
  await slow.query('commit');
  await slow.end();
  await sealAuditTrail(db.database, at(31));
  expect((await trail(mine)).length).toBe(6);
  expect(await verifyAuditTrail(db.database, mine)).toMatchObject({ fault: null, neverSealed: 0 });
});

test('once everything is sealed for certain, a quiet log is not looked at again', async () => {
  const mine = newId();
  await record(mine, 5);
  let minute = 40;
  // Certain is what no open transaction of the whole server may still come before, and other tests have theirs.
  const isCertain = async () => {
    minute += 2;
    await sealAuditTrail(db.database, at(minute));
    const [head] = await db.asOwner<{ certain: boolean }>(
      `select sealed_to = (select max(position) from platform.event where cooperative_id = $1) as certain
       from platform.audit_head where cooperative_id = $1`,
      [mine],
    );
    return head?.certain;
  };
  await expect.poll(isCertain, { timeout: 60_000 }).toBe(true);
});

test('one value changed by a superuser is found at the very entry', async () => {
  const mine = newId();
  await record(mine, 9);
  await sealAuditTrail(db.database, at(0));
  const place = async (sequence: number) =>
    (
      await db.asOwner<{ position: bigint }>(
        'select position from platform.audit_seal where cooperative_id = $1 and sequence = $2',
        [mine, sequence],
      )
    )[0]?.position.toString();
  await tamper(
    `update platform.event set payload = '{"hours": "60"}' where cooperative_id = $1 and position = $2`,
    [mine, await place(6)],
  );
  expect((await verifyAuditTrail(db.database, mine)).fault).toMatchObject({
    code: 'ENTRY_CHANGED',
    sequence: 6,
  });
  await tamper(`delete from platform.event where cooperative_id = $1 and position = $2`, [
    mine,
    await place(4),
  ]);
  expect((await verifyAuditTrail(db.database, mine)).fault).toEqual({
    code: 'ENTRY_MISSING',
    sequence: 4,
    found: 5,
  });
});

test('a chain cut off at its end, or written anew, is found against a place kept elsewhere', async () => {
  const mine = newId();
  await record(mine, 4);
  await sealAuditTrail(db.database, at(0));
  const anchor = await getAuditHead(db.database, mine);
  await tamper('delete from platform.audit_seal where cooperative_id = $1 and sequence = 4', [mine]);
  expect((await verifyAuditTrail(db.database, mine)).fault).toBeNull();
  expect((await verifyAuditTrail(db.database, mine, [anchor])).fault).toEqual({
    code: 'ENTRY_MISSING',
    sequence: 4,
    found: null,
  });
});

test('an event slipped in below what is sealed for certain is counted as never sealed', async () => {
  const mine = newId();
  await record(mine, 2);
  for (const minute of [0, 2, 4]) await sealAuditTrail(db.database, at(minute));
  await tamper(
    `insert into platform.event (cooperative_id, position, id, type, version, aggregate_type, aggregate_id, actor_kind,
       correlation_id, recorded_at, payload)
     overriding system value values ($1, 0, gen_random_uuid(), 'a.b.c', 1, 'b', gen_random_uuid(), 'person', 'x', now(), '{}')`,
    [mine],
  );
  expect(await verifyAuditTrail(db.database, mine)).toMatchObject({ fault: null, neverSealed: 1 });
});

test('a command leaves its name and session with every event, and one that no event tells is told as done', async () => {
  const cooperativeId = newId();
  const [sessionId, settingId] = [newId(), newId()];
  const context: CommandContext = {
    cooperativeId,
    actor: systemActor(cooperativeId),
    now: at(0),
    correlationId: 'request-1',
    sessionId,
  };
  const profile = {
    name: 'R',
    slug: 'r',
    currency: 'USD',
    currencyDigits: 2,
    timeZone: 'UTC',
    taxRegime: 'subchapter_k' as const,
  };
  await runCommand(db.database, 'platform', context, { name: 'changeCooperative', input: {} }, async (tx) => {
    tx.append(newEvent(cooperativeChanged, cooperativeId, profile));
    return accept(null);
  });
  await runCommand(db.database, 'treasury', context, { name: 'setJournalThreshold', input: {} }, async () =>
    accept({ settingId, needsSecond: false }),
  );
  await sealAuditTrail(db.database, at(1));
  const told = (await trail(cooperativeId)).map(({ entry }) => [
    entry.type,
    entry.command,
    entry.sessionId,
    entry.payload,
  ]);
  expect(told).toEqual([
    ['platform.act.done', 'setJournalThreshold', sessionId, { context: 'treasury', subjects: { settingId } }],
    ['platform.cooperative.changed', 'changeCooperative', sessionId, profile],
  ]);
  expect(await listAuditedCommands(db.database, cooperativeId)).toEqual([
    'changeCooperative',
    'setJournalThreshold',
  ]);
  const found = await listAuditTrail(db.database, cooperativeId, {
    limit: 10,
    before: null,
    command: 'setJournalThreshold',
    from: '2026-02-01',
    until: '2026-02-01',
    timeZone: 'America/New_York',
  });
  expect(found.map((sealed) => sealed.sequence)).toEqual([2]);
  const before = { limit: 10, before: null, until: '2026-01-31', timeZone: 'UTC' };
  expect(await listAuditTrail(db.database, cooperativeId, before)).toEqual([]);
});

test('a stretch for an export hangs together, and nobody sees another cooperative’s trail', async () => {
  const [mine, other] = [newId(), newId()];
  await record(mine, 5);
  await record(other, 1);
  await sealAuditTrail(db.database, at(0));
  const count = await exportAuditTrail(db.database, mine, 2, async ({ after, head, entries }) => {
    const walk = walkChain(after, [head]);
    let read = 0;
    for await (const sealed of entries) {
      expect(walk.next(sealed)).toBeNull();
      expect(sealed.entry.cooperativeId).toBe(mine);
      read += 1;
    }
    expect(walk.end()).toBeNull();
    return read;
  });
  expect(count).toBe(3);
  const seen = await db.database.read('platform', { cooperativeId: other }, (client) =>
    client.query('select from platform.audit_seal'),
  );
  expect(seen).toHaveLength(1);
  const none = await db.database.read('platform', {}, (client) =>
    client.query('select from platform.audit_seal'),
  );
  expect(none).toHaveLength(0);
});

test('the trail of seals cannot be changed or shortened by any role of a service', async () => {
  const mine = newId();
  await record(mine, 1);
  await sealAuditTrail(db.database, at(0));
  for (const sql of [
    "update platform.audit_seal set hash = 'x' where cooperative_id = $1",
    'delete from platform.audit_seal where cooperative_id = $1',
  ]) {
    for (const role of ['platform', 'relay'] as const)
      await expect(
        db.database.transaction(role, { cooperativeId: mine }, (client) => client.query(sql, [mine])),
      ).rejects.toThrow('permission denied');
    await expect(db.asOwner(sql, [mine])).rejects.toThrow('append-only');
  }
});

test('an act carries the versions of the rules it was judged by, and is found by them', async () => {
  const mine = newId();
  const act = (name: CommandName, version: number | null) => {
    const context: CommandContext = {
      cooperativeId: mine,
      actor: systemActor(mine),
      now: at(0),
      correlationId: 'test',
    };
    return runCommand(db.database, 'platform', context, { name, input: null }, (tx) => {
      if (version !== null) tx.judgedBy('approval', version);
      if (version !== null) tx.judgedBy('valuation_rule', mine, 2);
      return Promise.resolve(accept({ id: newId() }));
    });
  };
  await act('approveContribution', 3);
  await act('readNotification', null);
  await act('rejectContribution', 4);
  await sealAuditTrail(db.database, at(1));
  const found = await listAuditTrail(db.database, mine, { limit: 10, before: null, rule: 'approval:3' });
  expect(found.map(({ entry }) => [entry.command, entry.rules])).toEqual([
    ['approveContribution', ['approval:3', `valuation_rule:${mine}:2`]],
  ]);
  expect(
    (await trail(mine)).find(({ entry }) => entry.command === 'readNotification')?.entry,
  ).not.toHaveProperty('rules');
  expect(await listAuditedRules(db.database, mine)).toEqual([
    'approval:3',
    'approval:4',
    `valuation_rule:${mine}:2`,
  ]);
  expect((await verifyAuditTrail(db.database, mine)).fault).toBeNull();
  // Another version told afterwards is a changed entry like any other.
  await tamper(
    "update platform.event set rules = '{approval:9}' where cooperative_id = $1 and command = 'rejectContribution'",
    [mine],
  );
  expect((await verifyAuditTrail(db.database, mine)).fault).toMatchObject({
    code: 'ENTRY_CHANGED',
    sequence: 3,
  });
});

test('what a release sealed that knew no rules still verifies', async () => {
  const mine = newId();
  await record(mine, 2);
  await sealAuditTrail(db.database, at(0));
  await tamper('update platform.audit_seal set format = 1 where cooperative_id = $1', [mine]);
  await tamper("update platform.event set rules = '{approval:1}' where cooperative_id = $1", [mine]);
  expect((await verifyAuditTrail(db.database, mine)).fault).toBeNull();
});
