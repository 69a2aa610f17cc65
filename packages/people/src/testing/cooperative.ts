// A cooperative for people's own tests, made the way it is made in production: by the platform's and treasury's
// events through people's handlers, and by commands.
import type { CommandContext, Database, TestDatabase } from './database.ts';
import { createTestDatabase, runTransaction, sharedPostgresUrl } from './database.ts';
import type { Envelope } from '@habitat/events';
import { cooperativeCreated, encodePayload, eventContracts, periodOpened } from '@habitat/events';
import type { Actor, Role } from '@habitat/kernel';
import { newId, systemActor } from '@habitat/kernel';
import { addMember } from '../member/member.commands.ts';
import { peopleHandlers } from '../handler/people-handlers.ts';
import { linkLogin } from '../member/member.commands.ts';

/** Somebody who signs in as a member. */
export type Person = Actor & { readonly memberId: string };

export interface World {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly cooperativeId: string;
  readonly admin: Person;
  /** Everybody's "now"; tests move it. */
  now: Date;
  as(actor: Actor, idempotencyKey?: string): CommandContext;
  /** Hands an event to every people handler that takes it. */
  receive(type: string, payload: Record<string, unknown>, aggregateId?: string): Promise<void>;
  /** A member with these roles, as the actor behind a login. */
  join(name: string, roles: readonly string[]): Promise<Person>;
  /** Published events of a type, as payloads. */
  published(type: string): Promise<Record<string, unknown>[]>;
}

export async function connect(): Promise<TestDatabase> {
  return createTestDatabase(await sharedPostgresUrl());
}

/** Founds a cooperative in the third quarter of 2026 with two quarters open. */
export async function foundCooperative(test: TestDatabase, slug = 'riverbend'): Promise<World> {
  const cooperativeId = newId();
  const admin: Person = {
    kind: 'person',
    cooperativeId,
    loginId: newId(),
    memberId: newId(),
    roles: ['member', 'contributor', 'administrator'],
  };
  const world: World = {
    test,
    database: test.database,
    cooperativeId,
    admin,
    now: new Date('2026-09-21T15:00:00Z'),
    as: (actor, idempotencyKey) => ({
      cooperativeId,
      actor,
      now: world.now,
      correlationId: 'test',
      idempotencyKey: idempotencyKey ?? null,
    }),
    async receive(type, payload, aggregateId = newId()) {
      const event = envelopeOf(cooperativeId, type, payload, aggregateId, world.now);
      for (const handler of peopleHandlers.filter((one) => one.types.includes(type))) {
        const facts = {
          cooperativeId,
          actor: systemActor(cooperativeId),
          now: world.now,
          correlationId: 'test',
        };
        await runTransaction(test.database, handler.context, facts, (tx) => handler.handle(tx, [event]));
      }
    },
    async join(name, roles) {
      const email = `${name.toLowerCase()}@${slug}.example`;
      const added = await addMember(test.database, world.as(systemActor(cooperativeId)), {
        displayName: name,
        email,
        joinedOn: '2026-01-01',
        roles,
      });
      if (!added.ok) throw new Error(added.refusal.code);
      const loginId = newId();
      const linked = await linkLogin(test.database, world.as(admin), {
        memberId: added.value.memberId,
        loginId,
      });
      if (!linked.ok) throw new Error(linked.refusal.code);
      return {
        kind: 'person',
        cooperativeId,
        loginId,
        memberId: added.value.memberId,
        roles: roles as Role[],
      };
    },
    async published(type) {
      const rows = await test.asOwner<{ payload: Record<string, unknown> }>(
        'select payload from platform.event where cooperative_id = $1 and type = $2 order by position',
        [cooperativeId, type],
      );
      return rows.map((row) => row.payload);
    },
  };
  await world.receive(cooperativeCreated.type, creationOf(slug, admin), cooperativeId);
  for (const period of QUARTERS)
    await world.receive(periodOpened.type, { ...period, status: 'open' }, period.periodId);
  return world;
}

export const QUARTERS = [
  {
    periodId: '01990000-0000-7000-8000-000000000002',
    name: 'Q2 2026',
    startsOn: '2026-04-01',
    endsOn: '2026-06-30',
  },
  {
    periodId: '01990000-0000-7000-8000-000000000003',
    name: 'Q3 2026',
    startsOn: '2026-07-01',
    endsOn: '2026-09-30',
  },
] as const;

function creationOf(slug: string, admin: Actor): Record<string, unknown> {
  return {
    name: 'Riverbend Cooperative',
    slug,
    currency: 'USD',
    currencyDigits: 2,
    timeZone: 'America/New_York',
    taxRegime: 'subchapter_k',
    template: 'multi_stakeholder',
    firstPeriodStartsOn: '2026-04-01',
    periodLength: 'quarter',
    administrator: {
      memberId: admin.memberId,
      loginId: admin.loginId,
      displayName: 'Frances Nakamura',
      email: `frances@${slug}.example`,
    },
  };
}

function envelopeOf(
  cooperativeId: string,
  type: string,
  payload: Record<string, unknown>,
  aggregateId: string,
  now: Date,
): Envelope {
  const contract = eventContracts.get(type);
  if (contract === undefined) throw new Error(`no event is called ${type}`);
  return {
    id: newId(),
    type,
    version: contract.version,
    cooperativeId,
    aggregateType: contract.aggregateType,
    aggregateId,
    recordedAt: now.toISOString(),
    actor: { kind: 'system', loginId: null, memberId: null },
    correlationId: 'test',
    causationId: null,
    payload: JSON.parse(encodePayload(payload)) as Record<string, unknown>,
  };
}
