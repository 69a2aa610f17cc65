// Reading the books' settings: what is in force, and every version that led there.
import type { Database } from '@habitat/database';
import { dualThresholdMinor } from '@habitat/kernel';
import type { TreasuryCooperative } from '../cooperative/cooperative.store.ts';
import { needCooperative } from '../cooperative/cooperative.store.ts';
import type { SettingVersion } from './setting.ts';
import type { PostingRule } from './setting.store.ts';
import { listRules, listVersions } from './setting.store.ts';

/** The amount from which a journal entry needs two people, in minor units: the cooperative's own, else the table's. */
export function thresholdInForce(cooperative: TreasuryCooperative): bigint {
  return (
    cooperative.dualThresholdMinor ??
    dualThresholdMinor('transaction.post', { digits: cooperative.currencyDigits })
  );
}

export interface TreasurySettings {
  readonly journalThresholdMinor: bigint;
  readonly periodLength: string;
  readonly rules: readonly PostingRule[];
  readonly versions: readonly SettingVersion[];
}

/** The settings of the books as they are, with every version that led there. */
export async function treasurySettings(database: Database, cooperativeId: string): Promise<TreasurySettings> {
  return database.read('treasury', { cooperativeId }, async (client) => {
    const cooperative = await needCooperative(client, cooperativeId);
    return {
      journalThresholdMinor: thresholdInForce(cooperative),
      periodLength: cooperative.periodLength,
      rules: await listRules(client, cooperativeId),
      versions: await listVersions(client, cooperativeId),
    };
  });
}
