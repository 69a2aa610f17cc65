// A cooperative in its second quarter with two members, made through the same handlers the worker runs.
import type { CommandContext, Transaction } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import type { Envelope, EventContract, PayloadOf } from '@habitat/events';
import { contributionValued, cooperativeCreated, encodePayload, memberJoined } from '@habitat/events';
import type { Role } from '@habitat/kernel';
import { newId, systemActor } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { takeUpCooperatives, takeUpMembers } from './cooperative/take-up.ts';

export type Handler = (tx: Transaction, events: readonly Envelope[]) => Promise<void>;

export interface Ledger {
  readonly test: TestDatabase;
  readonly cooperativeId: string;
  readonly members: { readonly alice: string; readonly bob: string };
  /** A person with these roles, at 12 May 2026 noon unless told otherwise. */
  as(who: string, roles: readonly Role[], now?: Date): CommandContext;
  /** Hands events to a handler as the delivery does, in one transaction, and answers with what it recorded. */
  deliver(
    handler: Handler,
    ...events: Envelope[]
  ): Promise<{ type: string; payload: Record<string, unknown> }[]>;
  envelope<Contract extends EventContract>(
    contract: Contract,
    aggregateId: string,
    payload: PayloadOf<Contract>,
  ): Envelope;
  /** Balance of an account code ('capital:alice' for a member), as the ledger stands: "book/tax", debit positive. */
  balance(code: string): Promise<string>;
  periodId(name: string): Promise<string>;
}

export const NOW = new Date('2026-05-12T12:00:00Z');

const people = new Map<string, { loginId: string; memberId: string }>();

function person(name: string) {
  const known = people.get(name) ?? { loginId: newId(), memberId: newId() };
  people.set(name, known);
  return known;
}

function envelopeOf<Contract extends EventContract>(
  cooperativeId: string,
  contract: Contract,
  aggregateId: string,
  payload: PayloadOf<Contract>,
): Envelope {
  return {
    id: newId(),
    type: contract.type,
    version: contract.version,
    cooperativeId,
    aggregateType: contract.aggregateType,
    aggregateId,
    recordedAt: NOW.toISOString(),
    actor: { kind: 'system', loginId: null, memberId: null },
    correlationId: 'test',
    causationId: null,
    payload: JSON.parse(encodePayload(payload)) as Record<string, unknown>,
  };
}

/** The cooperative comes into being and Alice and Bob join, as the events tell it. */
async function takeUp(ledger: Ledger, template: string): Promise<void> {
  const { cooperativeId, members } = ledger;
  await ledger.deliver(
    takeUpCooperatives,
    ledger.envelope(cooperativeCreated, cooperativeId, {
      name: 'Test',
      slug: `t${cooperativeId.slice(-8)}`,
      currency: 'USD',
      currencyDigits: 2,
      timeZone: 'America/New_York',
      taxRegime: 'subchapter_k',
      template,
      firstPeriodStartsOn: '2026-01-01',
      periodLength: 'quarter',
      fiscalStartMonth: 1,
      administrator: { memberId: newId(), loginId: newId(), displayName: 'A', email: 'a@example.org' },
    }),
  );
  const joined = (memberId: string, number: number) =>
    ledger.envelope(memberJoined, memberId, {
      memberId,
      number,
      class: 'cooperative',
      status: 'active',
      joinedOn: '2026-01-01',
      droMinor: 0n,
    });
  await ledger.deliver(takeUpMembers, joined(members.alice, 1), joined(members.bob, 2));
}

/** Starts a ledger of the limited cooperative association, first period Q1 2026, today 12 May 2026. */
export async function startLedger(
  template = 'limited-cooperative-association',
  test?: TestDatabase,
): Promise<Ledger> {
  const database = test ?? (await createTestDatabase(await sharedPostgresUrl()));
  const cooperativeId = newId();
  const members = { alice: newId(), bob: newId() };
  const ledger: Ledger = {
    test: database,
    cooperativeId,
    members,
    as: (who, roles, now = NOW) => ({
      cooperativeId,
      actor: { kind: 'person', cooperativeId, ...person(who), roles },
      now,
      correlationId: 'test',
    }),
    envelope: (contract, aggregateId, payload) => envelopeOf(cooperativeId, contract, aggregateId, payload),
    async deliver(handler, ...events) {
      const facts = { cooperativeId, actor: systemActor(cooperativeId), now: NOW, correlationId: 'test' };
      const marker = await database.asOwner<{ last: bigint | null }>(
        'select max(position) as last from platform.event',
      );
      await runTransaction(database.database, 'treasury', facts, (tx) => handler(tx, events));
      return database.asOwner<{ type: string; payload: Record<string, unknown> }>(
        'select type, payload from platform.event where cooperative_id = $1 and position > $2 order by position',
        [cooperativeId, (marker[0]?.last ?? 0n).toString()],
      );
    },
    async balance(code) {
      const memberId = code.startsWith('capital:') ? members[code.slice(8) as keyof typeof members] : null;
      const [row] = await database.asOwner<{ balance: string }>(
        `select coalesce(sum(e.book_minor), 0) || '/' || coalesce(sum(e.tax_minor), 0) as balance
         from treasury.account a left join treasury.entry e on e.cooperative_id = a.cooperative_id and e.account_id = a.id
         where a.cooperative_id = $1 and (a.code = $2 or a.member_id = $3)`,
        [cooperativeId, code, memberId],
      );
      return row?.balance ?? 'none';
    },
    async periodId(name) {
      const [row] = await database.asOwner<{ id: string }>(
        'select id from treasury.period where cooperative_id = $1 and name = $2',
        [cooperativeId, name],
      );
      if (row === undefined) throw new Error(`no period ${name}`);
      return row.id;
    },
  };
  await takeUp(ledger, template);
  return ledger;
}

/** A valued contribution: 5,000.00 in cash by Alice on 1 May, changed by `facts`. */
export function valued(ledger: Ledger, facts: Partial<PayloadOf<typeof contributionValued>> = {}): Envelope {
  const contributionId = facts.contributionId ?? newId();
  return ledger.envelope(contributionValued, contributionId, {
    contributionId,
    number: 1,
    memberId: ledger.members.alice,
    kind: 'cash',
    category: '',
    workedOn: '2026-05-01',
    quantity: '1',
    unit: 'money',
    valueMinor: 500_000n,
    taxMinor: 500_000n,
    treatment: 'both',
    patronageCategory: null,
    description: 'x',
    ...facts,
  });
}

/** Every check of schema/checks about treasury; each must return no rows. */
export async function brokenChecks(ledger: Ledger): Promise<string[]> {
  const { readdir, readFile } = await import('node:fs/promises');
  const folder = new URL('../../../schema/checks/', import.meta.url);
  const broken: string[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.startsWith('treasury_')).sort()) {
    const rows = await ledger.test.asOwner(await readFile(new URL(name, folder), 'utf8'));
    if (rows.length > 0) broken.push(`${name}: ${encodePayload(rows.slice(0, 3))}`);
  }
  return broken;
}
