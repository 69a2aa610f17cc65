// Reading policies and rules as screens and auditors see them.
import type { Database } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { listLastRules } from '../approval/auto-approval.store.ts';
import type { AutoApprovalRule } from '../approval/auto-approval.ts';
import { listOpenPolicyRequests } from '../policy-request/policy-request.store.ts';
import type { PolicyRequest } from '../policy-request/policy-request.ts';
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
  return database.transaction('people', { cooperativeId }, (client) => listLastRules(client, cooperativeId));
}

/** Changes of the approval rules that wait for a second administrator, the oldest first. */
export async function listPolicyRequests(
  database: Database,
  cooperativeId: string,
): Promise<PolicyRequest[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    listOpenPolicyRequests(client, cooperativeId),
  );
}
