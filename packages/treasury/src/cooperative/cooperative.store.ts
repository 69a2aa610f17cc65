// Treasury's copy of the cooperative: currency, time zone and the settings of its books.
import type { Queryable } from '@habitat/database';
import { todayIn } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type { PeriodLength } from '../period/period.ts';
import type { SettingTopic } from '../setting/setting.ts';

export interface TreasuryCooperative {
  readonly cooperativeId: string;
  readonly currency: string;
  readonly currencyDigits: number;
  readonly timeZone: string;
  readonly periodLength: PeriodLength;
  readonly fiscalStartMonth: number;
  readonly dualThresholdMinor: bigint | null;
  /** Versions of the threshold and of the posting rules in force; 0 as they came with the template. */
  readonly dualThresholdVersion: number;
  readonly postingRuleVersion: number;
}

/** The version of a setting in force: no later one waits while it is, so it is the highest that took effect. */
const inForce = (
  topic: SettingTopic,
) => `(select coalesce(max(v.version), 0)::int from treasury.setting_version v
  where v.cooperative_id = $1 and v.topic = '${topic}' and (not v.needs_second or exists (
    select from treasury.setting_decision d where d.cooperative_id = $1 and d.setting_id = v.id and d.outcome = 'approved')))`;

/** The copy, or null while treasury has not heard of the cooperative yet. */
export async function findCooperative(
  client: Queryable,
  cooperativeId: string,
): Promise<TreasuryCooperative | null> {
  const [found] = await client.query<TreasuryCooperative & Record<string, unknown>>(
    `select cooperative_id as "cooperativeId", currency, currency_digits as "currencyDigits", time_zone as "timeZone",
       period_length as "periodLength", fiscal_start_month as "fiscalStartMonth", dual_threshold_minor as "dualThresholdMinor",
       ${inForce('dual_threshold')} as "dualThresholdVersion", ${inForce('posting_rule')} as "postingRuleVersion"
     from treasury.cooperative where cooperative_id = $1`,
    [cooperativeId],
  );
  return found ?? null;
}

/** The copy; throws while it is not there, so that delivery tries again once it is. */
export async function needCooperative(
  client: Queryable,
  cooperativeId: string,
): Promise<TreasuryCooperative> {
  const found = await findCooperative(client, cooperativeId);
  if (found === null) throw new Error(`treasury has no copy of cooperative ${cooperativeId} yet`);
  return found;
}

/** The civil date it is for the cooperative's books. */
export function todayOf(cooperative: TreasuryCooperative, now: Date): LocalDate {
  return todayIn(cooperative.timeZone, now);
}
