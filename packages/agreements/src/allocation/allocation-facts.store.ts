// Loads what an allocation is calculated from: one set-based query per kind of fact, whatever the number of
// contributions.
import type { Queryable } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, addDays, refuse, sum } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type { CategoryTotal } from '@habitat/patronage';
import { findCooperative } from '../copies/cooperative-copy.ts';
import type { Bases } from '../copies/ledger-copy.ts';
import { capitalByMember } from '../copies/ledger-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { termsOn } from '../terms/terms.store.ts';
import type { AllocationFacts, MemberFacts } from './allocation.ts';
import type { Counted } from './allocation-summary.ts';

export interface LoadedFacts {
  readonly facts: AllocationFacts;
  /** The versions it is computed by. */
  readonly weightsId: string;
  readonly policiesId: string;
  readonly versions: { readonly weights: number; readonly policies: number };
  readonly counted: Counted;
  /** Contributions behind a total, also where their ids were not asked for: "member category" → count. */
  readonly contributionCounts: ReadonlyMap<string, number>;
}

export type FactsRefusal =
  { readonly code: 'NOT_READY' } | { readonly code: 'MEMBER_UNKNOWN'; readonly memberId: string };

interface Wanted {
  readonly period: PeriodCopy;
  readonly closeId: string | null;
  readonly netIncome: Bases;
  readonly keepUnallocated: boolean;
  /** Ids are left out of drafts, where nobody asks for them. */
  readonly withContributionIds: boolean;
}

/** Loads the facts of a period. Refuses NOT_READY before the cooperative's events have arrived. */
export async function loadAllocationFacts(
  db: Queryable,
  cooperativeId: string,
  wanted: Wanted,
): Promise<Result<LoadedFacts, FactsRefusal>> {
  const { period } = wanted;
  const cooperative = await findCooperative(db, cooperativeId);
  const weights = await termsOn(db, cooperativeId, 'weights', period.startsOn);
  const policies = await termsOn(db, cooperativeId, 'policies', period.startsOn);
  if (cooperative === null || weights === null || policies === null) return refuse({ code: 'NOT_READY' });
  const members = await loadMembers(db, cooperativeId);
  const patronage = await loadTotals(db, cooperativeId, period, wanted.withContributionIds);
  const known = new Set(members.map(({ id }) => id));
  for (const memberId of patronage.totals.keys()) {
    if (!known.has(memberId)) return refuse({ code: 'MEMBER_UNKNOWN', memberId });
  }
  const eve = await capitalByMember(db, cooperativeId, addDays(period.startsOn as LocalDate, -1));
  return accept({
    facts: {
      currency: cooperative.currency,
      digits: cooperative.digits,
      taxRegime: cooperative.taxRegime,
      period,
      closeId: wanted.closeId,
      netIncome: wanted.netIncome,
      weights,
      policies,
      members,
      totals: patronage.totals,
      capital: await capitalByMember(db, cooperativeId, period.endsOn),
      shareCapitalMinor: sum([...eve.values()].map(({ bookMinor }) => bookMinor)),
      keepUnallocated: wanted.keepUnallocated,
    },
    weightsId: weights.id,
    policiesId: policies.id,
    versions: { weights: weights.version, policies: policies.version },
    counted: patronage.counted,
    contributionCounts: patronage.counts,
  });
}

async function loadMembers(db: Queryable, cooperativeId: string): Promise<MemberFacts[]> {
  return db.query<MemberFacts & Record<string, unknown>>(
    `select id, class, status, joined_on as "joinedOn", dro_minor as "droMinor"
     from agreements.member where cooperative_id = $1`,
    [cooperativeId],
  );
}

interface TotalRow extends Record<string, unknown> {
  readonly memberId: string;
  readonly category: string;
  readonly valueMinor: bigint;
  readonly hours: string;
  readonly count: number;
  readonly contributionIds: readonly string[];
}

async function loadTotals(db: Queryable, cooperativeId: string, period: PeriodCopy, withIds: boolean) {
  const rows = await db.query<TotalRow>(
    `select member_id as "memberId", patronage_category as category, sum(value_minor)::bigint as "valueMinor",
       sum(hours)::text as hours, count(*)::int as count,
       ${withIds ? 'array_agg(id)' : `array[]::uuid[]`} as "contributionIds"
     from agreements.contribution
     where cooperative_id = $1 and status = 'applied' and patronage_category is not null and worked_on between $2 and $3
     group by member_id, patronage_category`,
    [cooperativeId, period.startsOn, period.endsOn],
  );
  const totals = new Map<string, CategoryTotal[]>();
  for (const { memberId, category, valueMinor, hours, contributionIds } of rows) {
    const own = totals.get(memberId) ?? [];
    own.push({ category, valueMinor, hours, contributionIds });
    totals.set(memberId, own);
  }
  const counted: Counted = {
    contributions: rows.reduce((running, row) => running + row.count, 0),
    valueMinor: sum(rows.map((row) => row.valueMinor)).toString(),
  };
  return {
    totals,
    counted,
    counts: new Map(rows.map((row) => [`${row.memberId} ${row.category}`, row.count])),
  };
}

/** What counts now, to compare with what a proposal counted. */
export async function countApplied(
  db: Queryable,
  cooperativeId: string,
  period: PeriodCopy,
): Promise<Counted> {
  const [row] = await db.query<{ contributions: number; valueMinor: string }>(
    `select count(*)::int as contributions, coalesce(sum(value_minor), 0)::text as "valueMinor"
     from agreements.contribution
     where cooperative_id = $1 and status = 'applied' and patronage_category is not null and worked_on between $2 and $3`,
    [cooperativeId, period.startsOn, period.endsOn],
  );
  return row ?? { contributions: 0, valueMinor: '0' };
}
