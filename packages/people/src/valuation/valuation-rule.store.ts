// Valuation rules' SQL: every rule with its signature, the next version, an auto-approval rule.
import type { Queryable, Transaction } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { formatDecimal } from '@habitat/kernel';
import { decimalOf } from '../contribution/contribution.rows.ts';
import type { ValuationMethod, ValuationRule } from './valuation-rule.ts';

/** A rule as kept: with why, by whom, and whether it still waits for a second signature. */
export interface StoredRule extends ValuationRule {
  readonly rationale: string;
  readonly noticeWaived: boolean;
  /** False while a waiver of notice waits for its second administrator. */
  readonly inForce: boolean;
  /** How a waiver that never came into force ended; null while it waits, and of every rule in force. */
  readonly ended: 'declined' | 'expired' | null;
  readonly setByMemberId: string | null;
  readonly setByLoginId: string | null;
  readonly recordedAt: Date;
}

interface RuleRow {
  readonly rule_id: string;
  readonly kind: ContributionKind;
  readonly category: string | null;
  readonly member_id: string | null;
  readonly version: number;
  readonly effective_from: LocalDate;
  readonly method: ValuationMethod;
  readonly rate: string | null;
  readonly fixed_minor: bigint | null;
  readonly expression: string | null;
  readonly rationale: string;
  readonly notice_waived: boolean;
  readonly signed: boolean;
  readonly ended: 'declined' | 'expired' | null;
  readonly set_by_member_id: string | null;
  readonly set_by_login_id: string | null;
  readonly recorded_at: Date;
}

/** Every rule of a kind (or of all), waiting ones included, the newest first. */
export async function listStoredRules(
  client: Queryable,
  cooperativeId: string,
  kind: ContributionKind | null,
): Promise<StoredRule[]> {
  const rows = await client.query<RuleRow & Record<string, unknown>>(
    `select r.rule_id, r.kind, r.category, r.member_id, r.version, r.effective_from, r.method, r.rate, r.fixed_minor, r.expression,
       r.rationale, r.notice_waived, s.rule_id is not null as signed, e.outcome as ended, r.set_by_member_id, r.set_by_login_id, r.recorded_at
     from people.valuation_rule r
     left join people.valuation_rule_signature s on s.cooperative_id = r.cooperative_id and s.rule_id = r.rule_id
     left join people.valuation_rule_ending e on e.cooperative_id = r.cooperative_id and e.rule_id = r.rule_id
     where r.cooperative_id = $1 and ($2::text is null or r.kind = $2)
     order by r.kind, lower(coalesce(r.category, '')), r.member_id nulls first, r.effective_from desc, r.version desc`,
    [cooperativeId, kind],
  );
  return rows.map((row) => ({
    ruleId: row.rule_id,
    kind: row.kind,
    category: row.category,
    memberId: row.member_id,
    version: row.version,
    effectiveFrom: row.effective_from,
    method: row.method,
    rate: row.rate === null ? null : decimalOf(row.rate),
    fixedMinor: row.fixed_minor,
    expression: row.expression,
    rationale: row.rationale,
    noticeWaived: row.notice_waived,
    inForce: !row.notice_waived || row.signed,
    ended: row.ended,
    setByMemberId: row.set_by_member_id,
    setByLoginId: row.set_by_login_id,
    recordedAt: row.recorded_at,
  }));
}

export async function insertRule(
  tx: Transaction,
  rule: ValuationRule & { readonly rationale: string; readonly noticeWaived: boolean },
): Promise<void> {
  await tx.query(
    `insert into people.valuation_rule (cooperative_id, rule_id, kind, category, member_id, version, effective_from, method, rate,
       fixed_minor, expression, rationale, notice_waived, set_by_kind, set_by_login_id, set_by_member_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      tx.cooperativeId,
      rule.ruleId,
      rule.kind,
      rule.category,
      rule.memberId,
      rule.version,
      rule.effectiveFrom,
      rule.method,
      rule.rate === null ? null : formatDecimal(rule.rate),
      rule.fixedMinor,
      rule.expression,
      rule.rationale,
      rule.noticeWaived,
      tx.actor.kind,
      tx.actor.loginId,
      tx.actor.memberId,
      tx.now,
    ],
  );
}

export async function insertRuleSignature(tx: Transaction, ruleId: string): Promise<void> {
  await tx.query(
    `insert into people.valuation_rule_signature (cooperative_id, rule_id, signed_by_login_id, signed_by_member_id, signed_at)
     values ($1, $2, $3, $4, $5)`,
    [tx.cooperativeId, ruleId, tx.actor.loginId, tx.actor.memberId, tx.now],
  );
}
