// Reading allocations: the record of a closed period, one member's own part down to contributions, and the proof
// that the record still gives the same bytes.
import type { Database, Queryable } from '@habitat/database';
import type { ExplanationNode } from '@habitat/patronage';
import { explainAllocation, verifyRecord } from '@habitat/patronage';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { findCloseOf } from '../period-close/period-close.store.ts';
import type { LineDetail } from './allocation.ts';
import type { AllocationLine, StoredAllocation } from './allocation.store.ts';
import {
  allocationLines,
  findAllocation,
  latestAllocation,
  linesOfMembers,
  recordOf,
  standingAllocation,
} from './allocation.store.ts';

/** The allocation that stands for a period, else the latest proposal of its close; null when there is neither. */
async function allocationFor(
  db: Queryable,
  cooperativeId: string,
  periodId: string,
): Promise<StoredAllocation | null> {
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

/** A proposal that still waits for its second person; null once it was decided or its close given up. */
export async function findWaitingProposal(
  database: Database,
  cooperativeId: string,
  allocationId: string,
): Promise<StoredAllocation | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const allocation = await findAllocation(db, cooperativeId, allocationId);
    if (allocation === null || allocation.outcome !== null) return null;
    const close = await findCloseOf(db, cooperativeId, allocation.periodId);
    return close?.id === allocation.closeId && close.status === 'running' ? allocation : null;
  });
}

/** The canonical JSON of an allocation's record as it was hashed; null for an unknown id. */
export async function getAllocationRecord(
  database: Database,
  cooperativeId: string,
  allocationId: string,
): Promise<string | null> {
  return database.read(
    'agreements',
    { cooperativeId },
    async (db) => (await recordOf(db, cooperativeId, allocationId))?.text ?? null,
  );
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

/**
 * Why a member got what they got, calculated again from the record: a tree from the amount down to contribution ids. Null
 * when the member is not in the record, and when the record does not come out again as it was hashed.
 */
export async function explainMemberAllocation(
  database: Database,
  cooperativeId: string,
  wanted: { readonly allocationId: string; readonly memberId: string },
): Promise<ExplanationNode | null> {
  const stored = await database.read('agreements', { cooperativeId }, (db) =>
    recordOf(db, cooperativeId, wanted.allocationId),
  );
  const again = stored === null ? null : verifyRecord(stored.text, stored.hash);
  return again?.ok ? explainAllocation(again.value, wanted.memberId) : null;
}

export interface Verification {
  readonly sameBytes: boolean;
  /** Lines as stored are what the record allocates. */
  readonly linesMatch: boolean;
}

/** Runs a stored record again from its own inputs and compares bytes and lines; null for an unknown id. */
export async function verifyAllocation(
  database: Database,
  cooperativeId: string,
  allocationId: string,
): Promise<Verification | null> {
  return database.read('agreements', { cooperativeId }, async (db) => {
    const stored = await recordOf(db, cooperativeId, allocationId);
    if (stored === null) return null;
    const again = verifyRecord(stored.text, stored.hash);
    if (!again.ok) return { sameBytes: false, linesMatch: false };
    const lines = new Map(
      (await allocationLines(db, cooperativeId, allocationId)).map((line) => [line.memberId, line]),
    );
    const { members } = again.value;
    const linesMatch =
      members.length === lines.size &&
      members.every((member) => {
        const line = lines.get(member.memberId);
        return (
          line?.bookMinor === member.allocationMinor &&
          line.taxMinor === member.taxMinor &&
          line.cashMinor === member.cashMinor
        );
      });
    return { sameBytes: true, linesMatch };
  });
}

/** Every allocation ever proposed, whether it came to stand or not, oldest first. */
export async function listAllocations(
  database: Database,
  cooperativeId: string,
): Promise<readonly { readonly id: string; readonly periodName: string }[]> {
  return database.read('agreements', { cooperativeId }, (db) =>
    db.query<{ id: string; periodName: string }>(
      `select a.id, p.name as "periodName" from agreements.allocation a
       join agreements.period p on p.cooperative_id = a.cooperative_id and p.id = a.period_id
       where a.cooperative_id = $1 order by a.id`,
      [cooperativeId],
    ),
  );
}
