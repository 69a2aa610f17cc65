// Reading policies and rules as screens and auditors see them.
import type { Database } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { decimalOf } from '../contribution/contribution.rows.ts';
import type { AutoApprovalRule } from '../approval/auto-approval.ts';
import type { StoredRule } from '../valuation/valuation-rule.store.ts';
import { listStoredRules } from '../valuation/valuation-rule.store.ts';
import type { PolicyBody, PolicyTopic } from './policy.ts';
import type { PolicyVersion } from './policy.store.ts';
import { findPolicyOn, listPolicyVersions } from './policy.store.ts';

/** The policy of a topic in force on a day. */
export async function policyInForce<Topic extends PolicyTopic>(
  database: Database,
  cooperativeId: string,
  topic: Topic,
  on: LocalDate,
): Promise<PolicyBody<Topic> & { readonly version: number }> {
  return database.transaction('people', { cooperativeId }, (client) => findPolicyOn(client, topic, on));
}

/** The version of a topic in force on a day: who set it, when and why. */
export async function policyVersionOn<Topic extends PolicyTopic>(
  database: Database,
  cooperativeId: string,
  topic: Topic,
  on: LocalDate,
): Promise<PolicyVersion<Topic>> {
  return database.transaction('people', { cooperativeId }, async (client) => {
    const { version } = await findPolicyOn(client, topic, on);
    const versions = await listPolicyVersions(client, cooperativeId, topic);
    const found = versions.find((one) => one.version === version);
    if (found === undefined) throw new Error(`version ${version} of the ${topic} policy is not there`);
    return found;
  });
}

/** Every version of a topic, newest first. */
export async function listPolicies<Topic extends PolicyTopic>(
  database: Database,
  cooperativeId: string,
  topic: Topic,
): Promise<PolicyVersion<Topic>[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    listPolicyVersions(client, cooperativeId, topic),
  );
}

/** Valuation rules by kind, category and member, the newest first. */
export async function listValuationRules(
  database: Database,
  cooperativeId: string,
  kind: ContributionKind | null,
): Promise<StoredRule[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    listStoredRules(client, cooperativeId, kind),
  );
}

/** The latest version of every auto-approval rule, inactive ones included. */
export async function listAutoApprovalRules(
  database: Database,
  cooperativeId: string,
): Promise<AutoApprovalRule[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<Omit<AutoApprovalRule, 'maxQuantityPerWeek'> & { most: string }>(
      `select distinct on (rule_id) rule_id as "ruleId", version, kind, category, max_quantity_per_week as most,
         verified_source_only as "verifiedSourceOnly", active
       from people.auto_approval_rule where cooperative_id = $1 order by rule_id, version desc`,
      [cooperativeId],
    ),
  );
  return rows.map(({ most, ...rule }) => ({ ...rule, maxQuantityPerWeek: decimalOf(most) }));
}
