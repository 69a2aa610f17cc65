// A redrive that an administrator asks for: the worker takes it up, once, and tells how it ended.
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { Actor } from '@habitat/kernel';
import { newId } from '@habitat/kernel';
import type { EventHandler, RedriveOutcome } from '@habitat/messaging';
import { listDeadLetters, listHandlerLag, listScheduleRuns, takeRedriveRequests } from '@habitat/messaging';
import { requestRedrive } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerRuntime } from './runtime.ts';
import { startWorkerRuntime } from './runtime.ts';

let db: TestDatabase;
let worker: WorkerRuntime;
let isMended = false;
let effects = 0;
const outcomes: RedriveOutcome[] = [];
const cooperativeId = newId();

const fragile: EventHandler = {
  name: 'people.fragile',
  context: 'people',
  types: ['treasury.thing.done'],
  async handle(_tx, events) {
    if (!isMended) throw new Error('the scales are broken\nand so is the second line');
    effects += events.length;
  },
};

const administrator: Actor = {
  kind: 'person',
  cooperativeId,
  loginId: newId(),
  memberId: newId(),
  roles: ['administrator'],
};

const ask = (deadLetterId: string, actor: Actor = administrator, idempotencyKey: string | null = null) =>
  requestRedrive(
    db.database,
    { cooperativeId: actor.cooperativeId, actor, now: new Date(), correlationId: 'test', idempotencyKey },
    { deadLetterId },
  );

async function letter() {
  const [found] = await listDeadLetters(db.database, { cooperativeId, includeRedriven: true });
  if (found === undefined) throw new Error('there is no dead letter');
  return found;
}

beforeAll(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
  worker = startWorkerRuntime({
    database: db.database,
    transport: { kind: 'postgres' },
    handlers: [fragile],
    retryLimit: 1,
    retryDelayMs: () => 10,
    schedules: [
      { name: 'well', everyMs: 60_000, run: () => Promise.resolve() },
      { name: 'ill', everyMs: 60_000, run: () => Promise.reject(new Error('no bread')) },
    ],
    onRedrive: (outcome) => outcomes.push(outcome),
  });
  await db.asOwner(
    `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, correlation_id, recorded_at, payload)
     values ($1, gen_random_uuid(), 'treasury.thing.done', 1, 'thing', gen_random_uuid(), 'system', 'test', now(), '{}')`,
    [cooperativeId],
  );
  await worker.settled();
});
afterAll(async () => {
  await worker?.stop();
  await db?.end();
});

test('a dead letter tells when it failed first and last', async () => {
  const dead = await letter();
  expect(dead).toMatchObject({ handler: 'people.fragile', attempts: 2, redrive: null });
  expect(dead.firstFailedAt?.getTime()).toBeLessThanOrEqual(dead.lastFailedAt.getTime());
});

test('who may not operate asks in vain, and another cooperative’s letter is not there', async () => {
  const { id } = await letter();
  expect(await ask(id, { ...administrator, roles: ['treasurer'] })).toMatchObject({
    refusal: { code: 'FORBIDDEN' },
  });
  expect(await ask(id, { ...administrator, cooperativeId: newId() })).toMatchObject({
    refusal: { code: 'DEAD_LETTER_NOT_FOUND' },
  });
});

test('a redrive that fails again says so, and may be asked for again', async () => {
  const { id } = await letter();
  expect(await ask(id)).toMatchObject({ ok: true });
  await expect.poll(() => outcomes.length, { timeout: 10_000 }).toBe(1);
  expect(outcomes[0]).toMatchObject({ outcome: 'failed', fault: 'the scales are broken' });
  expect(await letter()).toMatchObject({
    attempts: 3,
    redrivenAt: null,
    redrive: { state: 'failed', requestedByMemberId: administrator.memberId },
  });
});

test('asked for twenty times with one key it is asked for once; a second wish waits for the first', async () => {
  isMended = true;
  const { id } = await letter();
  await worker.stop();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(id, administrator, 'mend-once')));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.ok).toBe(true);
  expect(await ask(id)).toMatchObject({ refusal: { code: 'ALREADY_REQUESTED' } });
  expect(await letter()).toMatchObject({ redrive: { state: 'waiting', finishedAt: null } });
});

test('several workers at once drive it once', async () => {
  const { id } = await letter();
  const drives = await Promise.all(
    Array.from({ length: 3 }, () => takeRedriveRequests(db.database, [fragile], new Date())),
  );
  expect(drives.flat()).toEqual([{ cooperativeId, deadLetterId: id, outcome: 'handled', fault: null }]);
  expect(effects).toBe(1);
  const mended = await letter();
  expect(mended.redrivenAt).not.toBeNull();
  expect(mended.redrive).toMatchObject({ state: 'handled' });
  expect(await ask(id)).toMatchObject({ refusal: { code: 'ALREADY_REDRIVEN' } });
});

test('a request whose worker died is taken up again', async () => {
  const { id } = await letter();
  await db.asOwner(
    `update platform.redrive_request set finished_at = null, outcome = null, taken_at = now() where outcome = 'handled'`,
  );
  expect(await takeRedriveRequests(db.database, [fragile], new Date())).toEqual([]);
  await db.asOwner(
    `update platform.redrive_request set taken_at = now() - interval '2 minutes' where finished_at is null`,
  );
  const [again] = await takeRedriveRequests(db.database, [fragile], new Date());
  expect(again).toMatchObject({ deadLetterId: id, outcome: 'handled' });
  expect(effects).toBe(1);
});

test('the worker tells which handlers run, how far they are behind, and how its schedules ended', async () => {
  expect(await listHandlerLag(db.database, cooperativeId)).toEqual([
    { handler: 'people.fragile', pending: 0, oldestRecordedAt: null },
  ]);
  await db.asOwner(
    `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, correlation_id, recorded_at, payload)
     values ($1, gen_random_uuid(), 'treasury.thing.done', 1, 'thing', gen_random_uuid(), 'system', 'test', '2026-11-01T00:00:00Z', '{}')`,
    [cooperativeId],
  );
  expect(await listHandlerLag(db.database, cooperativeId)).toEqual([
    { handler: 'people.fragile', pending: 1, oldestRecordedAt: new Date('2026-11-01T00:00:00Z') },
  ]);
  const runs = await listScheduleRuns(db.database);
  expect(runs.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['ill', 'fault'],
    ['well', 'ok'],
  ]);
});
