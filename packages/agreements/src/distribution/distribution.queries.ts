// Reading distributions: whole ones with their lines for those who run them, a member's own lines for the member.
import type { Database, Queryable } from '@habitat/database';
import { cashNow } from '../copies/ledger-copy.ts';
import type { DistributionBasis, DistributionStatus } from './distribution.ts';
import { distributionStatus } from './distribution.ts';
import type { LineRow } from './distribution.store.ts';
import { lineColumns } from './distribution.store.ts';

export interface DistributionView {
  readonly id: string;
  readonly number: number;
  readonly basis: DistributionBasis;
  readonly periodId: string | null;
  readonly periodName: string | null;
  readonly status: DistributionStatus;
  readonly askedMinor: bigint;
  readonly totalMinor: bigint;
  readonly reducedReason: string | null;
  /** Cash when it was calculated, what was promised elsewhere then, and the reserve that must stay. */
  readonly cashThenMinor: bigint;
  readonly committedThenMinor: bigint;
  readonly reserveMinor: bigint;
  readonly cashNowMinor: bigint;
  /** Cash once the lines still open are paid. */
  readonly cashAfterMinor: bigint;
  readonly payOn: string | null;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly calculatedAt: Date;
  readonly approvedByLoginId: string | null;
  readonly approvedByMemberId: string | null;
  readonly approvedAt: Date | null;
  readonly lines: readonly LineRow[];
}

type Head = Omit<DistributionView, 'status' | 'lines' | 'cashNowMinor' | 'cashAfterMinor' | 'payOn'>;

const heads = `
  select d.id, d.number, d.basis, d.period_id as "periodId", p.name as "periodName", d.asked_minor as "askedMinor",
    d.total_minor as "totalMinor", d.reduced_reason as "reducedReason", d.cash_minor as "cashThenMinor",
    d.committed_minor as "committedThenMinor", d.reserve_minor as "reserveMinor", d.by_login_id as "byLoginId",
    d.by_member_id as "byMemberId", d.recorded_at as "calculatedAt", a.by_login_id as "approvedByLoginId",
    a.by_member_id as "approvedByMemberId", a.recorded_at as "approvedAt"
  from agreements.distribution d
  left join agreements.period p on p.cooperative_id = d.cooperative_id and p.id = d.period_id
  left join agreements.distribution_approval a on a.cooperative_id = d.cooperative_id and a.distribution_id = d.id`;

async function complete(
  db: Queryable,
  cooperativeId: string,
  found: readonly Head[],
): Promise<DistributionView[]> {
  if (found.length === 0) return [];
  const lines = await db.query<LineRow & Record<string, unknown>>(
    `select ${lineColumns} from agreements.distribution_line l
     where l.cooperative_id = $1 and l.distribution_id = any ($2::uuid[]) order by l.amount_minor desc, l.id`,
    [cooperativeId, found.map(({ id }) => id)],
  );
  const cashNowMinor = await cashNow(db, cooperativeId);
  return found.map((head) => {
    const own = lines.filter((line) => line.distributionId === head.id);
    const open = own.filter(({ state }) => state !== 'paid' && state !== 'failed' && state !== 'cancelled');
    return {
      ...head,
      lines: own,
      status: distributionStatus(own.map(({ state }) => state)),
      cashNowMinor,
      cashAfterMinor: open.reduce((left, line) => left - line.amountMinor, cashNowMinor),
      payOn: own.reduce<string | null>(
        (first, { payOn }) => (payOn !== null && (first === null || payOn < first) ? payOn : first),
        null,
      ),
    };
  });
}

export interface ListDistributions {
  readonly limit: number;
  /** Numbers below this one: the page before ended there. */
  readonly beforeNumber?: number | null;
  readonly memberId?: string | null;
}

