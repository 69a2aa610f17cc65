// A cooperative for agreements' own tests. Other contexts' events are put into the real log in their publishers'
// names and form, then every undelivered event goes to agreements' subscriptions, as the worker would do it.
import type { CommandContext, Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { ContextName, Envelope, EventContract, PayloadOf } from '@habitat/events';
import {
  contributionApplied,
  cooperativeCreated,
  memberJoined,
  newEvent,
  periodOpened,
  transactionPosted,
} from '@habitat/events';
import type { Actor, Role } from '@habitat/kernel';
import { newId, systemActor } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { agreementsSubscriptions } from '../subscription.ts';

export type Person = Actor & { readonly loginId: string; readonly memberId: string };

export interface Period {
  readonly periodId: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface Story {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly cooperativeId: string;
  readonly allocator: Person;
  readonly treasurer: Person;
  readonly administrator: Person;
  readonly board: Person;
  readonly period: Period;
  now: Date;
  as(actor: Actor, idempotencyKey?: string): CommandContext;
  /** Records an event in its publisher's name and delivers everything undelivered. */
  tell<Contract extends EventContract>(
    contract: Contract,
    aggregateId: string,
    payload: PayloadOf<Contract>,
  ): Promise<void>;
  /** Records many events of one kind at once. */
  tellAll<Contract extends EventContract>(
    contract: Contract,
    told: readonly (readonly [string, PayloadOf<Contract>])[],
  ): Promise<void>;
  /** A member of this number; ids sort by number. */
  join(number: number, facts?: Partial<PayloadOf<typeof memberJoined>>): Promise<string>;
  /** An applied contribution: what counts. */
  give(
    memberId: string,
    category: string,
    valueMinor: bigint,
    workedOn?: string,
    hours?: string,
  ): Promise<string>;
  /** A posting that changes income, cash or capital. */
  post(change: {
    readonly income?: readonly [bigint, bigint];
    readonly cash?: bigint;
    readonly capital?: readonly (readonly [string, bigint, bigint])[];
    readonly on?: string;
  }): Promise<void>;
  /** Payloads of what agreements published. */
  published(type: string): Promise<Record<string, unknown>[]>;
}

export async function connect(): Promise<TestDatabase> {
  return createTestDatabase(await sharedPostgresUrl());
}

function person(cooperativeId: string, roles: readonly Role[]): Person {
  return { kind: 'person', cooperativeId, loginId: newId(), memberId: newId(), roles };
}

/** Ids that sort by number, so that ties by id can be told in advance. */
function memberIdOf(number: number): string {
  return `0198a000-0000-7000-8000-${number.toString().padStart(12, '0')}`;
}

/** A cooperative with Q3 2026 open and over: it is October 7, 2026. */
export async function beginStory(
  test: TestDatabase,
  profile: Partial<PayloadOf<typeof cooperativeCreated>> = {},
): Promise<Story> {
  const cooperativeId = newId();
  const period = { periodId: newId(), name: 'Q3 2026', startsOn: '2026-07-01', endsOn: '2026-09-30' };
  const facts = { cooperativeId, actor: systemActor(cooperativeId), correlationId: 'story' };
  let numbers = 0;
  const deliverAll = delivererOf(test, cooperativeId);
  const story: Story = {
    test,
    database: test.database,
    cooperativeId,
    period,
    allocator: person(cooperativeId, ['member', 'allocator']),
    treasurer: person(cooperativeId, ['member', 'treasurer']),
    administrator: person(cooperativeId, ['member', 'administrator']),
    board: person(cooperativeId, ['member', 'board_member']),
    now: new Date('2026-10-07T15:00:00Z'),
    as: (actor, idempotencyKey) => ({
      cooperativeId,
      actor,
      now: story.now,
      correlationId: 'story',
      idempotencyKey: idempotencyKey ?? null,
    }),
    tell: (contract, aggregateId, payload) => story.tellAll(contract, [[aggregateId, payload]]),
    async tellAll(contract, told) {
      const publisher = contract.type.split('.')[0] as ContextName;
      await runTransaction(test.database, publisher, { ...facts, now: story.now }, async (tx) => {
        for (const [aggregateId, payload] of told) tx.append(newEvent(contract, aggregateId, payload));
      });
      await deliverAll(story.now);
    },
    async join(number, more = {}) {
      const memberId = memberIdOf(number);
      const joined = {
        memberId,
        number,
        class: 'cooperative',
        status: 'active' as const,
        joinedOn: '2024-01-15',
        droMinor: 0n,
      };
      await story.tell(memberJoined, memberId, { ...joined, ...more });
      return memberId;
    },
    async give(memberId, category, valueMinor, workedOn = '2026-08-15', hours = '1') {
      const contributionId = newId();
      await story.tell(contributionApplied, contributionId, {
        ...contributionFacts(contributionId, (numbers += 1), memberId, category, valueMinor, workedOn),
        quantity: hours,
      });
      return contributionId;
    },
    async post({ income = [0n, 0n], cash = 0n, capital = [], on = '2026-09-01' }) {
      const transactionId = newId();
      await story.tell(transactionPosted, transactionId, {
        transactionId,
        number: (numbers += 1),
        effectiveOn: on,
        source: 'manual',
        capitalChanges: capital.map(([memberId, bookMinor, taxMinor]) => ({ memberId, bookMinor, taxMinor })),
        cashChangeMinor: cash,
        incomeChange: { bookMinor: income[0], taxMinor: income[1] },
      });
    },
    async published(type) {
      const rows = await test.asOwner<{ payload: Record<string, unknown> }>(
        'select payload from platform.event where cooperative_id = $1 and type = $2 order by position',
        [cooperativeId, type],
      );
      return rows.map((row) => row.payload);
    },
  };
  await story.tell(cooperativeCreated, cooperativeId, { ...riverbend(cooperativeId), ...profile });
  await story.tell(periodOpened, period.periodId, { ...period, status: 'open' });
  return story;
}

/** The facts people publishes with a valued or applied contribution. */
export function contributionFacts(
  contributionId: string,
  number: number,
  memberId: string,
  category: string,
  valueMinor: bigint,
  workedOn: string,
): PayloadOf<typeof contributionApplied> {
  return {
    contributionId,
    number,
    memberId,
    kind: 'labor',
    category,
    workedOn,
    quantity: '1',
    unit: 'hour',
    valueMinor,
    taxMinor: 0n,
    treatment: 'both',
    patronageCategory: category,
    description: 'told in a test',
  };
}

function riverbend(slug: string): PayloadOf<typeof cooperativeCreated> {
  return {
    name: 'Riverbend Cooperative',
    slug,
    currency: 'USD',
    currencyDigits: 2,
    timeZone: 'America/New_York',
    taxRegime: 'subchapter_k',
    template: 'limited-cooperative-association',
    firstPeriodStartsOn: '2026-07-01',
    periodLength: 'quarter',
    fiscalStartMonth: 1,
    administrator: {
      memberId: newId(),
      loginId: newId(),
      displayName: 'Frances',
      email: 'frances@example.org',
    },
  };
}

interface EventRow extends Record<string, unknown> {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly recorded_at: Date;
  readonly payload: Record<string, unknown>;
}

/** Delivers what stands in the log behind the last position seen, to the subscriptions of its type, in batches. */
function delivererOf(test: TestDatabase, cooperativeId: string) {
  let seen = '0';
  return async (now: Date): Promise<void> => {
    for (;;) {
      const rows = await test.asOwner<EventRow>(
        `select position::text, id, type, version, aggregate_type, aggregate_id, recorded_at, payload
         from platform.event where cooperative_id = $1 and position > $2 order by platform.event.position limit 1000`,
        [cooperativeId, seen],
      );
      if (rows.length === 0) return;
      seen = rows.at(-1)?.position ?? seen;
      const events = rows.map((row) => envelopeOf(cooperativeId, row));
      for (const { types, handle } of agreementsSubscriptions) {
        const batch = events.filter(({ type }) => types.includes(type));
        if (batch.length === 0) continue;
        const facts = { cooperativeId, actor: systemActor(cooperativeId), now, correlationId: 'story' };
        await runTransaction(test.database, 'agreements', facts, (tx) => handle(tx, batch));
      }
    }
  };
}

function envelopeOf(cooperativeId: string, row: EventRow): Envelope {
  return {
    id: row.id,
    type: row.type,
    version: row.version,
    cooperativeId,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    recordedAt: row.recorded_at.toISOString(),
    actor: { kind: 'system', loginId: null, memberId: null },
    correlationId: 'story',
    causationId: null,
    payload: row.payload,
  };
}
