// A draft allocation at any time: what would come out if the period ended now. Nothing of it is stored, and it is
// never more than a draft.
import type { Database, Queryable } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { AllocationInput, AllocationRefusal } from '@habitat/patronage';
import { calculateAllocation } from '@habitat/patronage';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import { incomeBetween } from '../copies/ledger-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { findCloseOf } from '../period-close/period-close.store.ts';
import type { FactsRefusal } from './allocation-facts.store.ts';
import { loadAllocationFacts } from './allocation-facts.store.ts';
import type { LineDetail } from './allocation.ts';
import { allocationInput, lineDetail } from './allocation.ts';
import type { AllocationLine } from './allocation.store.ts';
import type { AllocationSummary } from './allocation-summary.ts';
import { summarise } from './allocation-summary.ts';

export interface DraftLine extends AllocationLine<LineDetail> {
  /** Contributions behind each category. */
  readonly counts: ReadonlyMap<string, number>;
}

export interface DraftAllocation {
  readonly period: PeriodCopy;
  readonly netIncomeBookMinor: bigint;
  readonly netIncomeTaxMinor: bigint;
  readonly allocableMinor: bigint;
  readonly summary: AllocationSummary;
  readonly lines: readonly DraftLine[];
}

export type DraftRefusal = FactsRefusal | AllocationRefusal | { readonly code: 'PERIOD_NOT_FOUND' };

interface DraftWanted {
  /** The period of today when left out. */
  readonly periodId?: string | null;
  readonly now: Date;
  /** Contribution ids behind every figure; left out unless wanted. */
  readonly withContributionIds?: boolean;
}

/**
 * What the allocation of a period would be if it ended now, with what is applied and posted so far. Refuses
 * PERIOD_NOT_FOUND, NOT_READY, MEMBER_UNKNOWN and whatever the formula refuses (NO_PATRONAGE early in a period).
 */
export async function draftAllocation(
  database: Database,
  cooperativeId: string,
  wanted: DraftWanted,
): Promise<Result<DraftAllocation, DraftRefusal>> {
  return database.read(
    'agreements',
    { cooperativeId },
    async (db): Promise<Result<DraftAllocation, DraftRefusal>> => {
      const period = await periodOr(db, cooperativeId, wanted);
      if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' });
      const loaded = await loadAllocationFacts(db, cooperativeId, {
        period,
        closeId: null,
        netIncome: await netIncomeOf(db, cooperativeId, period),
        keepUnallocated: false,
        withContributionIds: wanted.withContributionIds === true,
      });
      if (!loaded.ok) return loaded;
      const { facts, counted, contributionCounts } = loaded.value;
      const calculated = calculateAllocation(allocationInput(facts));
      if (!calculated.ok) return calculated;
      const lines = calculated.value.members.map((member): DraftLine => ({
        memberId: member.memberId,
        bookMinor: member.allocationMinor,
        taxMinor: member.taxMinor,
        cashMinor: member.cashMinor,
        retainedMinor: member.retainedMinor,
        detail: lineDetail(member),
        counts: new Map(
          member.patronage.map(({ category }) => [
            category,
            contributionCounts.get(`${member.memberId} ${category}`) ?? 0,
          ]),
        ),
      }));
      return accept({
        period,
        netIncomeBookMinor: facts.netIncome.bookMinor,
        netIncomeTaxMinor: facts.netIncome.taxMinor,
        allocableMinor: calculated.value.surplus.allocableMinor,
        summary: summarise(facts, calculated.value, counted),
        lines: lines.sort((a, b) => (a.bookMinor === b.bookMinor ? 0 : a.bookMinor > b.bookMinor ? -1 : 1)),
      });
    },
  );
}

/** What a draft is calculated from, for those who may draft everyone's: the formula's own input, and what names it. */
export interface DraftInputs {
  readonly period: PeriodCopy;
  readonly weightsVersion: number;
  readonly policiesVersion: number;
  /** How many contributions are in it; the input is without their ids. */
  readonly contributionCount: number;
  readonly input: AllocationInput;
}

/**
 * The inputs of a period's draft (today's unless another is named), so that another screen can run the same formula
 * with other weights. Refuses PERIOD_NOT_FOUND, NOT_READY and MEMBER_UNKNOWN.
 */
export async function draftInputs(
  database: Database,
  cooperativeId: string,
  wanted: DraftWanted,
): Promise<Result<DraftInputs, FactsRefusal | { readonly code: 'PERIOD_NOT_FOUND' }>> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const period = await periodOr(db, cooperativeId, wanted);
    if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' } as const);
    const loaded = await loadAllocationFacts(db, cooperativeId, {
      period,
      closeId: null,
      netIncome: await netIncomeOf(db, cooperativeId, period),
      keepUnallocated: false,
      withContributionIds: false,
    });
    if (!loaded.ok) return loaded;
    const { facts, counted } = loaded.value;
    return accept({
      period,
      weightsVersion: facts.weights.version,
      policiesVersion: facts.policies.version,
      contributionCount: counted.contributions,
      input: allocationInput(facts),
    });
  });
}

/** The final income statement where a close has one, else what is posted so far. */
async function netIncomeOf(db: Queryable, cooperativeId: string, period: PeriodCopy) {
  const close = await findCloseOf(db, cooperativeId, period.id);
  const final = close?.status === 'running' || close?.status === 'completed' ? close.income : null;
  if (final === null) return incomeBetween(db, cooperativeId, period.startsOn, period.endsOn);
  return { bookMinor: BigInt(final.netIncome.bookMinor), taxMinor: BigInt(final.netIncome.taxMinor) };
}

async function periodOr(
  db: Queryable,
  cooperativeId: string,
  wanted: DraftWanted,
): Promise<PeriodCopy | null> {
  if (wanted.periodId) return findPeriod(db, cooperativeId, wanted.periodId);
  const cooperative = await findCooperative(db, cooperativeId);
  if (cooperative === null) return null;
  const [row] = await db.query<{ id: string }>(
    `select id from agreements.period where cooperative_id = $1 and starts_on <= $2
     order by status in ('open', 'closing') desc, (ends_on >= $2)::int desc, starts_on desc limit 1`,
    [cooperativeId, todayOf(cooperative, wanted.now)],
  );
  return row === undefined ? null : findPeriod(db, cooperativeId, row.id);
}

export interface Uncounted {
  readonly count: number;
  readonly valueMinor: bigint;
}

/** A member's contributions of a period that do not count yet: waiting, not posted, or disputed. */
export async function uncountedContributions(
  database: Database,
  cooperativeId: string,
  wanted: { readonly periodId: string; readonly memberId: string },
): Promise<Uncounted> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const [row] = await db.query<{ count: number; valueMinor: bigint }>(
      `select count(*)::int as count, coalesce(sum(c.value_minor), 0)::bigint as "valueMinor"
       from agreements.contribution c
       join agreements.period p on p.cooperative_id = c.cooperative_id and c.worked_on between p.starts_on and p.ends_on
       where c.cooperative_id = $1 and p.id = $2 and c.member_id = $3 and c.status in ('waiting', 'valued', 'disputed')`,
      [cooperativeId, wanted.periodId, wanted.memberId],
    );
    return row ?? { count: 0, valueMinor: 0n };
  });
}

/** The period a draft is meant for when none is named: the one running today. Null when there is none. */
export async function draftPeriod(
  database: Database,
  cooperativeId: string,
  now: Date,
): Promise<PeriodCopy | null> {
  return database.read('agreements', { cooperativeId }, (db) => periodOr(db, cooperativeId, { now }));
}
