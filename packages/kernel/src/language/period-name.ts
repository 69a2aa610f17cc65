// How a period is called. Its name is kept in English, as the fiscal calendar gives it ("Q4 2026", "October 2026", "2026");
// a reader of another language is told it in theirs, and what somebody named otherwise stays as it is.
import type { Language } from './language.ts';
import { conventionsOf } from './language.ts';

/** The months a kept name may begin with, January first. */
export const MONTHS: readonly string[] =
  'January February March April May June July August September October November December'.split(' ');

/** A period's name within a sentence: "Q4 2026" is "T4 2026" in Spanish, "October 2026" is "octubre de 2026". */
export function periodNameIn(language: Language, kept: string): string {
  const [, quarter, month = '', year] = /^(?:Q([1-4])|([A-Z][a-z]+)) (\d{4})$/.exec(kept) ?? [];
  if (language === 'en' || year === undefined) return kept;
  if (quarter !== undefined) return `T${quarter} ${year}`;
  const at = MONTHS.indexOf(month);
  if (at < 0) return kept;
  return new Intl.DateTimeFormat(conventionsOf[language], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.UTC(Number(year), at, 1));
}
