// Setting rules by which small, verified work needs no reviewer; every change is a new version of the rule, and one
// that lets more through takes a second administrator.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { contributionKind } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, parseDecimal, refuse } from '@habitat/kernel';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { lockCooperative } from '../member/member.store.ts';
import type { AutoApprovalReach } from '../policy-request/loosening.ts';
import { isLooserRule } from '../policy-request/loosening.ts';
import { findPolicyChangeWaiting, insertPolicyRequest } from '../policy-request/policy-request.store.ts';
import type { ChangeWaiting } from '../policy-request/policy-request.ts';
import { insertAutoApprovalRule, listLastRules } from './auto-approval.store.ts';
import type { AutoApprovalRule } from './auto-approval.ts';

export interface AutoApprovalInput {
  /** The rule to change; absent makes a new one. */
  readonly ruleId?: string | null | undefined;
  readonly kind: string;
  readonly category?: string | null | undefined;
  readonly maxQuantityPerWeek: string;
  readonly verifiedSourceOnly: boolean;
  readonly active: boolean;
  readonly rationale: string;
}

export type AutoApprovalRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'UNKNOWN_KIND'; readonly field: 'kind' }
  | { readonly code: 'NOT_A_QUANTITY'; readonly field: 'maxQuantityPerWeek' }
  | { readonly code: 'RATIONALE_REQUIRED'; readonly field: 'rationale' }
  | { readonly code: 'RULE_NOT_FOUND'; readonly field: 'ruleId' }
  | ChangeWaiting;

type Answer = {
  readonly ruleId: string;
  /** The version that was set; the one in force, or 0, while the change waits. */
  readonly version: number;
  /** True while a change that lets more through waits for a second administrator. */
  readonly needsSecond: boolean;
};

/** Puts a change in force, or has it wait for a second administrator when it lets more through than before. */
async function setRule(
  tx: Transaction,
  before: AutoApprovalRule | null,
  change: { readonly ruleId: string; readonly rule: AutoApprovalReach; readonly rationale: string },
): Promise<Result<Answer, AutoApprovalRefusal>> {
  const { ruleId, rule, rationale } = change;
  const baseVersion = before?.version ?? 0;
  if (!isLooserRule(before, rule)) {
    const version = baseVersion + 1;
    await insertAutoApprovalRule(tx, { ...rule, ruleId, version, rationale, setBy: tx.actor });
    return accept({ ruleId, version, needsSecond: false });
  }
  const waiting = await findPolicyChangeWaiting(tx, { topic: 'auto_approval', ruleId });
  if (waiting !== null) return refuse({ code: 'CHANGE_WAITING', requestId: waiting });
  const { today: effectiveFrom } = await getCooperative(tx);
  const topic = 'auto_approval';
  await insertPolicyRequest(tx, { topic, ruleId, baseVersion, effectiveFrom, rule, rationale });
  return accept({ ruleId, version: baseVersion, needsSecond: true });
}

/**
 * Sets a rule; one that lets more through waits for a second administrator. Refusals in order: FORBIDDEN, UNKNOWN_KIND,
 * NOT_A_QUANTITY, RATIONALE_REQUIRED, RULE_NOT_FOUND, CHANGE_WAITING.
 */
export async function setAutoApprovalRule(
  database: Database,
  context: CommandContext,
  input: AutoApprovalInput,
) {
  return runCommand<Answer, AutoApprovalRefusal>(
    database,
    'people',
    context,
    { name: 'setAutoApprovalRule', input },
    async (tx) => {
      if (!may(tx.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN', act: 'policy.manage' });
      const kind = contributionKind.safeParse(input.kind.toLowerCase());
      if (!kind.success) return refuse({ code: 'UNKNOWN_KIND', field: 'kind' });
      const most = parseDecimal(input.maxQuantityPerWeek, { maxScale: 6 });
      if (!most.ok || most.value.coefficient <= 0n || most.value.coefficient >= 10n ** 14n) {
        return refuse({ code: 'NOT_A_QUANTITY', field: 'maxQuantityPerWeek' });
      }
      const rationale = input.rationale.trim();
      if (rationale === '') return refuse({ code: 'RATIONALE_REQUIRED', field: 'rationale' });
      await lockCooperative(tx);
      const known = input.ruleId ?? null;
      const before =
        (await listLastRules(tx, tx.cooperativeId)).find(({ ruleId }) => ruleId === known) ?? null;
      if (known !== null && before === null) return refuse({ code: 'RULE_NOT_FOUND', field: 'ruleId' });
      const { verifiedSourceOnly, active } = input;
      const category = input.category?.trim() || null;
      const rule = { kind: kind.data, category, maxQuantityPerWeek: most.value, verifiedSourceOnly, active };
      return setRule(tx, before, { ruleId: before?.ruleId ?? newId(), rule, rationale });
    },
  );
}
