// Statements in SQL: made for up to 500 members at a time, in five queries and one insert, when treasury has told
// everyone's capital from opening to closing. They are never changed; a reopened close supersedes them.
import type { Queryable, Transaction } from '@habitat/database';
import type { PayloadOf } from '@habitat/events';
import type { capitalStatementPrepared } from '@habitat/events';
import { newEvent, statementReady } from '@habitat/events';
import { newId } from '@habitat/kernel';
import type { StoredAllocation } from '../allocation/allocation.store.ts';
import { findAllocation, linesOfMembers } from '../allocation/allocation.store.ts';
import type { CooperativeCopy } from '../copies/cooperative-copy.ts';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { findClose } from '../period-close/period-close.store.ts';
import type { StatementDocument, StatementFacts } from './statement.ts';
import { statementAddsUp, statementDocument } from './statement.ts';

type Prepared = PayloadOf<typeof capitalStatementPrepared>;
const PERIODS_SHOWN = 7;

/** Makes the statements of the members treasury told of. Those there already stay as they are. */
export async function makeStatements(tx: Transaction, prepared: Prepared): Promise<void> {
  const close = await findClose(tx, tx.cooperativeId, prepared.closeId);
  const period = await findPeriod(tx, tx.cooperativeId, prepared.periodId);
  const cooperative = await findCooperative(tx, tx.cooperativeId);
  if (close === null || close.allocationId === null || period === null || cooperative === null) return;
  const allocation = await findAllocation(tx, tx.cooperativeId, close.allocationId);
  if (allocation === null) return;
  const documents = await documentsOf(tx, prepared, { cooperative, period, allocation });
  const rows = documents.map((document) => ({ id: newId(), memberId: document.member.id, document }));
  const inserted = await tx.query<{ id: string; memberId: string }>(
    `insert into agreements.statement (cooperative_id, id, close_id, period_id, allocation_id, member_id, document, prepared_at)
     select $1, s.id, $2, $3, $4, s."memberId", s.document, $6
     from jsonb_to_recordset($5::jsonb) as s(id uuid, "memberId" uuid, document jsonb)
     on conflict do nothing returning id, member_id as "memberId"`,
    [tx.cooperativeId, close.id, period.id, allocation.id, JSON.stringify(rows), tx.now],
  );
  tx.append(
    ...inserted.map(({ id, memberId }) =>
      newEvent(statementReady, id, { statementId: id, periodId: period.id, memberId }),
    ),
  );
}

interface Around {
  readonly cooperative: CooperativeCopy;
  readonly period: PeriodCopy;
  readonly allocation: StoredAllocation;
}

async function documentsOf(
  tx: Transaction,
  prepared: Prepared,
  around: Around,
): Promise<StatementDocument[]> {
  const memberIds = prepared.members.map(({ memberId }) => memberId);
  const members = await loadMembers(tx, memberIds);
  const lines = await linesOfMembers(tx, tx.cooperativeId, around.allocation.id, memberIds);
  const lineOf = new Map(lines.map((line) => [line.memberId, line]));
  const unweighted = await loadUnweighted(tx, memberIds, around.period);
  const earlier = await loadEarlier(tx, memberIds, around.period);
  const documents: StatementDocument[] = [];
  for (const told of prepared.members) {
    const member = members.get(told.memberId);
    if (member === undefined) throw new Error(`no member ${told.memberId} is known here yet`);
    const document = statementDocument({
      ...sharedFacts(tx, around),
      member,
      line: lineOf.get(told.memberId) ?? null,
      unweighted: unweighted.get(told.memberId) ?? [],
      earlier: earlier.get(told.memberId) ?? [],
      capital: {
        opening: inText(told.opening),
        changes: told.changes.map((change) => ({ cause: change.cause, ...inText(change) })),
        closing: inText(told.closing),
      },
    });
    if (!statementAddsUp(document))
      throw new Error(`the statement of member ${told.memberId} does not add up`);
    documents.push(document);
  }
  return documents;
}

