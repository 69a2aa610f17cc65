// Granting and revoking roles. Nobody grants themselves anything, and the last administrator stays.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { contributionKind } from '@habitat/events';
import type { LocalDate, Result } from '@habitat/kernel';
import { accept, isLocalDate, may, parseMoney, refuse } from '@habitat/kernel';
import { isUuid } from '../contribution/command-facts.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import type { Cooperative } from '../cooperative/cooperative.store.ts';
import { lockCooperative, lockMember } from '../member/member.store.ts';
import { isInForce, rolesNamed } from './role.ts';
import {
  findAssignment,
  findAssignments,
  insertAssignments,
  isAnotherAdministratorLeft,
  revokeAssignments,
} from './role.store.ts';

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
type ReasonRequired = { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' };
type Answer = { readonly memberId: string };

export interface AssignRoleInput {
  readonly memberId: string;
  /** A base role or a composite, which grants its base roles. */
  readonly role: string;
  readonly reason: string;
  /** The last day it is in force. */
  readonly expiresOn?: string | null | undefined;
  /** Contribution kinds and categories the role covers; all when absent. */
  readonly kinds?: readonly string[] | null | undefined;
  readonly categories?: readonly string[] | null | undefined;
  /** The most one act may be worth, in major units. */
  readonly limit?: string | null | undefined;
}

export type AssignRoleRefusal =
  | Forbidden
  | { readonly code: 'UNKNOWN_ROLE'; readonly field: 'role'; readonly role: string }
  | ReasonRequired
  | { readonly code: 'MEMBER_NOT_FOUND'; readonly field: 'memberId' }
  | { readonly code: 'SELF_GRANT' }
  | { readonly code: 'NOT_A_DATE' | 'EXPIRED_ALREADY'; readonly field: 'expiresOn' }
  | { readonly code: 'UNKNOWN_KIND'; readonly field: 'kinds'; readonly kind: string }
  | { readonly code: 'NOT_AN_AMOUNT'; readonly field: 'limit' }
  | { readonly code: 'ROLE_HELD'; readonly role: string };

interface Scope {
  readonly expiresOn: LocalDate | null;
  readonly kinds: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly limitMinor: bigint | null;
}

function readScope(input: AssignRoleInput, cooperative: Cooperative): Result<Scope, AssignRoleRefusal> {
  const expiresOn = input.expiresOn ?? null;
  if (expiresOn !== null && !isLocalDate(expiresOn))
    return refuse({ code: 'NOT_A_DATE', field: 'expiresOn' });
  if (expiresOn !== null && expiresOn < cooperative.today)
    return refuse({ code: 'EXPIRED_ALREADY', field: 'expiresOn' });
  const kinds = input.kinds?.map((kind) => kind.toLowerCase()) ?? null;
  const unknown = kinds?.find((kind) => !contributionKind.safeParse(kind).success);
  if (unknown !== undefined) return refuse({ code: 'UNKNOWN_KIND', field: 'kinds', kind: unknown });
  const limit =
    input.limit === null || input.limit === undefined ? null : parseMoney(input.limit, cooperative.digits);
  if (limit !== null && (!limit.ok || limit.value < 0n))
    return refuse({ code: 'NOT_AN_AMOUNT', field: 'limit' });
  return accept({
    expiresOn,
    kinds,
    categories: input.categories ?? null,
    limitMinor: limit?.ok ? limit.value : null,
  });
}

/** Grants a role (inner form, for handlers and the demo). */
async function assignRoleIn(
  tx: Transaction,
  input: AssignRoleInput,
): Promise<Result<Answer, AssignRoleRefusal>> {
  if (!may(tx.actor, 'role.assign')) return refuse({ code: 'FORBIDDEN', act: 'role.assign' });
  const roles = rolesNamed(input.role);
  if (roles === null) return refuse({ code: 'UNKNOWN_ROLE', field: 'role', role: input.role });
  const reason = input.reason.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  if (!isUuid(input.memberId)) return refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' });
  if (tx.actor.memberId === input.memberId.toLowerCase()) return refuse({ code: 'SELF_GRANT' });
  await lockCooperative(tx);
  const member = await lockMember(tx, input.memberId);
  if (member === null) return refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' });
  if (member.loginId !== null && member.loginId === tx.actor.loginId) return refuse({ code: 'SELF_GRANT' });
  const cooperative = await getCooperative(tx);
  const scope = readScope(input, cooperative);
  if (!scope.ok) return scope;
  const held = await findAssignments(tx, tx.cooperativeId, [member.memberId]);
  const inForce = new Set(held.filter((one) => isInForce(one, cooperative.today)).map((one) => one.role));
  const fresh = roles.filter((role) => !inForce.has(role));
  if (fresh.length === 0) return refuse({ code: 'ROLE_HELD', role: input.role });
  // What has expired is put on record as ended before the same role is granted anew.
  const expired = held.filter((one) => fresh.includes(one.role) && !isInForce(one, cooperative.today));
  await revokeAssignments(
    tx,
    expired.map((one) => one.assignmentId),
    'expired',
  );
  await insertAssignments(
    tx,
    fresh.map((role) => ({ memberId: member.memberId, role, reason, ...scope.value })),
  );
  return accept({ memberId: member.memberId });
}

/**
 * Grants a member a role. Refusals in order: FORBIDDEN, UNKNOWN_ROLE, REASON_REQUIRED, MEMBER_NOT_FOUND,
 * SELF_GRANT, the scope's (NOT_A_DATE, EXPIRED_ALREADY, UNKNOWN_KIND, NOT_AN_AMOUNT), ROLE_HELD.
 */
export async function assignRole(database: Database, context: CommandContext, input: AssignRoleInput) {
  return runCommand<Answer, AssignRoleRefusal>(
    database,
    'people',
    context,
    { name: 'assignRole', input },
    (tx) => assignRoleIn(tx, input),
  );
}

export type RevokeRoleRefusal =
  | Forbidden
  | ReasonRequired
  | { readonly code: 'ASSIGNMENT_NOT_FOUND' }
  | { readonly code: 'REVOKED_ALREADY' }
  | { readonly code: 'LAST_ADMINISTRATOR' };

/** Takes a role away. Refusals in order: FORBIDDEN, REASON_REQUIRED, ASSIGNMENT_NOT_FOUND, REVOKED_ALREADY, LAST_ADMINISTRATOR. */
export async function revokeRole(
  database: Database,
  context: CommandContext,
  input: { readonly assignmentId: string; readonly reason: string },
) {
  return runCommand<Answer, RevokeRoleRefusal>(
    database,
    'people',
    context,
    { name: 'revokeRole', input },
    async (tx) => {
      if (!may(tx.actor, 'role.assign')) return refuse({ code: 'FORBIDDEN', act: 'role.assign' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      await lockCooperative(tx);
      const assignment = isUuid(input.assignmentId) ? await findAssignment(tx, input.assignmentId) : null;
      if (assignment === null) return refuse({ code: 'ASSIGNMENT_NOT_FOUND' });
      if (assignment.revokedAt !== null) return refuse({ code: 'REVOKED_ALREADY' });
      const { today } = await getCooperative(tx);
      if (
        assignment.role === 'administrator' &&
        !(await isAnotherAdministratorLeft(tx, assignment.memberId, today))
      ) {
        return refuse({ code: 'LAST_ADMINISTRATOR' });
      }
      await revokeAssignments(tx, [assignment.assignmentId], reason);
      return accept({ memberId: assignment.memberId });
    },
  );
}
