/**
 * From net income to the allocable surplus: what was earned with non-members, what bylaws or law
 * reserve first and what share capital earns come off before anything is divided by patronage.
 * Each step is a line of the record; a loss takes no reserves.
 */
import { accept, decimalToRational, parseDecimal, rational, refuse, roundHalfUp } from '@habitat/kernel';
import type { Decimal, Result } from '@habitat/kernel';

/** What a fraction is taken of: net income, net income less non-member income, or what is left at that line. */
export type SurplusBase = 'net_income' | 'member_income' | 'remaining';

export type SurplusAmount =
  | { readonly kind: 'fraction'; readonly fraction: string; readonly of: SurplusBase }
  | { readonly kind: 'fixed'; readonly amountMinor: bigint };

export type SurplusLine =
  | {
      /** The part earned with non-members: not patronage, kept by the cooperative or taxed apart. */
      readonly kind: 'non_member_income';
      readonly id: string;
      readonly label: string;
      readonly amount: SurplusAmount;
      readonly treatment: 'kept' | 'taxed_apart';
      readonly accountCode: string | null;
    }
  | {
      readonly kind: 'reserve';
      readonly id: string;
      readonly label: string;
      readonly amount: SurplusAmount;
      /** An indivisible reserve is never paid out to members, not even when they leave. */
      readonly indivisible: boolean;
      readonly accountCode: string | null;
    }
  | {
      readonly kind: 'return_on_share_capital';
      readonly id: string;
      readonly label: string;
      readonly amount:
        | SurplusAmount
        | { readonly kind: 'rate_on_capital'; readonly rate: string; readonly capitalMinor: bigint };
      readonly accountCode: string | null;
    };

/** One step: what was asked, what was taken, what was left. */
export interface SurplusStep {
  readonly line: SurplusLine;
  /** What a fraction or rate was taken of; null for a fixed amount. */
  readonly baseMinor: bigint | null;
  /** What the line asks for before it is limited. */
  readonly askedMinor: bigint;
  readonly takenMinor: bigint;
  readonly remainingMinor: bigint;
  /** Why less than asked was taken: there was a loss, or no more was left. */
  readonly limitedBy: 'loss' | 'nothing_left' | null;
}

export interface SurplusCalculation {
  readonly netIncomeMinor: bigint;
  readonly memberIncomeMinor: bigint;
  readonly steps: readonly SurplusStep[];
  /** What the members share; negative for a loss. */
  readonly allocableMinor: bigint;
}

export type SurplusRefusal =
  | { readonly code: 'DUPLICATE_SURPLUS_LINE'; readonly lineId: string }
  | { readonly code: 'SURPLUS_FRACTION_INVALID'; readonly lineId: string; readonly text: string }
  | { readonly code: 'SURPLUS_AMOUNT_NEGATIVE'; readonly lineId: string; readonly amountMinor: string };

/**
 * Takes the lines off net income: non-member income first (it also takes its share of a loss), then
 * the others in the order given. Fractions are 0 to 1 and round half away from zero to a minor unit.
 * Reserves and returns never take more than is left, and nothing at all of a loss. No lines: the
 * allocable surplus is the net income. Refusals in order, line by line: DUPLICATE_SURPLUS_LINE,
 * SURPLUS_FRACTION_INVALID, SURPLUS_AMOUNT_NEGATIVE (a fixed non-member result may be negative).
 */
export function allocableSurplus(
  netIncomeMinor: bigint,
  lines: readonly SurplusLine[],
): Result<SurplusCalculation, SurplusRefusal> {
  const fault = firstFault(lines);
  if (fault) return refuse(fault);
  const steps: SurplusStep[] = [];
  let remaining = netIncomeMinor;
  for (const line of lines.filter(isNonMember)) {
    const { baseMinor, askedMinor } = ask(line, { netIncomeMinor, memberIncomeMinor: remaining, remaining });
    remaining -= askedMinor;
    steps.push({
      line,
      baseMinor,
      askedMinor,
      takenMinor: askedMinor,
      remainingMinor: remaining,
      limitedBy: null,
    });
  }
  const memberIncomeMinor = remaining;
  for (const line of lines.filter((other) => !isNonMember(other))) {
    const { baseMinor, askedMinor } = ask(line, { netIncomeMinor, memberIncomeMinor, remaining });
    const available = remaining > 0n ? remaining : 0n;
    const wanted = askedMinor > 0n ? askedMinor : 0n;
    const takenMinor = wanted < available ? wanted : available;
    remaining -= takenMinor;
    const limitedBy = takenMinor === askedMinor ? null : memberIncomeMinor < 0n ? 'loss' : 'nothing_left';
    steps.push({ line, baseMinor, askedMinor, takenMinor, remainingMinor: remaining, limitedBy });
  }
  return accept({ netIncomeMinor, memberIncomeMinor, steps, allocableMinor: remaining });
}

function isNonMember(line: SurplusLine): boolean {
  return line.kind === 'non_member_income';
}

interface Bases {
  readonly netIncomeMinor: bigint;
  readonly memberIncomeMinor: bigint;
  readonly remaining: bigint;
}

function ask(line: SurplusLine, bases: Bases): { baseMinor: bigint | null; askedMinor: bigint } {
  const { amount } = line;
  if (amount.kind === 'fixed') return { baseMinor: null, askedMinor: amount.amountMinor };
  if (amount.kind === 'rate_on_capital') {
    return { baseMinor: amount.capitalMinor, askedMinor: fractionOf(amount.rate, amount.capitalMinor) };
  }
  const baseMinor =
    amount.of === 'net_income'
      ? bases.netIncomeMinor
      : amount.of === 'member_income'
        ? bases.memberIncomeMinor
        : bases.remaining;
  return { baseMinor, askedMinor: fractionOf(amount.fraction, baseMinor) };
}

function fractionOf(text: string, baseMinor: bigint): bigint {
  const fraction = parseFraction(text);
  if (!fraction) throw new Error(`"${text}" was checked to be a fraction before`);
  const exact = decimalToRational(fraction);
  return roundHalfUp(rational(exact.numerator * baseMinor, exact.denominator));
}

/** A decimal from 0 to 1, or null. */
export function parseFraction(text: string): Decimal | null {
  const parsed = parseDecimal(text);
  if (!parsed.ok || parsed.value.coefficient < 0n) return null;
  return parsed.value.coefficient <= 10n ** BigInt(parsed.value.scale) ? parsed.value : null;
}

function firstFault(lines: readonly SurplusLine[]): SurplusRefusal | null {
  const seen = new Set<string>();
  for (const line of lines) {
    const { id: lineId, amount } = line;
    if (seen.has(lineId)) return { code: 'DUPLICATE_SURPLUS_LINE', lineId };
    seen.add(lineId);
    if (amount.kind === 'fixed') {
      if (amount.amountMinor < 0n && !isNonMember(line)) {
        return { code: 'SURPLUS_AMOUNT_NEGATIVE', lineId, amountMinor: amount.amountMinor.toString() };
      }
      continue;
    }
    const text = amount.kind === 'fraction' ? amount.fraction : amount.rate;
    if (!parseFraction(text)) return { code: 'SURPLUS_FRACTION_INVALID', lineId, text };
    if (amount.kind === 'rate_on_capital' && amount.capitalMinor < 0n) {
      return { code: 'SURPLUS_AMOUNT_NEGATIVE', lineId, amountMinor: amount.capitalMinor.toString() };
    }
  }
  return null;
}
