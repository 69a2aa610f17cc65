// The cooperative's profile as agreements knows it: currency, calendar and tax regime. A new cooperative starts
// with the default terms of its template, so that no period is ever without weights and policies.
import type { Queryable, Transaction } from '@habitat/database';
import type { Envelope, TaxRegime } from '@habitat/events';
import { cooperativeChanged, cooperativeCreated, readPayload } from '@habitat/events';
import { todayIn } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import { defaultTerms } from '../terms/terms-default.ts';
import { insertTerms } from '../terms/terms.store.ts';

export interface CooperativeCopy {
  readonly name: string;
  readonly slug: string;
  readonly currency: string;
  readonly digits: number;
  readonly timeZone: string;
  readonly taxRegime: TaxRegime;
  readonly fiscalStartMonth: number;
}

/** Takes over platform.cooperative.created and .changed. */
export async function copyCooperative(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) {
    const created = event.type === cooperativeCreated.type ? readPayload(cooperativeCreated, event) : null;
    const profile = created ?? readPayload(cooperativeChanged, event);
    await tx.query(
      `insert into agreements.cooperative
         (cooperative_id, name, slug, currency, currency_digits, time_zone, tax_regime, fiscal_start_month)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (cooperative_id) do update set name = excluded.name, slug = excluded.slug,
         currency = excluded.currency, currency_digits = excluded.currency_digits,
         time_zone = excluded.time_zone, tax_regime = excluded.tax_regime`,
      [
        tx.cooperativeId,
        profile.name,
        profile.slug,
        profile.currency,
        profile.currencyDigits,
        profile.timeZone,
        profile.taxRegime,
        // Chosen at founding for good: a change of profile keeps what is there (see on conflict).
        created?.fiscalStartMonth ?? 1,
      ],
    );
    if (created !== null) await agreeOnDefaults(tx, created.template, created.firstPeriodStartsOn);
  }
}

async function agreeOnDefaults(tx: Transaction, template: string, effectiveFrom: string): Promise<void> {
  const known = await tx.query('select from agreements.terms where cooperative_id = $1 limit 1', [
    tx.cooperativeId,
  ]);
  if (known.length > 0) return;
  for (const { kind, document } of defaultTerms(template)) {
    await insertTerms(tx, {
      kind,
      version: 1,
      effectiveFrom,
      document,
      rationale: `Default of the template ${template}`,
      needsSecond: false,
    });
  }
}

/** The cooperative's profile; null until its first event has arrived. */
export async function findCooperative(db: Queryable, cooperativeId: string): Promise<CooperativeCopy | null> {
  const [row] = await db.query<{
    name: string;
    slug: string;
    currency: string;
    digits: number;
    timeZone: string;
    taxRegime: TaxRegime;
    fiscalStartMonth: number;
  }>({
    name: 'agreements-cooperative',
    text: `select name, slug, currency, currency_digits as digits, time_zone as "timeZone", tax_regime as "taxRegime",
             fiscal_start_month as "fiscalStartMonth"
           from agreements.cooperative where cooperative_id = $1`,
    values: [cooperativeId],
  });
  return row ?? null;
}

/** As `findCooperative`; an unknown cooperative is a fault, because nothing happens in one before it is known. */
export async function needCooperative(tx: Transaction): Promise<CooperativeCopy> {
  const found = await findCooperative(tx, tx.cooperativeId);
  if (found === null) throw new Error(`agreements knows no cooperative ${tx.cooperativeId}`);
  return found;
}

/** Today by the cooperative's own calendar. */
export function todayOf(cooperative: CooperativeCopy, now: Date): LocalDate {
  return todayIn(cooperative.timeZone, now);
}
