// A short account of a calculated allocation: totals, the steps from net income to the surplus, and what it was
// counted from. Stored beside the record so that a screen need not read the record itself.
import type { AllocationCalculation } from '@habitat/patronage';
import { formatDecimal } from '@habitat/kernel';
import type { AllocationFacts, Appropriation } from './allocation.ts';
import { appropriations } from './allocation.ts';

/** What was counted, to see whether anything changed between a proposal and its approval. */
export interface Counted {
  readonly contributions: number;
  readonly valueMinor: string;
}

export interface AllocationSummary {
  readonly formula: string;
  readonly cashRate: string;
  readonly rounding: string;
  readonly threshold: string | null;
  readonly maximumShare: string | null;
  readonly weightsVersion: number;
  readonly policiesVersion: number;
  readonly participants: number;
  readonly weightedTotal: string;
  /** Contributions that got a unit left over by rounding down. */
  readonly extraUnits: number;
  readonly allocatedMinor: string;
  readonly taxMinor: string;
  readonly cashMinor: string;
  readonly retainedMinor: string;
  readonly unborneMinor: string;
  readonly keptUnallocated: boolean;
  readonly policyLines: readonly {
    readonly id: string;
    readonly label: string;
    readonly kind: string;
    readonly takenMinor: string;
    readonly remainingMinor: string;
    readonly limitedBy: string | null;
  }[];
  readonly appropriations: readonly { readonly [Field in keyof Appropriation]: string }[];
  readonly counted: Counted;
}

function thresholdText(facts: AllocationFacts): string | null {
  const { threshold } = facts.policies.document;
  if (threshold === null) return null;
  if (threshold.kind === 'fixed') return `fixed:${threshold.amountMinor}`;
  return threshold.kind === 'hours' ? `hours:${threshold.hours}` : `percent_of_average:${threshold.fraction}`;
}

/** Sums up a calculation made from these facts. */
export function summarise(
  facts: AllocationFacts,
  calculation: AllocationCalculation,
  counted: Counted,
): AllocationSummary {
  const policies = facts.policies.document;
  return {
    formula: policies.formula.kind,
    cashRate: policies.cashRate,
    rounding: policies.rounding,
    threshold: thresholdText(facts),
    maximumShare: policies.maximumShare,
    weightsVersion: facts.weights.version,
    policiesVersion: facts.policies.version,
    participants: calculation.participants,
    weightedTotal: formatDecimal(calculation.weightedTotal),
    extraUnits: calculation.members.filter((member) => member.extraMinor !== 0n).length,
    allocatedMinor: calculation.allocatedMinor.toString(),
    taxMinor: calculation.taxMinor.toString(),
    cashMinor: calculation.cashMinor.toString(),
    retainedMinor: calculation.retainedMinor.toString(),
    unborneMinor: calculation.unborneMinor.toString(),
    keptUnallocated: facts.keepUnallocated,
    policyLines: calculation.surplus.steps.map(({ line, takenMinor, remainingMinor, limitedBy }) => ({
      id: line.id,
      label: line.label,
      kind: line.kind,
      takenMinor: takenMinor.toString(),
      remainingMinor: remainingMinor.toString(),
      limitedBy,
    })),
    appropriations: appropriations(facts, calculation).map((one) => ({
      ...one,
      bookMinor: one.bookMinor.toString(),
      taxMinor: one.taxMinor.toString(),
    })),
    counted,
  };
}
