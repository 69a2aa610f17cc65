// Setting rules by which small, verified work needs no reviewer; every change is a new version of the rule.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { contributionKind } from '@habitat/events';
import { accept, formatDecimal, may, newId, parseDecimal, refuse } from '@habitat/kernel';
import { isUuid } from '../contribution/command-facts.ts';
import { lockCooperative } from '../member/member.store.ts';

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
  | { readonly code: 'RULE_NOT_FOUND'; readonly field: 'ruleId' };

type Answer = { readonly ruleId: string; readonly version: number };

/** Refusals in order: FORBIDDEN, UNKNOWN_KIND, NOT_A_QUANTITY, RATIONALE_REQUIRED, RULE_NOT_FOUND. */
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
      const [last] =
        known === null || !isUuid(known)
          ? []
          : await tx.query<{ version: number }>(
              'select max(version) as version from people.auto_approval_rule where cooperative_id = $1 and rule_id = $2 having count(*) > 0',
              [tx.cooperativeId, known],
            );
      if (known !== null && last === undefined) return refuse({ code: 'RULE_NOT_FOUND', field: 'ruleId' });
      const ruleId = known ?? newId();
      const version = (last?.version ?? 0) + 1;
      await tx.query(
        `insert into people.auto_approval_rule (cooperative_id, rule_id, version, kind, category, max_quantity_per_week,
         verified_source_only, active, rationale, set_by_kind, set_by_login_id, set_by_member_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          tx.cooperativeId,
          ruleId,
          version,
          kind.data,
          input.category?.trim() || null,
          formatDecimal(most.value),
          input.verifiedSourceOnly,
          input.active,
          rationale,
          tx.actor.kind,
          tx.actor.loginId,
          tx.actor.memberId,
          tx.now,
        ],
      );
      return accept({ ruleId, version });
    },
  );
}
