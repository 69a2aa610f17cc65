// The sentences agreements' facts are told in, in one place, so that every screen and every export says the same. The
// words themselves stand in src/words, a catalogue for each language.
import type { Blocker, CloseView, ReviewCheck, StatementDocument, StepView } from '@habitat/agreements';
import { todayIn } from '@habitat/kernel';
import type { Phrase } from '../../words/en.ts';
import type { ApiContext } from '../context.ts';

type Telling = Pick<ApiContext, 'money' | 'words' | 'signedIn'>;

/** "12345.60" → "12,345.60". */
export function grouped(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const marked = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}

/** What a point of the review says when it is passed, and when it is not. */
const CHECKS: Readonly<Record<ReviewCheck['code'], readonly [passed: Phrase, failed: Phrase]>> = {
  EARLIER_PERIODS_CLOSED: ['check.earlierClosed', 'check.earlierOpen'],
  NOTHING_WAITING: ['check.nothingWaits', 'check.someWait'],
  EVERYTHING_POSTED: ['check.allPosted', 'check.notPosted'],
  NO_POSTING_PROBLEM: ['check.allTaken', 'check.refused'],
  NO_DISPUTE: ['check.noDispute', 'check.disputes'],
  WEIGHTS_IN_FORCE: ['check.weights', 'check.noWeights'],
  EVERY_CATEGORY_WEIGHED: ['check.allWeighed', 'check.notWeighed'],
  POLICIES_IN_FORCE: ['check.policies', 'check.noPolicies'],
  NOBODY_BELOW_ZERO: ['check.nobodyBelow', 'check.someBelow'],
  CASH_ABOVE_RESERVE: ['check.cashCovers', 'check.cashBelow'],
};

/** One point of the review before a close. */
export function checkText({ code, passed, facts }: ReviewCheck, { money, words }: Telling): string {
  const amount = (name: string) => grouped(money(BigInt(facts[name] ?? '0')));
  const [good, bad] = CHECKS[code];
  return words.say(passed ? good : bad, {
    count: Number(facts['count'] ?? '0'),
    version: facts['version'] ?? '',
    missing: facts['missing'] ?? '',
    cash: amount('cashMinor'),
    reserve: amount('reserveMinor'),
  });
}

const BLOCKERS: Readonly<Record<Blocker['code'], Phrase>> = {
  CONTRIBUTION_WAITING: 'blocker.waiting',
  CONTRIBUTION_DISPUTED: 'blocker.disputed',
  POSTING_PROBLEM: 'blocker.problem',
  CONTRIBUTION_NOT_POSTED: 'blocker.notPosted',
};

/** Why one contribution stops a close. */
export function blockerText(blocker: Blocker, { money, words, signedIn }: Telling): string {
  return words.say(BLOCKERS[blocker.code], {
    number: blocker.number.toString(),
    value: blocker.valueMinor === 0n ? 'none' : grouped(money(blocker.valueMinor)),
    since: words.longDate(todayIn(signedIn().cooperative.timeZone, blocker.since)),
    problem: blocker.problem ?? '',
  });
}

/** One line about a step of a close; null where its name says enough. */
export function stepText(step: StepView, view: CloseView, { money, words }: Telling): string | null {
  const facts = step.row?.facts ?? {};
  const amount = (name: string) =>
    grouped(money(BigInt((facts[name] as { bookMinor: string } | undefined)?.bookMinor ?? '0')));
  if (step.number === 1 && step.state === 'done') {
    const checks = view.checks.length;
    const failed = view.checks.filter(({ passed }) => !passed).length;
    return words.say(failed === 0 ? 'step.allPassed' : 'step.someFailed', { checks, failed });
  }
  if (step.number === 2 && step.state === 'done')
    return words.say('step.applied', { count: String(facts['applied'] ?? 0) });
  if (step.number === 3) return step.row?.note ?? null;
  if (step.number === 4 && step.state === 'done') {
    const [revenue, expense, net] = [amount('revenue'), amount('expense'), amount('netIncome')];
    return words.say('step.result', { revenue, expense, net });
  }
  return step.number === 5 ? allocationStepText(step, view, facts, words) : null;
}

function allocationStepText(
  step: StepView,
  { proposal }: CloseView,
  facts: Readonly<Record<string, unknown>>,
  words: Telling['words'],
): string | null {
  if (step.state === 'done') return words.say('step.signed');
  const refused = facts['refused'] as { allocationId: string; reason: string } | undefined;
  if (refused !== undefined && refused.allocationId === proposal?.id)
    return words.say('step.refused', { reason: refused.reason });
  if (proposal === null) return null;
  return proposal.outcome === 'returned'
    ? words.say('step.returned', { reason: proposal.reason ?? '' })
    : words.say('step.proposed');
}

/** What changed a member's capital. */
export function causeText(cause: string, { words }: Telling): string {
  return words.sayIfKnown(`cause.${cause}`) ?? cause.replaceAll('_', ' ');
}

/** What a share means for taxes under the cooperative's regime. */
export function taxText({ taxes, get }: StatementDocument, { money, words }: Telling): string {
  const due = { year: String(taxes.year), formDue: words.longDate(taxes.formDueOn) };
  if (taxes.regime === 'subchapter_k') return words.say('tax.k', due);
  return words.say('tax.t', {
    ...due,
    paid: grouped(money(BigInt(get.cashMinor))),
    paymentDue: words.longDate(taxes.paymentDueOn ?? taxes.formDueOn),
  });
}

/** The name of a formula. */
export function formulaText(kind: string, { words }: Pick<Telling, 'words'>): string {
  return words.sayIfKnown(`formula.${kind}`) ?? kind;
}

/** "0.20" → "20%". */
export function percentOfRate(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = (whole + fraction.padEnd(2, '0').slice(0, 2)).replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(2).replace(/0+$/, '');
  return rest === '' ? `${digits}%` : `${digits}.${rest}%`;
}

/** The least one must have given to take part, as agreed. */
export function thresholdText(threshold: string | null, { money, words }: Telling): string {
  if (threshold === null) return words.say('threshold.none');
  const [kind = '', value = ''] = threshold.split(':');
  if (kind === 'fixed') return grouped(money(BigInt(value)));
  return kind === 'hours'
    ? words.say('threshold.hours', { hours: value })
    : words.say('threshold.average', { percent: percentOfRate(value) });
}

/** Why a payment is stopped or lowered, by the guard's code. */
export function guardText(code: string, { words }: Telling): string {
  return (
    words.sayIfKnown(`guard.${code}`) ??
    `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll('_', ' ')}`
  );
}
