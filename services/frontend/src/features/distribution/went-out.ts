// What of a distribution left the account, and what did not: a payment that came back or was cancelled is no longer part of
// what was paid, though it stays a line of the distribution.
import { isNothing, totalOf } from '../../lib/amount.ts';

type Line = { readonly amount: string; readonly status: string };

export type WentOut = {
  /** Whether any payment is still to be made. */
  readonly isOpen: boolean;
  /** What was paid so far. */
  readonly paid: string;
  /** What came back or was cancelled; null where nothing was. */
  readonly notPaid: string | null;
};

/** Whether a payment is still to be made: of one that is over nobody is told where it went. */
export const isOpen = ({ status }: Pick<Line, 'status'>): boolean =>
  !/^(paid|failed|cancelled)$/i.test(status);

/** Sorts the lines of a distribution by where their money is. */
export function wentOut(lines: readonly Line[]): WentOut {
  const sumOf = (of: RegExp) =>
    totalOf(['0.00', ...lines.filter(({ status }) => of.test(status)).map(({ amount }) => amount)]);
  const notPaid = sumOf(/^(failed|cancelled)$/i);
  return { isOpen: lines.some(isOpen), paid: sumOf(/^paid$/i), notPaid: isNothing(notPaid) ? null : notPaid };
}
