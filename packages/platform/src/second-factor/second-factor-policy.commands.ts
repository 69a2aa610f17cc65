// A cooperative's rule about second factors: which roles give nothing until their holder has one, and from which day.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { newEvent, secondFactorPolicySet } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, isRole, may, newId, refuse } from '@habitat/kernel';
import { insertPolicy } from './second-factor.store.ts';

export interface SetSecondFactorPolicyInput {
  /** Base roles; none: nobody needs one. */
  readonly roles: readonly string[];
  /** A civil date, today or later: until then holders have time to set one up. */
  readonly requiredFrom: string;
  /** Today where the cooperative lives. */
  readonly today: string;
  readonly rationale: string;
}

/** In the order checked. */
export type SetSecondFactorPolicyRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'UNKNOWN_ROLE'; readonly field: 'roles' }
  | { readonly code: 'PAST_DATE'; readonly field: 'requiredFrom' }
  | { readonly code: 'RATIONALE_REQUIRED'; readonly field: 'rationale' };

/** Sets the policy; it takes the place of the one before. */
export async function setSecondFactorPolicy(
  database: Database,
  context: CommandContext,
  input: SetSecondFactorPolicyInput,
): Promise<Result<{ policyId: string }, SetSecondFactorPolicyRefusal | IdempotencyConflict>> {
  if (!may(context.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN' });
  const roles = [...new Set(input.roles)].filter(isRole);
  if (!input.roles.every(isRole)) return refuse({ code: 'UNKNOWN_ROLE', field: 'roles' });
  if (input.requiredFrom < input.today) return refuse({ code: 'PAST_DATE', field: 'requiredFrom' });
  const rationale = input.rationale.trim();
  if (rationale === '') return refuse({ code: 'RATIONALE_REQUIRED', field: 'rationale' });
  const { loginId } = context.actor;
  if (loginId === null) throw new Error('only a person sets a policy');
  const { requiredFrom } = input;
  return runCommand<{ policyId: string }, never>(
    database,
    'platform',
    context,
    { name: 'setSecondFactorPolicy', input: { roles, requiredFrom, rationale } },
    async (tx) => {
      const policyId = newId();
      await insertPolicy(tx, { policyId, roles, requiredFrom, rationale, loginId });
      tx.append(newEvent(secondFactorPolicySet, policyId, { policyId, roles, requiredFrom, rationale }));
      return accept({ policyId });
    },
  );
}
