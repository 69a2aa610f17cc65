// Commands keep state and events together, answer a repeated request with the first answer, and leave nothing
// of a refused or failed one.
import { defineEvent, newEvent } from '@habitat/events';
import type { CommandName } from '@habitat/kernel';
import { accept, newId, refuse, systemActor } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CommandContext } from './command.ts';
import { runCommand, runTransaction } from './command.ts';
import type { TestDatabase } from './testing.ts';
import { createTestDatabase } from './testing.ts';
import type { Transaction } from './transaction.ts';

const counted = defineEvent('people.member.changed', z.object({ turn: z.int(), amountMinor: z.bigint() }));
const cooperativeId = newId();
const loginId = newId();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase(await sharedPostgresUrl());
});
afterAll(() => database?.end());

const contextOf = (idempotencyKey: string | null, login = loginId): CommandContext => ({
  cooperativeId,
  actor: { kind: 'person', cooperativeId, loginId: login, memberId: null, roles: [] },
  now: new Date('2026-03-01T12:00:00Z'),
  correlationId: 'request-1',
  idempotencyKey,
});

const eventsOf = (aggregateId: string) =>
  database.asOwner<{
    turn: number;
    causation_id: string | null;
    correlation_id: string;
    actor_login_id: string | null;
  }>(
    `select (payload ->> 'turn')::int as turn, causation_id, correlation_id, actor_login_id
     from platform.event where aggregate_id = $1 order by position`,
    [aggregateId],
  );

function count(
  context: CommandContext,
  aggregateId: string,
  turns: readonly number[],
  name: CommandName = 'addMembers',
) {
  return runCommand(
    database.database,
    'people',
    context,
    { name, input: { aggregateId, turns } },
    async (tx) => {
      for (const turn of turns) tx.append(newEvent(counted, aggregateId, { turn, amountMinor: 5n }));
      return accept({ aggregateId, first: newId() });
    },
  );
}

describe('events', () => {
  test('of one command keep the order they were recorded in', async () => {
    const aggregateId = newId();
    const turns = Array.from({ length: 500 }, (_, turn) => 499 - turn);
    await count(contextOf(null), aggregateId, turns);
    expect((await eventsOf(aggregateId)).map((event) => event.turn)).toEqual(turns);
  });

  test('carry who, why and the amounts as text', async () => {
    const aggregateId = newId();
    await count(contextOf(null), aggregateId, [1]);
    const [event] = await database.asOwner('select * from platform.event where aggregate_id = $1', [
      aggregateId,
    ]);
    expect(event).toMatchObject({
      type: 'people.member.changed',
      aggregate_type: 'member',
      actor_kind: 'person',
      actor_login_id: loginId,
      correlation_id: 'request-1',
      payload: { turn: 1, amountMinor: '5' },
      recorded_at: new Date('2026-03-01T12:00:00Z'),
    });
  });

  test('name the event that caused them', async () => {
    const aggregateId = newId();
    const cause = {
      id: newId(),
      type: 'people.member.joined',
      version: 1,
      cooperativeId,
      aggregateType: 'member',
      aggregateId,
      recordedAt: '2026-03-01T12:00:00.000Z',
      actor: { kind: 'system' as const, loginId: null, memberId: null },
      correlationId: 'the-first-request',
      causationId: null,
      payload: {},
    };
    const facts = {
      cooperativeId,
      actor: systemActor(cooperativeId),
      now: new Date(),
      correlationId: 'batch',
    };
    await runTransaction(database.database, 'people', facts, async (tx) => {
      tx.causedBy(cause).append(newEvent(counted, aggregateId, { turn: 1, amountMinor: 0n }));
    });
    expect(await eventsOf(aggregateId)).toMatchObject([
      { causation_id: cause.id, correlation_id: 'the-first-request' },
    ]);
  });

  test('of a refused, failed or swallowed transaction do not exist', async () => {
    const aggregateId = newId();
    const appendThen = (end: (tx: Transaction) => Promise<unknown>) =>
      runCommand(
        database.database,
        'people',
        contextOf(null),
        { name: 'addMembers', input: null },
        async (tx) => {
          tx.append(newEvent(counted, aggregateId, { turn: 1, amountMinor: 0n }));
          await end(tx);
          return refuse({ code: 'NO' as const });
        },
      );
    expect(await appendThen(async () => null)).toEqual({ ok: false, refusal: { code: 'NO' } });
    await expect(appendThen(() => Promise.reject(new Error('fault')))).rejects.toThrow('fault');
    const swallowed = database.database.transaction('people', { cooperativeId }, async (client) => {
      await client.query('select 1/0').catch(() => null);
    });
    await expect(swallowed).rejects.toThrow('had failed before its commit');
    expect(await eventsOf(aggregateId)).toEqual([]);
  });
});

