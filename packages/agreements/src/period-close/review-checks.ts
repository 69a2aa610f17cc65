// The pre-close review: what an allocator looks over before a period is closed, each point checked against the
// facts. Only what would later stop a step is a fault; the rest is told and left to judgement.
import type { Queryable } from '@habitat/database';
import { cashNow } from '../copies/ledger-copy.ts';
import type { PeriodCopy } from '../copies/period-copy.ts';
import { termsOn } from '../terms/terms.store.ts';
import { blockersOf } from './period-close.store.ts';

export type CheckCode =
  | 'EARLIER_PERIODS_CLOSED'
  | 'NOTHING_WAITING'
  | 'EVERYTHING_POSTED'
  | 'NO_POSTING_PROBLEM'
  | 'NO_DISPUTE'
  | 'WEIGHTS_IN_FORCE'
  | 'EVERY_CATEGORY_WEIGHED'
  | 'POLICIES_IN_FORCE'
  | 'NOBODY_BELOW_ZERO'
  | 'CASH_ABOVE_RESERVE';

/** One point of the review. `facts` carries what a sentence about it needs, amounts as minor-unit strings. */
export type ReviewCheck = {
  readonly code: CheckCode;
  readonly passed: boolean;
  readonly facts: { readonly [name: string]: string };
};

function check(code: CheckCode, passed: boolean, facts: Readonly<Record<string, string>> = {}): ReviewCheck {
  return { code, passed, facts };
}

/** Runs the review of a period. */
export async function reviewChecks(
  db: Queryable,
  cooperativeId: string,
  period: PeriodCopy,
): Promise<ReviewCheck[]> {
  const { counts } = await blockersOf(db, cooperativeId, period);
  const weights = await termsOn(db, cooperativeId, 'weights', period.startsOn);
  const policies = await termsOn(db, cooperativeId, 'policies', period.startsOn);
  const [earlier] = await db.query<{ count: number }>(
    `select count(*)::int as count from agreements.period
     where cooperative_id = $1 and starts_on < $2 and status in ('open', 'closing')`,
    [cooperativeId, period.startsOn],
  );
  const categories = await db.query<{ category: string }>(
    `select distinct patronage_category as category from agreements.contribution
     where cooperative_id = $1 and status = 'applied' and patronage_category is not null and worked_on between $2 and $3`,
    [cooperativeId, period.startsOn, period.endsOn],
  );
  const [below] = await db.query<{ count: number }>(
    `select count(*)::int as count from agreements.member m
     where m.cooperative_id = $1 and m.dro_minor + (select coalesce(sum(c.book_minor), 0) from agreements.capital_change c
       where c.cooperative_id = m.cooperative_id and c.member_id = m.id and c.effective_on <= $2) < 0`,
    [cooperativeId, period.endsOn],
  );
  const cash = await cashNow(db, cooperativeId);
  const reserve = BigInt(policies?.document.cashReserveMinor ?? '0');
  const usesWeights =
    policies?.document.formula.kind === 'weighted' || policies?.document.formula.kind === 'tiered';
  const missing = categories.filter(
    ({ category }) => usesWeights && weights?.document.weights[category] === undefined,
  );
  const count = (number: number | undefined) => ({ count: (number ?? 0).toString() });
  return [
    check('EARLIER_PERIODS_CLOSED', (earlier?.count ?? 0) === 0, count(earlier?.count)),
    check('NOTHING_WAITING', counts.CONTRIBUTION_WAITING === 0, count(counts.CONTRIBUTION_WAITING)),
    check('EVERYTHING_POSTED', counts.CONTRIBUTION_NOT_POSTED === 0, count(counts.CONTRIBUTION_NOT_POSTED)),
    check('NO_POSTING_PROBLEM', counts.POSTING_PROBLEM === 0, count(counts.POSTING_PROBLEM)),
    check('NO_DISPUTE', counts.CONTRIBUTION_DISPUTED === 0, count(counts.CONTRIBUTION_DISPUTED)),
    check('WEIGHTS_IN_FORCE', weights !== null, { version: (weights?.version ?? 0).toString() }),
    check('EVERY_CATEGORY_WEIGHED', missing.length === 0, {
      missing: missing.map(({ category }) => category).join(', '),
    }),
    check('POLICIES_IN_FORCE', policies !== null, { version: (policies?.version ?? 0).toString() }),
    check('NOBODY_BELOW_ZERO', (below?.count ?? 0) === 0, count(below?.count)),
    check('CASH_ABOVE_RESERVE', cash >= reserve, {
      cashMinor: cash.toString(),
      reserveMinor: reserve.toString(),
    }),
  ];
}
