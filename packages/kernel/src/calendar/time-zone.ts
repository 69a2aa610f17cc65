/**
 * The one place where an instant becomes a civil date: "today" is what the calendar on the wall of
 * the cooperative says, not what the server's says.
 */
import { localDate } from './civil-date.ts';
import type { LocalDate } from './civil-date.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The civil date in a time zone at an instant. Throws a RangeError for a zone `isTimeZone` refuses:
 * zones are checked when a cooperative is created.
 */
export function todayIn(timeZone: string, instant: Date): LocalDate {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  return localDate(Number(parts.get('year')), Number(parts.get('month')), Number(parts.get('day')));
}

/** True for an IANA zone name (`America/New_York`, `UTC`) known to this platform; offsets are not zones. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}
