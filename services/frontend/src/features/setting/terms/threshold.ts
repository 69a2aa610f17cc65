// The least one must have given to take part, as a form names it and as the API takes it.
import { fractionOf, percentOf } from '../../../lib/percent.ts';

export const thresholdKinds = ['none', 'fixed', 'hours', 'percent_of_average'] as const;

export function thresholdOf(kind: string, number: string) {
  if (kind === 'fixed') return { kind, amount: number || '0' };
  if (kind === 'hours') return { kind, number: number || '0' };
  if (kind === 'percent_of_average') return { kind, number: fractionOf(number || '0') };
  return { kind: 'none' };
}

/** The number as the form shows it: a percentage where it is one. */
export function thresholdNumber(
  threshold: { kind: string; amount: string | null; number: string | null } | null,
): string {
  if (!threshold) return '';
  if (threshold.kind === 'percent_of_average') return percentOf(threshold.number);
  return threshold.amount ?? threshold.number ?? '';
}
