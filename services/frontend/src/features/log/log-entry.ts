// What somebody has typed so far into the log form, and what can be told of it without asking the server: whether it is
// a quantity at all, how it was understood, and what it is worth at the rate shown.
import {
  decimalToRational,
  formatMinor,
  multiplyRational,
  parseDecimal,
  parseDuration,
  parseMoney,
  rational,
  roundHalfUp,
  toDecimalString,
} from '@habitat/kernel';
import { plainQuantity } from '../../lib/format.ts';

export type LogEntry = {
  kind: string;
  category: string;
  quantity: string;
  workedOn: string;
  description: string;
  declaredValue: string;
  costBasis: string;
  evidence: { label: string; url: string }[];
};

/** What a kind is counted in. */
export type Unit = 'hour' | 'money' | 'unit';

/** The unit of a kind: the API's word for it, whatever its spelling. */
export function unitOf(unit: string): Unit {
  if (/^h(ours?|r)?$/i.test(unit)) return 'hour';
  return /^units?$/i.test(unit) ? 'unit' : 'money';
}

export type Understood =
  { ok: true; shown: string; valueMinor: bigint | null } | { ok: false; reason: string };

/** Reads a quantity as the server would, so that a slip is told while it is typed. An empty field is no slip yet. */
export function understand(text: string, unit: Unit, rate: string | null, digits: number): Understood | null {
  if (text.trim() === '') return null;
  const rateValue = rate === null ? null : parseDecimal(rate);
  const rateFraction = rateValue?.ok ? decimalToRational(rateValue.value) : null;
  const scale = rational(10n ** BigInt(digits));
  if (unit === 'hour') {
    const duration = parseDuration(text);
    if (!duration.ok) return { ok: false, reason: duration.refusal.code };
    const { hours } = duration.value;
    const worth = rateFraction
      ? roundHalfUp(multiplyRational(multiplyRational(hours, rateFraction), scale))
      : null;
    return { ok: true, shown: plainQuantity(toDecimalString(hours, 4)), valueMinor: worth };
  }
  if (unit === 'money') {
    const money = parseMoney(text.replaceAll(',', ''), digits);
    if (!money.ok) return { ok: false, reason: money.refusal.code };
    if (money.value <= 0n) return { ok: false, reason: 'NOT_POSITIVE' };
    return { ok: true, shown: formatMinor(money.value, digits), valueMinor: money.value };
  }
  const units = parseDecimal(text, { maxScale: 6 });
  if (!units.ok) return { ok: false, reason: 'NOT_A_QUANTITY' };
  if (units.value.coefficient <= 0n) return { ok: false, reason: 'NOT_POSITIVE' };
  const worth = rateFraction
    ? roundHalfUp(multiplyRational(multiplyRational(decimalToRational(units.value), rateFraction), scale))
    : null;
  return { ok: true, shown: plainQuantity(text.trim()), valueMinor: worth };
}

/** One hour (or unit) more or less, for the two buttons beside the field; never below nothing, never above a day. */
export function stepped(text: string, unit: Unit, step: 1 | -1): string {
  const now = understand(text, unit, null, 2);
  const size = now?.ok ? Number(now.shown) : 0;
  const most = unit === 'hour' ? 24 : Number.MAX_SAFE_INTEGER;
  return String(Math.min(most, Math.max(0, size + step)));
}
