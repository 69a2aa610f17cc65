// SQL of auto-approval rules: every change is a new version, and the last one counts.
import type { Queryable, Transaction } from '@habitat/database';
import type { Actor } from '@habitat/kernel';
import { formatDecimal } from '@habitat/kernel';
import { decimalOf } from '../contribution/contribution.rows.ts';
import type { AutoApprovalRule } from './auto-approval.ts';

/** The latest version of every rule, inactive ones included. */
export async function listLastRules(client: Queryable, cooperativeId: string): Promise<AutoApprovalRule[]> {
  const rows = await client.query<Omit<AutoApprovalRule, 'maxQuantityPerWeek'> & { most: string }>(
    `select distinct on (rule_id) rule_id as "ruleId", version, kind, category, max_quantity_per_week as most,
       verified_source_only as "verifiedSourceOnly", active
     from people.auto_approval_rule where cooperative_id = $1 order by rule_id, version desc`,
    [cooperativeId],
  );
  return rows.map(({ most, ...rule }) => ({ ...rule, maxQuantityPerWeek: decimalOf(most) }));
}

/** The last version of a rule; 0 when there is none. */
export async function findRuleVersion(tx: Transaction, ruleId: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `select coalesce(max(version), 0) as version from people.auto_approval_rule
     where cooperative_id = $1 and rule_id = $2`,
    [tx.cooperativeId, ruleId],
  );
  return row?.version ?? 0;
}

/** Stores a version of a rule in the name of whoever asked for it; the caller holds the cooperative's lock. */
export async function insertAutoApprovalRule(
  tx: Transaction,
  rule: AutoApprovalRule & {
    readonly rationale: string;
    readonly setBy: Pick<Actor, 'kind' | 'loginId' | 'memberId'>;
  },
): Promise<number> {
  const { setBy } = rule;
  await tx.query(
    `insert into people.auto_approval_rule (cooperative_id, rule_id, version, kind, category, max_quantity_per_week,
       verified_source_only, active, rationale, set_by_kind, set_by_login_id, set_by_member_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tx.cooperativeId,
      rule.ruleId,
      rule.version,
      rule.kind,
      rule.category,
      formatDecimal(rule.maxQuantityPerWeek),
      rule.verifiedSourceOnly,
      rule.active,
      rule.rationale,
      setBy.kind,
      setBy.loginId,
      setBy.memberId,
      tx.now,
    ],
  );
  return rule.version;
}
