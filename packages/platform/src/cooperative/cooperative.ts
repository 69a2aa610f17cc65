// A cooperative's profile and the rules for what it may be called and counted in. Its currency never changes: every
// amount in its books is in it.
import type { TaxRegime } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, currencyDigits, isCurrencyCode, isTimeZone, parseLocalDate, refuse } from '@habitat/kernel';

/** What everybody in a cooperative may know about it. */
export interface CooperativeProfile {
  readonly cooperativeId: string;
  readonly name: string;
  readonly slug: string;
  readonly currency: string;
  /** Minor-unit digits of the currency (ISO 4217). */
  readonly currencyDigits: number;
  readonly timeZone: string;
  readonly taxRegime: TaxRegime;
  readonly template: string;
  /** Month its fiscal year begins in, 1 to 12. */
  readonly fiscalStartMonth: number;
  /** Name in law; null where it is the name people say. */
  readonly legalName: string | null;
}

/** Charts of accounts and default policies a cooperative may begin with. */
export const TEMPLATES = [
  'limited-cooperative-association',
  'worker',
  'multi-stakeholder',
  'producer',
  'housing',
  'nonprofit',
  'startup-studio',
] as const;
export type Template = (typeof TEMPLATES)[number];

export type PeriodLength = 'month' | 'quarter' | 'year';

/** What a cooperative is founded with, apart from its first administrator. */
export interface CooperativeFounding {
  readonly name: string;
  readonly slug: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxRegime: TaxRegime;
  readonly template: string;
  readonly firstPeriodStartsOn: string;
  readonly periodLength: PeriodLength;
  /** Month its fiscal year begins in, 1 to 12; January when left out. Quarters and years follow it. */
  readonly fiscalStartMonth?: number;
}

export type FoundingRefusal =
  | { readonly code: 'BAD_NAME'; readonly field: 'name' }
  | { readonly code: 'BAD_SLUG'; readonly field: 'slug'; readonly message: string }
  | { readonly code: 'BAD_CURRENCY'; readonly field: 'currency'; readonly given: string }
  | { readonly code: 'BAD_TIME_ZONE'; readonly field: 'timeZone'; readonly given: string }
  | {
      readonly code: 'NO_SUCH_TEMPLATE';
      readonly field: 'template';
      readonly given: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'BAD_FISCAL_START'; readonly field: 'fiscalStartMonth'; readonly message: string }
  | { readonly code: 'BAD_FIRST_PERIOD'; readonly field: 'firstPeriodStartsOn'; readonly message: string };

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Checks what a cooperative is founded with and works out its currency's digits.
 * Refuses a blank name, a slug that is not lower-case words joined by hyphens, an unknown currency, time zone or
 * template, a month that is none, and a first period that does not begin on the first day of a month.
 */
export function checkFounding(
  founding: CooperativeFounding,
): Result<{ currencyDigits: number }, FoundingRefusal> {
  if (founding.name.trim() === '' || founding.name.length > 200)
    return refuse({ code: 'BAD_NAME', field: 'name' });
  if (!SLUG.test(founding.slug) || founding.slug.length > 60) {
    const message = 'A short name has lower-case letters, digits and single hyphens, at most 60 of them.';
    return refuse({ code: 'BAD_SLUG', field: 'slug', message });
  }
  if (!isCurrencyCode(founding.currency)) {
    return refuse({ code: 'BAD_CURRENCY', field: 'currency', given: founding.currency });
  }
  if (!isTimeZone(founding.timeZone)) {
    return refuse({ code: 'BAD_TIME_ZONE', field: 'timeZone', given: founding.timeZone });
  }
  if (!(TEMPLATES as readonly string[]).includes(founding.template)) {
    return refuse({
      code: 'NO_SUCH_TEMPLATE',
      field: 'template',
      given: founding.template,
      known: TEMPLATES,
    });
  }
  const month = founding.fiscalStartMonth ?? 1;
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    const message = 'A fiscal year begins in a month from 1 (January) to 12 (December).';
    return refuse({ code: 'BAD_FISCAL_START', field: 'fiscalStartMonth', message });
  }
  const starts = parseLocalDate(founding.firstPeriodStartsOn);
  if (!starts.ok || !starts.value.endsWith('-01')) {
    const message = 'The first period begins on the first day of a month, such as 2026-01-01.';
    return refuse({ code: 'BAD_FIRST_PERIOD', field: 'firstPeriodStartsOn', message });
  }
  return accept({ currencyDigits: currencyDigits(founding.currency) });
}