function sharedFacts(tx: Transaction, { cooperative, period, allocation }: Around) {
  return {
    cooperative,
    period: { id: period.id, name: period.name, startsOn: period.startsOn, endsOn: period.endsOn },
    preparedOn: todayOf(cooperative, tx.now),
    allocation: {
      everyoneTotal: allocation.summary.weightedTotal,
      surplusMinor: allocation.allocableMinor,
      cashRate: allocation.summary.cashRate,
      formula: allocation.summary.formula,
      weightsVersion: allocation.summary.weightsVersion,
      policiesVersion: allocation.summary.policiesVersion,
      recordHash: allocation.recordHash,
    },
  };
}

function inText({ bookMinor, taxMinor }: { readonly bookMinor: bigint; readonly taxMinor: bigint }) {
  return { bookMinor: bookMinor.toString(), taxMinor: taxMinor.toString() };
}

async function loadMembers(tx: Transaction, memberIds: readonly string[]) {
  const rows = await tx.query<StatementFacts['member'] & Record<string, unknown>>(
    `select id, number, joined_on as "joinedOn" from agreements.member where cooperative_id = $1 and id = any ($2::uuid[])`,
    [tx.cooperativeId, memberIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function grouped<Row extends { readonly memberId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const own = groups.get(row.memberId);
    if (own === undefined) groups.set(row.memberId, [row]);
    else own.push(row);
  }
  return groups;
}

async function loadUnweighted(tx: Transaction, memberIds: readonly string[], period: PeriodCopy) {
  const rows = await tx.query<StatementFacts['unweighted'][number] & { memberId: string }>(
    `select member_id as "memberId", kind as category, sum(value_minor)::bigint as "valueMinor", sum(hours)::text as hours,
       count(*)::int as count
     from agreements.contribution
     where cooperative_id = $1 and member_id = any ($2::uuid[]) and status = 'applied' and patronage_category is null
       and worked_on between $3 and $4
     group by member_id, kind order by kind`,
    [tx.cooperativeId, memberIds, period.startsOn, period.endsOn],
  );
  return grouped(rows);
}

async function loadEarlier(tx: Transaction, memberIds: readonly string[], period: PeriodCopy) {
  const rows = await tx.query<{ memberId: string; periodId: string; name: string; shareMinor: string }>(
    `with earlier as (
       select p.cooperative_id, p.id, p.name, p.starts_on, c.allocation_id from agreements.period p
       join agreements.period_close c on c.cooperative_id = p.cooperative_id and c.period_id = p.id and c.status = 'completed'
       where p.cooperative_id = $1 and p.starts_on < $3 order by p.starts_on desc limit ${PERIODS_SHOWN - 1})
     select l.member_id as "memberId", e.id as "periodId", e.name, l.book_minor::text as "shareMinor"
     from earlier e join agreements.allocation_line l
       on l.cooperative_id = e.cooperative_id and l.allocation_id = e.allocation_id
     where l.member_id = any ($2::uuid[]) order by e.starts_on`,
    [tx.cooperativeId, memberIds, period.startsOn],
  );
  return grouped(rows);
}

export interface StoredStatement {
  readonly id: string;
  readonly memberId: string;
  readonly periodId: string;
  readonly document: StatementDocument;
  readonly preparedAt: Date;
  readonly superseded: boolean;
}

/** Statements, newest period first, those of reopened closes marked; of one member or id when given. */
export async function listStatementRows(
  db: Queryable,
  cooperativeId: string,
  filter: { readonly memberId?: string | null; readonly statementId?: string | null },
): Promise<StoredStatement[]> {
  return db.query<StoredStatement & Record<string, unknown>>(
    `select s.id, s.member_id as "memberId", s.period_id as "periodId", s.document, s.prepared_at as "preparedAt",
       c.status in ('reopening', 'reopened') as superseded
     from agreements.statement s
     join agreements.period_close c on c.cooperative_id = s.cooperative_id and c.id = s.close_id
     where s.cooperative_id = $1 and ($2::uuid is null or s.member_id = $2) and ($3::uuid is null or s.id = $3)
     order by s.document -> 'period' ->> 'startsOn' desc, s.prepared_at desc, s.member_id`,
    [cooperativeId, filter.memberId ?? null, filter.statementId ?? null],
  );
}
