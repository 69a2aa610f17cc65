// SQL of the cooperative.
import type { DatabaseRole, Queryable } from '@habitat/database';
import type { CooperativeFounding, CooperativeProfile } from './cooperative.ts';

/** Role that may go through all cooperatives: it sees their names and no more. */
export const OVERVIEW_ROLE: DatabaseRole = 'relay';

const PROFILE = `cooperative_id as "cooperativeId", name, slug, currency, currency_digits as "currencyDigits",
  time_zone as "timeZone", tax_regime as "taxRegime", template, fiscal_start_month as "fiscalStartMonth",
  legal_name as "legalName"`;

/** Inserts a cooperative; false when its slug is taken, by whichever cooperative. */
export async function insertCooperative(
  client: Queryable,
  row: CooperativeFounding & {
    readonly cooperativeId: string;
    readonly currencyDigits: number;
    readonly now: Date;
  },
): Promise<boolean> {
  const inserted = await client.query(
    `insert into platform.cooperative (cooperative_id, name, slug, currency, currency_digits, time_zone, tax_regime,
       template, first_period_starts_on, period_length, created_at, fiscal_start_month)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict do nothing returning cooperative_id`,
    [
      row.cooperativeId,
      row.name.trim(),
      row.slug,
      row.currency,
      row.currencyDigits,
      row.timeZone,
      row.taxRegime,
      row.template,
      row.firstPeriodStartsOn,
      row.periodLength,
      row.now,
      row.fiscalStartMonth ?? 1,
    ],
  );
  return inserted.length === 1;
}

/** The cooperative the transaction acts for. */
export async function selectCooperative(
  client: Queryable,
  cooperativeId: string,
): Promise<CooperativeProfile | null> {
  const [row] = await client.query<CooperativeProfile & Record<string, unknown>>({
    name: 'select-cooperative',
    text: `select ${PROFILE} from platform.cooperative where cooperative_id = $1`,
    values: [cooperativeId],
  });
  return row ?? null;
}

/** Locks the cooperative for a change. */
export async function lockCooperative(
  client: Queryable,
  cooperativeId: string,
): Promise<CooperativeProfile | null> {
  const [row] = await client.query<CooperativeProfile & Record<string, unknown>>(
    `select ${PROFILE} from platform.cooperative where cooperative_id = $1 for update`,
    [cooperativeId],
  );
  return row ?? null;
}

export async function updateCooperative(client: Queryable, profile: CooperativeProfile): Promise<void> {
  await client.query(
    `update platform.cooperative set name = $2, time_zone = $3, tax_regime = $4, legal_name = $5
     where cooperative_id = $1`,
    [profile.cooperativeId, profile.name, profile.timeZone, profile.taxRegime, profile.legalName],
  );
}
