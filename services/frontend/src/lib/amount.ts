// Sums and comparisons of amounts that came as text: through exact minor units, never through a number.
import { expectAccepted, formatMinor, parseMoney, sum } from '@habitat/kernel';

const digitsOf = (value: string) => value.split('.')[1]?.length ?? 0;

/** Whether an amount is nothing: "0", "0.00", "-0.00". */
export const isNothing = (value: string): boolean => /^-?[0.]*$/.test(value);

/** The sum of amounts of one currency, with as many digits as they have. */
export function totalOf(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map(digitsOf));
  return formatMinor(sum(values.map((value) => expectAccepted(parseMoney(value, digits)))), digits);
}

/** One amount less another. */
export function differenceOf(left: string, right: string): string {
  const digits = Math.max(digitsOf(left), digitsOf(right));
  const [a, b] = [left, right].map((value) => expectAccepted(parseMoney(value, digits)));
  return formatMinor((a ?? 0n) - (b ?? 0n), digits);
}

/** The largest of some amounts; "0" of none. */
export function largestOf(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map(digitsOf));
  let largest = 0n;
  for (const value of values) {
    const minor = expectAccepted(parseMoney(value, digits));
    if (minor > largest) largest = minor;
  }
  return formatMinor(largest, digits);
}

/** The largest first; equal ones keep their order. */
export function bySize<Item>(items: readonly Item[], amountOf: (item: Item) => string): Item[] {
  const digits = Math.max(0, ...items.map((item) => digitsOf(amountOf(item))));
  const minor = (item: Item) => expectAccepted(parseMoney(amountOf(item), digits));
  return items.toSorted((left, right) => {
    const [a, b] = [minor(left), minor(right)];
    return a === b ? 0 : a > b ? -1 : 1;
  });
}
