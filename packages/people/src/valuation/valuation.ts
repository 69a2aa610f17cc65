// What a contribution is worth in both bases. Quantity × rate is exact and rounded once, half up, to minor units;
// tax follows the cost: cash at face, goods at their basis (IRC §723), services by the cooperative's policy.
import {
  accept,
  decimalToRational,
  isWithinMoneyBound,
  parseDecimal,
  rational,
  refuse,
  roundHalfUp,
  valueAtRate,
} from '@habitat/kernel';
import type { Decimal, Rational, Result } from '@habitat/kernel';
import type { ContributionKind, Treatment } from '@habitat/events';
import type { ContributionPolicyBody, ServicesTaxBody } from '../policy/policy.ts';
import type { FormulaRefusal } from './formula.ts';
import { evaluateFormula } from './formula.ts';
import type { Quantity } from './quantity.ts';
import { exactAmount } from './quantity.ts';
import type { ValuationRule } from './valuation-rule.ts';

export interface Valuation {
  /** Fair market value, IRC §704(b). */
  readonly valueMinor: bigint;
  readonly taxMinor: bigint;
  readonly treatment: Treatment;
  readonly patronageCategory: string | null;
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  /** Major units per unit of quantity, where the rule has a rate. */
  readonly rate: Decimal | null;
}

export type ValuationRefusal =
  | {
      readonly code: 'NO_VALUATION_RULE';
      readonly kind: ContributionKind;
      readonly category: string;
      readonly workedOn: string;
    }
  | { readonly code: 'VALUE_REQUIRED'; readonly kind: ContributionKind }
  | { readonly code: 'COST_BASIS_REQUIRED'; readonly kind: ContributionKind }
  | { readonly code: 'VALUE_OUT_OF_RANGE' }
  | FormulaRefusal;

export interface ValuationFacts {
  readonly kind: ContributionKind;
  readonly category: string;
  readonly workedOn: string;
  readonly quantity: Quantity;
  readonly declaredValueMinor: bigint | null;
  readonly costBasisMinor: bigint | null;
  /** The rule in force on the day of the work. */
  readonly rule: ValuationRule | null;
  /** Minor-unit digits of the currency. */
  readonly digits: number;
  readonly policy: ContributionPolicyBody;
  readonly servicesTax: ServicesTaxBody;
  /** A value set by a reviewer or administrator instead of the rule's. */
  readonly fixedValueMinor?: bigint | null;
}

const ZERO_MAJOR = rational(0n);

function majorOf(minor: bigint | null, digits: number): Rational {
  return minor === null ? ZERO_MAJOR : rational(minor, 10n ** BigInt(digits));
}

function toMinor(major: Rational, digits: number): bigint {
  return roundHalfUp(rational(major.numerator * 10n ** BigInt(digits), major.denominator));
}

function valueByRule(facts: ValuationFacts, rule: ValuationRule): Result<bigint, ValuationRefusal> {
  if (rule.method === 'fixed' && rule.fixedMinor !== null) return accept(rule.fixedMinor);
  if (rule.method === 'rate' && rule.rate !== null) {
    return accept(valueAtRate(exactAmount(facts.quantity), rule.rate, facts.digits));
  }
  if (rule.method === 'formula' && rule.expression !== null) {
    const computed = evaluateFormula(rule.expression, {
      quantity: exactAmount(facts.quantity),
      value: majorOf(facts.declaredValueMinor, facts.digits),
      cost: majorOf(facts.costBasisMinor, facts.digits),
    });
    return computed.ok ? accept(toMinor(computed.value, facts.digits)) : computed;
  }
  return faceValue(facts);
}

/** Money is worth its amount; goods what was declared and documented as their fair market value. */
function faceValue(facts: ValuationFacts): Result<bigint, ValuationRefusal> {
  if (facts.quantity.unit === 'money') return accept(toMinor(exactAmount(facts.quantity), facts.digits));
  if (facts.declaredValueMinor !== null) return accept(facts.declaredValueMinor);
  return refuse({ code: 'VALUE_REQUIRED', kind: facts.kind });
}

function bookValue(facts: ValuationFacts): Result<bigint, ValuationRefusal> {
  if (facts.fixedValueMinor !== null && facts.fixedValueMinor !== undefined)
    return accept(facts.fixedValueMinor);
  // Cash is cash: no rule can make a deposit worth more than was paid in.
  if (facts.kind === 'cash') return faceValue(facts);
  if (facts.rule !== null) return valueByRule(facts, facts.rule);
  if (facts.kind === 'in_kind' || facts.kind === 'revenue') return faceValue(facts);
  return refuse({
    code: 'NO_VALUATION_RULE',
    kind: facts.kind,
    category: facts.category,
    workedOn: facts.workedOn,
  });
}

function servicesTaxOf(valueMinor: bigint, policy: ServicesTaxBody): bigint {
  if (policy.method === 'A') return 0n;
  if (policy.method === 'B') return valueMinor;
  const percent = parseDecimal(policy.percent);
  if (!percent.ok) throw new Error(`services tax percentage ${policy.percent} is not a number`);
  const share = decimalToRational(percent.value);
  return roundHalfUp(rational(valueMinor * share.numerator, 100n * share.denominator));
}

function taxOf(facts: ValuationFacts, valueMinor: bigint, treatment: Treatment): bigint {
  // What posts nothing has no basis to carry.
  if (treatment === 'patronage') return 0n;
  switch (facts.kind) {
    case 'cash':
      return valueMinor;
    case 'in_kind':
      return facts.costBasisMinor ?? 0n;
    case 'labor':
    case 'expertise':
    case 'community':
      return servicesTaxOf(valueMinor, facts.servicesTax);
    case 'revenue':
    case 'relationship':
      return 0n;
  }
}

/**
 * Values a contribution. Refusals in order: COST_BASIS_REQUIRED (in kind), VALUE_REQUIRED, NO_VALUATION_RULE,
 * FORMULA_…, VALUE_OUT_OF_RANGE (negative, or 10^15 minor units and more).
 */
export function valueContribution(facts: ValuationFacts): Result<Valuation, ValuationRefusal> {
  if (facts.kind === 'in_kind' && facts.costBasisMinor === null)
    return refuse({ code: 'COST_BASIS_REQUIRED', kind: facts.kind });
  const value = bookValue(facts);
  if (!value.ok) return value;
  if (value.value < 0n || !isWithinMoneyBound(value.value)) return refuse({ code: 'VALUE_OUT_OF_RANGE' });
  const { treatment, patronageCategory } = facts.policy.kinds[facts.kind];
  const rule = facts.kind === 'cash' ? null : facts.rule;
  return accept({
    valueMinor: value.value,
    taxMinor: taxOf(facts, value.value, treatment),
    treatment,
    patronageCategory,
    ruleId: rule?.ruleId ?? null,
    ruleVersion: rule?.version ?? null,
    rate: rule?.rate ?? null,
  });
}
