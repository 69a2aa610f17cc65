// Percentages as people type them and fractions as the books keep them, turned into each other exactly: the point moves,
// nothing is computed.
import { formatDecimal, normalizeDecimal, parseDecimal } from '@habitat/kernel';

/** "0.125" is "12.5"; a text that is no number stays as it is, for the field that shows it. */
export function percentOf(fraction: string | null): string {
  const parsed = parseDecimal(fraction ?? '');
  if (!parsed.ok) return fraction ?? '';
  const { coefficient, scale } = parsed.value;
  const moved = scale >= 2 ? { coefficient, scale: scale - 2 } : { coefficient: coefficient * 100n, scale };
  return formatDecimal(normalizeDecimal(moved));
}

/** No pattern looks for the spaces: it would begin anew at each of half a megabyte of them. */
const withoutSign = (percent: string): string => {
  const typed = percent.trim();
  return typed.endsWith('%') ? typed.slice(0, -1) : typed;
};

/** "12.5" or "12.5 %" is "0.125"; a text that is no number stays as it is, so that the API refuses it by name. */
export function fractionOf(percent: string): string {
  const parsed = parseDecimal(withoutSign(percent));
  if (!parsed.ok) return percent;
  const { coefficient, scale } = parsed.value;
  return formatDecimal(normalizeDecimal({ coefficient, scale: scale + 2 }));
}
