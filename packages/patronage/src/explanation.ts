/**
 * Why a member got what they got, as a tree from the amount down to the contribution ids. It shows
 * the member's own figures and everyone's totals, never another member's.
 */
import { formatDecimal, formatMinor, normalizeDecimal, toDecimalString } from '@habitat/kernel';
import type { Rational } from '@habitat/kernel';
import type { AllocationCalculation, MemberAllocation } from './allocation.ts';
import { sharePercent } from './record.ts';
import type { PatronageLine } from './weighted-patronage.ts';

export type ExplanationCode =
  | 'allocation'
  | 'allocable_surplus'
  | 'surplus_line'
  | 'participation'
  | 'share'
  | 'weighted_total'
  | 'category'
  | 'maximum_share'
  | 'loss_floor'
  | 'rounding'
  | 'tax'
  | 'cash'
  | 'retained';

/** One figure, how it came about (facts as text) and the figures below it. */
export interface ExplanationNode {
  readonly code: ExplanationCode;
  /** The figure: money in major units, a weighted total, or a percentage for shares. */
  readonly value: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly children: readonly ExplanationNode[];
  /** The contributions behind a category; empty elsewhere. */
  readonly contributionIds: readonly string[];
}

/** The explanation of one member's allocation; null when the member is not part of the calculation. */
export function explainAllocation(
  calculation: AllocationCalculation,
  memberId: string,
): ExplanationNode | null {
  const member = calculation.members.find((one) => one.memberId === memberId);
  if (!member) return null;
  const money = (amount: bigint): string => formatMinor(amount, calculation.digits);
  const children: ExplanationNode[] = [surplusNode(calculation, money)];
  if (member.participation === 'takes_part') children.push(shareNode(calculation, member));
  else children.push(participationNode(calculation, member));
  if (member.floored) {
    const wouldBe = exactText(member.share, calculation.surplus.allocableMinor, calculation.digits);
    children.push(
      node('loss_floor', money(member.allocationMinor), {
        capacity: money(member.lossCapacityMinor ?? 0n),
        bySharesAlone: wouldBe,
      }),
    );
  } else if (member.participation === 'takes_part') {
    children.push(roundingNode(member, calculation.digits));
  }
  children.push(node('tax', money(member.taxMinor), { total: money(calculation.taxMinor) }));
  children.push(node('cash', money(member.cashMinor), { pool: money(calculation.cashMinor) }));
  children.push(node('retained', money(member.retainedMinor), {}));
  return node('allocation', money(member.allocationMinor), { currency: calculation.currency }, children);
}

function surplusNode(calculation: AllocationCalculation, money: (amount: bigint) => string): ExplanationNode {
  const { surplus } = calculation;
  return node(
    'allocable_surplus',
    money(surplus.allocableMinor),
    { netIncome: money(surplus.netIncomeMinor) },
    surplus.steps.map(({ line, baseMinor, askedMinor, takenMinor, remainingMinor, limitedBy }) =>
      node('surplus_line', money(takenMinor), {
        lineId: line.id,
        label: line.label,
        kind: line.kind,
        ...(baseMinor === null ? {} : { of: money(baseMinor) }),
        ...(limitedBy === null ? {} : { limitedBy, asked: money(askedMinor) }),
        remaining: money(remainingMinor),
      }),
    ),
  );
}

function participationNode(calculation: AllocationCalculation, member: MemberAllocation): ExplanationNode {
  const { threshold } = calculation;
  return node(
    'participation',
    member.participation,
    threshold === null || member.participation !== 'below_threshold'
      ? {}
      : { measure: threshold.measure, minimum: toDecimalString(threshold.minimum, 2) },
    [weightedNode(calculation, member)],
  );
}

function shareNode(calculation: AllocationCalculation, member: MemberAllocation): ExplanationNode {
  const children = [weightedNode(calculation, member)];
  if (member.capped || isRaised(member)) {
    children.push(
      node('maximum_share', sharePercent(member.share), {
        held: member.capped ? 'yes' : 'no',
        before: sharePercent(member.uncappedShare),
      }),
    );
  }
  return node(
    'share',
    sharePercent(member.share),
    {
      numerator: member.share.numerator.toString(),
      denominator: member.share.denominator.toString(),
      everyonesWeightedTotal: formatDecimal(normalizeDecimal(calculation.weightedTotal)),
      participants: calculation.participants.toString(),
    },
    children,
  );
}

function isRaised({ share, uncappedShare }: MemberAllocation): boolean {
  return share.numerator !== uncappedShare.numerator || share.denominator !== uncappedShare.denominator;
}

function weightedNode(calculation: AllocationCalculation, member: MemberAllocation): ExplanationNode {
  return node(
    'weighted_total',
    formatDecimal(member.weightedTotal),
    {},
    member.patronage.map((line) => categoryNode(line, calculation.digits)),
  );
}

function categoryNode(line: PatronageLine, digits: number): ExplanationNode {
  return {
    code: 'category',
    value: formatDecimal(line.weighted),
    facts: {
      category: line.category,
      value: formatMinor(line.valueMinor, digits),
      hours: formatDecimal(line.hours),
      factor: line.factor === null ? 'does not count' : formatDecimal(line.factor),
      contributions: line.contributionIds.length.toString(),
    },
    children: [],
    contributionIds: line.contributionIds,
  };
}

function roundingNode(member: MemberAllocation, digits: number): ExplanationNode {
  return node('rounding', formatMinor(member.extraMinor, digits), {
    exactNumeratorMinor: member.exactMinor.numerator.toString(),
    exactDenominator: member.exactMinor.denominator.toString(),
    floor: formatMinor(member.floorMinor, digits),
    reason: member.extraReason,
    tied: member.tiedAtCut ? 'yes' : 'no',
  });
}

function exactText(share: Rational, totalMinor: bigint, digits: number): string {
  const power = 10n ** BigInt(digits);
  return toDecimalString(
    { numerator: share.numerator * totalMinor, denominator: share.denominator * power },
    digits,
  );
}

function node(
  code: ExplanationCode,
  value: string,
  facts: Readonly<Record<string, string>>,
  children: readonly ExplanationNode[] = [],
): ExplanationNode {
  return { code, value, facts, children, contributionIds: [] };
}
