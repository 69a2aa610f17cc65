// A cooperative's profile, and the rules for the words it is known by.
import type { TaxRegime } from '@habitat/events';

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
}