describe('an idempotency key', () => {
  test('sent twenty times at once takes effect once and gives every caller the same answer', async () => {
    const aggregateId = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => count(contextOf('key-twenty'), aggregateId, [1, 2])),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.ok).toBe(true);
    expect(await eventsOf(aggregateId)).toHaveLength(2);
  });

  test('answers again with the first answer where the work would now be refused or fail, and keeps nothing of it', async () => {
    const aggregateId = newId();
    const key = newId();
    const input = { aggregateId };
    const first = await runCommand(
      database.database,
      'people',
      contextOf(key),
      { name: 'addMember', input },
      () => Promise.resolve(accept('done')),
    );
    const again = (end: () => Promise<never> | Promise<{ ok: false; refusal: { code: string } }>) =>
      runCommand<string, { code: string }>(
        database.database,
        'people',
        contextOf(key),
        { name: 'addMember', input },
        async (tx) => {
          tx.append(newEvent(counted, aggregateId, { turn: 1, amountMinor: 0n }));
          // Sent together with the claim, before the key is known to be another's.
          await tx.query(
            `insert into platform.idempotency_key (cooperative_id, actor_key, key, command, fingerprint)
             values ($1, 'work', $2, 'x', 'x')`,
            [cooperativeId, aggregateId],
          );
          return end();
        },
      );
    expect(first).toEqual({ ok: true, value: 'done' });
    expect(await again(() => Promise.resolve(refuse({ code: 'NO' })))).toEqual(first);
    expect(await again(() => Promise.reject(new Error('fault')))).toEqual(first);
    expect(await eventsOf(aggregateId)).toEqual([]);
    expect(
      await database.asOwner(`select from platform.idempotency_key where key = $1`, [aggregateId]),
    ).toEqual([]);
  });

  test('whose answer cannot be stored leaves no effect', async () => {
    const aggregateId = newId();
    const failing = runCommand(
      database.database,
      'people',
      contextOf(newId()),
      { name: 'addMember', input: null },
      (tx) => {
        tx.append(newEvent(counted, aggregateId, { turn: 1, amountMinor: 0n }));
        // A NUL has no place in jsonb: the last statement before the commit fails.
        return Promise.resolve(accept('\u0000'));
      },
    );
    await expect(failing).rejects.toThrow('unsupported Unicode escape sequence');
    expect(await eventsOf(aggregateId)).toEqual([]);
  });

  test('with another input or for another command is a conflict', async () => {
    const aggregateId = newId();
    await count(contextOf('key-conflict'), aggregateId, [1]);
    const conflict = { ok: false, refusal: { code: 'IDEMPOTENCY_CONFLICT', key: 'key-conflict' } };
    expect(await count(contextOf('key-conflict'), aggregateId, [2])).toEqual(conflict);
    expect(await count(contextOf('key-conflict'), aggregateId, [1], 'addMember')).toEqual(conflict);
    expect(await eventsOf(aggregateId)).toHaveLength(1);
  });

  test('of another person is another key', async () => {
    const aggregateId = newId();
    await count(contextOf('key-person'), aggregateId, [1]);
    expect((await count(contextOf('key-person', newId()), aggregateId, [2])).ok).toBe(true);
    expect(await eventsOf(aggregateId)).toHaveLength(2);
  });

  test('is free again after a refusal', async () => {
    const decide = (ok: boolean) =>
      runCommand(
        database.database,
        'people',
        contextOf('key-refused'),
        { name: 'addMember', input: null },
        async () => (ok ? accept({ ok: true }) : refuse({ code: 'NO' as const })),
      );
    expect((await decide(false)).ok).toBe(false);
    expect((await decide(true)).ok).toBe(true);
  });
});

test('a deadlock is tried again until both commands are through', async () => {
  const [left, right] = [newId(), newId()];
  let first = true;
  const lockBoth = (mine: string, other: string) =>
    runCommand(
      database.database,
      'people',
      contextOf(null),
      { name: 'addMember', input: null },
      async (tx) => {
        const lock = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';
        await tx.query(lock, [mine]);
        if (first) await new Promise((resolve) => setTimeout(resolve, 150));
        await tx.query(lock, [other]);
        first = false;
        return accept(null);
      },
    );
  const answers = await Promise.all([lockBoth(left, right), lockBoth(right, left)]);
  expect(answers.map((answer) => answer.ok)).toEqual([true, true]);
});
