// The events and handlers the delivery tests use: counters whose turns must arrive once and in order.
import type { Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { defineEvent, newEvent, readPayload } from '@habitat/events';
import { newId, systemActor } from '@habitat/kernel';
import { z } from 'zod';
import type { EventHandler } from '../src/index.ts';

export const turned = defineEvent(
  'people.counter.turned',
  z.object({ turn: z.int(), poison: z.string().optional() }),
);

/** A table the treasury role writes what it handled to, in the order it did. */
export async function createTally(database: TestDatabase): Promise<void> {
  await database.asOwner(`create table treasury.tally (
    cooperative_id uuid not null, place bigint generated always as identity, handler text not null,
    counter_id uuid not null, turn int not null)`);
  await database.asOwner(`select platform.wall('treasury.tally')`);
  await database.asOwner('grant select, insert on treasury.tally to habitat_treasury');
  await database.asOwner('create table treasury.tally_switch (mended boolean not null)');
  await database.asOwner('grant select on treasury.tally_switch to habitat_treasury');
}

/** Records turns of several counters of a cooperative, `perCommit` events in each transaction. */
export async function recordTurns(
  database: Database,
  cooperativeId: string,
  turns: readonly { readonly counterId: string; readonly turn: number; readonly poison?: string }[],
  perCommit = 50,
): Promise<void> {
  const facts = { cooperativeId, actor: systemActor(cooperativeId), now: new Date(), correlationId: 'turns' };
  for (let from = 0; from < turns.length; from += perCommit) {
    await runTransaction(database, 'people', facts, async (tx) => {
      for (const { counterId, ...payload } of turns.slice(from, from + perCommit)) {
        tx.append(newEvent(turned, counterId, payload));
      }
    });
  }
}

/** Interleaved turns 0…perCounter−1 of so many counters. */
export function interleaved(counters: number, perCounter: number): { counterId: string; turn: number }[] {
  const ids = Array.from({ length: counters }, () => newId());
  return Array.from({ length: perCounter }, (_, turn) =>
    ids.map((counterId) => ({ counterId, turn })),
  ).flat();
}

/** Tallies turns; throws on a poisoned one unless the switch says it is mended, ends the process on a lethal one. */
export const tallyHandler: EventHandler = {
  name: 'treasury.tally',
  context: 'treasury',
  types: [turned.type],
  async handle(tx, events) {
    const turns = events.map((event) => ({ counterId: event.aggregateId, ...readPayload(turned, event) }));
    if (turns.some((turn) => turn.poison === 'lethal')) process.kill(process.pid, 'SIGKILL');
    if (turns.some((turn) => turn.poison === 'throws')) {
      const mended = await tx.query('select from treasury.tally_switch where mended');
      if (mended.length === 0) throw new Error('a poisoned turn');
    }
    await tx.query(
      `insert into treasury.tally (cooperative_id, handler, counter_id, turn)
       select $1, $2, t.id, t.turn from unnest($3::uuid[], $4::int[]) with ordinality as t (id, turn, place) order by t.place`,
      [
        tx.cooperativeId,
        'treasury.tally',
        turns.map((turn) => turn.counterId),
        turns.map((turn) => turn.turn),
      ],
    );
  },
};

/** Every counter's turns as tallied, in the order they took effect. */
export async function talliedTurns(database: TestDatabase): Promise<Map<string, number[]>> {
  const rows = await database.asOwner<{ counter_id: string; turns: number[] }>(
    'select counter_id, array_agg(turn order by place) as turns from treasury.tally group by counter_id',
  );
  return new Map(rows.map((row) => [row.counter_id, row.turns]));
}

export const countTo = (length: number): number[] => Array.from({ length }, (_, turn) => turn);