/** Distributions, latest first. With a member, those that pay that member. */
export async function listDistributions(
  database: Database,
  cooperativeId: string,
  wanted: ListDistributions,
): Promise<DistributionView[]> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const found = await db.query<Head & Record<string, unknown>>(
      `${heads} where d.cooperative_id = $1 and ($2::int is null or d.number < $2)
         and ($3::uuid is null or exists (select from agreements.distribution_line l
           where l.cooperative_id = d.cooperative_id and l.distribution_id = d.id and l.member_id = $3))
       order by d.number desc limit $4`,
      [cooperativeId, wanted.beforeNumber ?? null, wanted.memberId ?? null, wanted.limit],
    );
    return complete(db, cooperativeId, found);
  });
}

/** Distributions by id, in any order; unknown ids are left out. */
export async function findDistributions(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<DistributionView[]> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const found = await db.query<Head & Record<string, unknown>>(
      `${heads} where d.cooperative_id = $1 and d.id = any ($2::uuid[])`,
      [cooperativeId, ids],
    );
    return complete(db, cooperativeId, found);
  });
}

/** Payments by id, in any order; unknown ids are left out. */
export async function findDistributionLines(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<LineRow[]> {
  return database.read('agreements', { cooperativeId }, (db) =>
    db.query<LineRow & Record<string, unknown>>(
      `select ${lineColumns} from agreements.distribution_line l
       where l.cooperative_id = $1 and l.id = any ($2::uuid[])`,
      [cooperativeId, ids],
    ),
  );
}

/** Every payment to one member, the first distribution first. */
export async function listPaymentsTo(
  database: Database,
  cooperativeId: string,
  memberId: string,
): Promise<(LineRow & { readonly number: number })[]> {
  return database.read('agreements', { cooperativeId }, (db) =>
    db.query<LineRow & { readonly number: number } & Record<string, unknown>>(
      `select ${lineColumns}, d.number from agreements.distribution_line l
       join agreements.distribution d on d.cooperative_id = l.cooperative_id and d.id = l.distribution_id
       where l.cooperative_id = $1 and l.member_id = $2 order by d.number, l.id`,
      [cooperativeId, memberId],
    ),
  );
}

/** The next payment each of these members may expect: the earliest line that is not over. */
export async function nextPayments(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, LineRow>> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const rows = await db.query<LineRow & Record<string, unknown>>(
      `select distinct on (l.member_id) ${lineColumns} from agreements.distribution_line l
       where l.cooperative_id = $1 and l.member_id = any ($2::uuid[]) and l.state not in ('paid', 'failed', 'cancelled')
       order by l.member_id, l.pay_on nulls last, l.id`,
      [cooperativeId, memberIds],
    );
    return new Map(rows.map((row) => [row.memberId, row]));
  });
}

/** Whose payment is asked for, and for which period's share. */
export interface PaymentOf {
  readonly memberId: string;
  readonly periodId: string;
}

/** The payments of these shares, in their order: one that stands before one that failed or was cancelled, then the latest. */
export async function paymentsOf(
  database: Database,
  cooperativeId: string,
  wanted: readonly PaymentOf[],
): Promise<(LineRow | null)[]> {
  const rows = await database.read('agreements', { cooperativeId }, (db) =>
    db.query<LineRow & { periodId: string } & Record<string, unknown>>(
      `select distinct on (l.member_id, d.period_id) ${lineColumns}, d.period_id as "periodId"
       from agreements.distribution_line l
       join agreements.distribution d on d.cooperative_id = l.cooperative_id and d.id = l.distribution_id
       where l.cooperative_id = $1 and l.member_id = any ($2::uuid[]) and d.period_id = any ($3::uuid[])
       order by l.member_id, d.period_id, l.state in ('failed', 'cancelled'), d.number desc`,
      [cooperativeId, wanted.map(({ memberId }) => memberId), wanted.map(({ periodId }) => periodId)],
    ),
  );
  return wanted.map(
    (one) => rows.find((row) => row.memberId === one.memberId && row.periodId === one.periodId) ?? null,
  );
}

/** Distributions that wait for a second person's approval. */
export async function countUnapprovedDistributions(
  database: Database,
  cooperativeId: string,
): Promise<number> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const [row] = await db.query<{ count: number }>(
      `select count(distinct distribution_id)::int as count from agreements.distribution_line
       where cooperative_id = $1 and state = 'calculated'`,
      [cooperativeId],
    );
    return row?.count ?? 0;
  });
}
