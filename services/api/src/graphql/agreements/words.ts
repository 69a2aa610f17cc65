// The sentences agreements' facts are told in, in one place, so that every screen and every export says the same.
import type { Blocker, CloseView, ReviewCheck, StatementDocument, StepView } from '@habitat/agreements';
import type { ApiContext } from '../context.ts';

type Money = ApiContext['money'];

/** "12345.60" → "12,345.60". */
export function grouped(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const marked = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}

function counted(count: string | number, one: string, many: string): string {
  return String(count) === '1' ? `1 ${one}` : `${count} ${many}`;
}

/** One point of the review before a close. */
export function checkText({ code, passed, facts }: ReviewCheck, money: Money): string {
  const amount = (name: string) => grouped(money(BigInt(facts[name] ?? '0')));
  const count = facts['count'] ?? '0';
  switch (code) {
    case 'EARLIER_PERIODS_CLOSED':
      return passed
        ? 'Every earlier period is closed'
        : `${counted(count, 'earlier period is', 'earlier periods are')} still open`;
    case 'NOTHING_WAITING':
      return passed
        ? 'No contribution waits for a decision'
        : `${counted(count, 'contribution waits', 'contributions wait')} for a decision`;
    case 'EVERYTHING_POSTED':
      return passed
        ? 'Every approved contribution is in the ledger'
        : `${counted(count, 'contribution is', 'contributions are')} not in the ledger yet`;
    case 'NO_POSTING_PROBLEM':
      return passed
        ? 'The ledger took every contribution'
        : `The ledger refused ${counted(count, 'contribution', 'contributions')}`;
    case 'NO_DISPUTE':
      return passed
        ? 'Nothing is in dispute'
        : `${counted(count, 'contribution is', 'contributions are')} in dispute`;
    case 'WEIGHTS_IN_FORCE':
      return passed ? `Weights version ${facts['version'] ?? ''} is in force` : 'No weights are in force';
    case 'EVERY_CATEGORY_WEIGHED':
      return passed
        ? 'Every category that was given has a weight'
        : `No weight is agreed for ${facts['missing'] ?? ''}`;
    case 'POLICIES_IN_FORCE':
      return passed ? `Policies version ${facts['version'] ?? ''} is in force` : 'No policies are in force';
    case 'NOBODY_BELOW_ZERO':
      return passed
        ? 'Nobody’s capital is below zero'
        : `${counted(count, 'member is', 'members are')} below zero capital`;
    case 'CASH_ABOVE_RESERVE':
      return `Cash ${amount('cashMinor')} ${passed ? 'covers' : 'is below'} the reserve of ${amount('reserveMinor')}`;
  }
}

/** Why one contribution stops a close. */
export function blockerText(blocker: Blocker, money: Money): string {
  const what = `Contribution ${blocker.number.toString()}`;
  const value = blocker.valueMinor === 0n ? '' : `, valued at ${grouped(money(blocker.valueMinor))}`;
  switch (blocker.code) {
    case 'CONTRIBUTION_WAITING':
      return `${what} still waits for a decision.`;
    case 'CONTRIBUTION_DISPUTED':
      return `${what} is in dispute since ${blocker.since.toISOString().slice(0, 10)}${value}.`;
    case 'POSTING_PROBLEM':
      return `The ledger refused ${what.toLowerCase()}${value}: ${blocker.problem ?? ''}.`;
    case 'CONTRIBUTION_NOT_POSTED':
      return `${what} is approved but not in the ledger yet${value}.`;
  }
}

/** One line about a step of a close; null where its name says enough. */
export function stepText(step: StepView, view: CloseView, money: Money): string | null {
  const facts = step.row?.facts ?? {};
  const amount = (name: string) =>
    grouped(money(BigInt((facts[name] as { bookMinor: string } | undefined)?.bookMinor ?? '0')));
  if (step.number === 1 && step.state === 'done') {
    const failed = view.checks.filter(({ passed }) => !passed).length;
    return failed === 0
      ? `${view.checks.length} checks, all passed`
      : `${view.checks.length} checks, ${failed} to keep in mind`;
  }
  if (step.number === 2 && step.state === 'done')
    return `${String(facts['applied'] ?? 0)} contributions applied`;
  if (step.number === 3) return step.row?.note ?? null;
  if (step.number === 4 && step.state === 'done') {
    return `${amount('revenue')} in, ${amount('expense')} out, net ${amount('netIncome')}`;
  }
  if (step.number === 5) return allocationStepText(step, view, facts);
  return null;
}

function allocationStepText(
  step: StepView,
  view: CloseView,
  facts: Readonly<Record<string, unknown>>,
): string | null {
  if (step.state === 'done') return 'Proposed by one, approved by another';
  const { proposal } = view;
  const refused = facts['refused'] as { allocationId: string; reason: string } | undefined;
  if (refused !== undefined && refused.allocationId === proposal?.id)
    return `The ledger refused it: ${refused.reason}`;
  if (proposal === null) return null;
  return proposal.outcome === 'returned'
    ? `Sent back: ${proposal.reason ?? ''}`
    : 'Proposed, waits for a second person';
}

const CAUSES: Readonly<Record<string, string>> = {
  work: 'Work you gave',
  cash: 'Cash you put in',
  in_kind: 'Things you put in',
  surplus: 'Share of the surplus',
  paid_out: 'Paid out',
  other: 'Other changes',
};

/** What changed a member's capital. */
export function causeText(cause: string): string {
  return CAUSES[cause] ?? cause.replaceAll('_', ' ');
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "2027-03-15" → "March 15, 2027". */
function longDate(date: string): string {
  const [year = '', month = '1', day = '1'] = date.split('-');
  return `${MONTHS[Number(month) - 1] ?? ''} ${Number(day)}, ${year}`;
}

/** What a share means for taxes under the cooperative's regime. */
export function taxText({ taxes, get }: StatementDocument, money: Money): string {
  if (taxes.regime === 'subchapter_k') {
    return (
      `Your share counts as income in ${taxes.year} whether or not it is paid out. You get a Schedule K-1 by ` +
      `${longDate(taxes.formDueOn)}; its tax figures follow the second column. This is not tax advice.`
    );
  }
  const paid = grouped(money(BigInt(get.cashMinor)));
  return (
    `Patronage of ${taxes.year} is reported on Form 1099-PATR, sent by ${longDate(taxes.formDueOn)} where it is 10.00 or more. ` +
    `${paid} is the part paid in cash, by ${longDate(taxes.paymentDueOn ?? taxes.formDueOn)}. This is not tax advice.`
  );
}

const FORMULAS: Readonly<Record<string, string>> = {
  weighted: 'Weighted patronage',
  equal: 'Equal shares',
  hours_only: 'Hours only',
  revenue_only: 'Revenue only',
  tiered: 'Weighted patronage by class',
};

/** The name of a formula. */
export function formulaText(kind: string): string {
  return FORMULAS[kind] ?? kind;
}

/** "0.20" → "20%". */
export function percentOfRate(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = (whole + fraction.padEnd(2, '0').slice(0, 2)).replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(2).replace(/0+$/, '');
  return rest === '' ? `${digits}%` : `${digits}.${rest}%`;
}

/** The least one must have given to take part, as agreed. */
export function thresholdText(threshold: string | null, money: Money): string {
  if (threshold === null) return 'None';
  const [kind = '', value = ''] = threshold.split(':');
  if (kind === 'fixed') return grouped(money(BigInt(value)));
  return kind === 'hours' ? `${value} hours` : `${percentOfRate(value)} of the average`;
}
