// Reading allocations: a draft at any time, the record of a closed period, one member's own part, the explanation
// down to contributions, and the proof that the record still gives the same bytes.
import type { Database, Queryable } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { AllocationRefusal, ExplanationNode } from '@habitat/patronage';
import { calculateAllocation, explainAllocation } from '@habitat/patronage';
import { findCooperative, todayOf } from '../copies/cooperative-copy.ts';
import { incomeBetween } from '../copies/ledger-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { findCloseOf } from '../period-close/period-close.store.ts';
import type { FactsRefusal } from './allocation-facts.store.ts';
import { loadAllocationFacts } from './allocation-facts.store.ts';
import type { LineDetail } from './allocation.ts';
import { allocationInput, lineDetail } from './allocation.ts';
import { recalculate, rerun } from './allocation-record.ts';
import type { AllocationLine, StoredAllocation } from './allocation.store.ts';
import { allocationLines, latestAllocation, linesOfMembers, recordOf, standingAllocation } from './allocation.store.ts';
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
  return database.read('agreements', { cooperativeId }, async (db): Promise<Result<DraftAllocation, DraftRefusal>> => {
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
        member.patronage.map(({ category }) => [category, contributionCounts.get(`${member.memberId} ${category}`) ?? 0]),
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
  });
}

/** The final income statement where a close has one, else what is posted so far. */
async function netIncomeOf(db: Queryable, cooperativeId: string, period: PeriodCopy) {
  const close = await findCloseOf(db, cooperativeId, period.id);
  const final = close?.status === 'running' || close?.status === 'completed' ? close.income : null;
  if (final === null) return incomeBetween(db, cooperativeId, period.startsOn, period.endsOn);
  return { bookMinor: BigInt(final.netIncome.bookMinor), taxMinor: BigInt(final.netIncome.taxMinor) };
}

async function periodOr(db: Queryable, cooperativeId: string, wanted: DraftWanted): Promise<PeriodCopy | null> {
  if (wanted.periodId) return findPeriod(db, cooperativeId, wanted.periodId);
  const cooperative = await findCooperative(db, cooperativeId);
  if (cooperative === null) return null;
  const [row] = await db.query<{ id: string }>(
    `select id from agreements.period where cooperative_id = $1 and starts_on <= $2
     order by status in ('open', 'closing') desc, ends_on >= $2 desc, starts_on desc limit 1`,
    [cooperativeId, todayOf(cooperative, wanted.now)],
  );
  return row === undefined ? null : findPeriod(db, cooperativeId, row.id);
}

/** The allocation that stands for a period, else the latest proposal of its close; null when there is neither. */
async function allocationFor(db: Queryable, cooperativeId: string, periodId: string): Promise<StoredAllocation | null> {
  const standing = await standingAllocation(db, cooperativeId, periodId);
  if (standing !== null) return standing;
  const close = await findCloseOf(db, cooperativeId, periodId);
  return close === null ? null : latestAllocation(db, cooperativeId, close.id);
}

export interface AllocationOfPeriod {
  readonly period: PeriodCopy;
  readonly allocation: StoredAllocation;
  readonly lines: readonly AllocationLine[];
}

/** A period's allocation with all its lines; null when none was proposed yet. */
export async function getAllocation(
  database: Database,
  cooperativeId: string,
  periodId: string,
): Promise<AllocationOfPeriod | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const period = await findPeriod(db, cooperativeId, periodId);
    const allocation = period === null ? null : await allocationFor(db, cooperativeId, periodId);
    if (period === null || allocation === null) return null;
    return { period, allocation, lines: await allocationLines(db, cooperativeId, allocation.id) };
  });
}

/** The canonical JSON of an allocation's record as it was hashed; null for an unknown id. */
export async function getAllocationRecord(
  database: Database,
  cooperativeId: string,
  allocationId: string,
): Promise<string | null> {
  return database.read('agreements', { cooperativeId }, (db) => recordOf(db, cooperativeId, allocationId));
}

export interface MemberAllocationView {
  readonly period: PeriodCopy;
  readonly allocation: StoredAllocation;
  readonly line: AllocationLine<LineDetail>;
  /** Final: credited to capital in the ledger. */
  readonly final: boolean;
  /** For a unit won in a tie: with how many others, and the cut-off part of the unit they share. */
  readonly tiedWith: number;
}

/** One member's own part of a period's allocation, down to the contribution ids; null when there is none. */
export async function getMemberAllocation(
  database: Database,
  cooperativeId: string,
  wanted: { readonly periodId: string; readonly memberId: string },
): Promise<MemberAllocationView | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const period = await findPeriod(db, cooperativeId, wanted.periodId);
    const allocation = period === null ? null : await allocationFor(db, cooperativeId, period.id);
    if (period === null || allocation === null) return null;
    const [line] = await linesOfMembers(db, cooperativeId, allocation.id, [wanted.memberId]);
    if (line === undefined) return null;
    const [tied] = await db.query<{ count: number }>(
      `select count(*)::int as count from agreements.allocation_line
       where cooperative_id = $1 and allocation_id = $2 and (detail ->> 'tiedAtCut')::boolean`,
      [cooperativeId, allocation.id],
    );
    const final = allocation.creditedAt !== null && allocation.reversedAt === null;
    const tiedWith = line.detail.tiedAtCut ? (tied?.count ?? 1) - 1 : 0;
    return { period, allocation, line, final, tiedWith };
  });
}

/** Why a member got what they got, as a tree down to contribution ids; null when the member is not in the record. */
export async function explainMemberAllocation(
  database: Database,
  cooperativeId: string,
  wanted: { readonly allocationId: string; readonly memberId: string },
): Promise<ExplanationNode | null> {
  const record = await getAllocationRecord(database, cooperativeId, wanted.allocationId);
  return record === null ? null : explainAllocation(recalculate(record), wanted.memberId);
}

export interface Verification {
  readonly recordHash: string;
  readonly recomputedHash: string;
  readonly sameBytes: boolean;
  /** Lines as stored add up to what the record allocates. */
  readonly linesMatch: boolean;
}

/** Runs a stored record again from its own inputs and compares hash, bytes and lines; null for an unknown id. */
export async function verifyAllocation(
  database: Database,
  cooperativeId: string,
  allocationId: string,
): Promise<Verification | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const record = await recordOf(db, cooperativeId, allocationId);
    const [stored] = await db.query<{ hash: string }>(
      'select record_hash as hash from agreements.allocation where cooperative_id = $1 and id = $2',
      [cooperativeId, allocationId],
    );
    if (record === null || stored === undefined) return null;
    const { sameBytes, hash } = rerun(record);
    const lines = new Map((await allocationLines(db, cooperativeId, allocationId)).map((line) => [line.memberId, line]));
    const { members } = recalculate(record);
    const linesMatch =
      members.length === lines.size &&
      members.every((member) => {
        const line = lines.get(member.memberId);
        return line?.bookMinor === member.allocationMinor && line.taxMinor === member.taxMinor && line.cashMinor === member.cashMinor;
      });
    return { recordHash: stored.hash, recomputedHash: hash, sameBytes: sameBytes && hash === stored.hash, linesMatch };
  });
}
