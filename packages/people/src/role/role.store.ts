// Role assignments' SQL: what a member holds on a day, and whether an administrator would be left.
import type { Queryable, Transaction } from '@habitat/database';
import { encodePayload } from '@habitat/events';
import type { LocalDate, Role } from '@habitat/kernel';
import { newId } from '@habitat/kernel';
import type { RoleAssignment } from './role.ts';

interface RoleRow {
  readonly assignment_id: string;
  readonly member_id: string;
  readonly role: Role;
  readonly kinds: string[] | null;
  readonly categories: string[] | null;
  readonly limit_minor: bigint | null;
  readonly granted_by_member_id: string | null;
  readonly reason: string;
  readonly reason_code: RoleAssignment['reasonCode'];
  readonly granted_at: Date;
  readonly expires_on: LocalDate | null;
  readonly revoked_at: Date | null;
  readonly revoke_reason: string | null;
}

const COLUMNS = `assignment_id, member_id, role, kinds, categories, limit_minor, granted_by_member_id, reason, granted_at,
  expires_on, revoked_at, revoke_reason, reason_code`;

function toAssignment(row: RoleRow): RoleAssignment {
  return {
    assignmentId: row.assignment_id,
    memberId: row.member_id,
    role: row.role,
    kinds: row.kinds,
    categories: row.categories,
    limitMinor: row.limit_minor,
    grantedByMemberId: row.granted_by_member_id,
    reason: row.reason,
    reasonCode: row.reason_code,
    grantedAt: row.granted_at,
    expiresOn: row.expires_on,
    revokedAt: row.revoked_at,
    revokeReason: row.revoke_reason,
  };
}

/** Assignments not revoked, of these members, oldest first; expired ones included. */
export async function findAssignments(
  client: Queryable,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<RoleAssignment[]> {
  const rows = await client.query<RoleRow & Record<string, unknown>>(
    `select ${COLUMNS} from people.role_assignment
     where cooperative_id = $1 and member_id = any($2::uuid[]) and revoked_at is null order by granted_at, role`,
    [cooperativeId, [...new Set(memberIds)]],
  );
  return rows.map(toAssignment);
}

/** Assignments that were revoked, or ended as expired, of these members, the latest first. */
export async function findEndedAssignments(
  client: Queryable,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<RoleAssignment[]> {
  const rows = await client.query<RoleRow & Record<string, unknown>>(
    `select ${COLUMNS} from people.role_assignment
     where cooperative_id = $1 and member_id = any($2::uuid[]) and revoked_at is not null order by revoked_at desc, role`,
    [cooperativeId, [...new Set(memberIds)]],
  );
  return rows.map(toAssignment);
}

export async function findAssignment(tx: Transaction, assignmentId: string): Promise<RoleAssignment | null> {
  const [row] = await tx.query<RoleRow & Record<string, unknown>>(
    `select ${COLUMNS} from people.role_assignment where cooperative_id = $1 and assignment_id = $2 for update`,
    [tx.cooperativeId, assignmentId],
  );
  return row === undefined ? null : toAssignment(row);
}

export interface GrantDraft {
  readonly memberId: string;
  readonly role: Role;
  readonly reason: string;
  readonly reasonCode?: RoleAssignment['reasonCode'];
  readonly expiresOn?: LocalDate | null;
  readonly kinds?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
  readonly limitMinor?: bigint | null;
}

/** Grants roles as the acting person, any number in one statement. */
export async function insertAssignments(tx: Transaction, grants: readonly GrantDraft[]): Promise<void> {
  if (grants.length === 0) return;
  const records = grants.map((grant) => ({
    assignment_id: newId(),
    member_id: grant.memberId,
    role: grant.role,
    reason: grant.reason,
    reason_code: grant.reasonCode ?? null,
    expires_on: grant.expiresOn ?? null,
    kinds: grant.kinds ?? null,
    categories: grant.categories ?? null,
    limit_minor: grant.limitMinor ?? null,
  }));
  await tx.query(
    `insert into people.role_assignment (cooperative_id, assignment_id, member_id, role, kinds, categories, limit_minor,
       granted_by_kind, granted_by_login_id, granted_by_member_id, reason, granted_at, expires_on, reason_code)
     select $1, r.assignment_id, r.member_id, r.role, r.kinds, r.categories, r.limit_minor, $3, $4, $5, r.reason, $6, r.expires_on,
       r.reason_code
     from jsonb_to_recordset($2::jsonb) as r (assignment_id uuid, member_id uuid, role text, kinds text[], categories text[],
       limit_minor bigint, reason text, expires_on date, reason_code text)`,
    [tx.cooperativeId, encodePayload(records), tx.actor.kind, tx.actor.loginId, tx.actor.memberId, tx.now],
  );
}

export async function revokeAssignments(
  tx: Transaction,
  assignmentIds: readonly string[],
  reason: string,
): Promise<void> {
  await tx.query(
    `update people.role_assignment set revoked_at = $3, revoked_by_member_id = $4, revoke_reason = $5
     where cooperative_id = $1 and assignment_id = any($2::uuid[]) and revoked_at is null`,
    [tx.cooperativeId, assignmentIds, tx.now, tx.actor.memberId, reason],
  );
}

/** True when somebody else could still act as administrator on that day; asked under the cooperative's lock. */
export async function isAnotherAdministratorLeft(
  tx: Transaction,
  memberId: string,
  on: LocalDate,
): Promise<boolean> {
  const rows = await tx.query(
    `select from people.role_assignment a
     join people.member m on m.cooperative_id = a.cooperative_id and m.member_id = a.member_id
     where a.cooperative_id = $1 and a.role = 'administrator' and a.member_id <> $2 and a.revoked_at is null
       and (a.expires_on is null or a.expires_on >= $3) and m.status in ('active', 'withdrawing') limit 1`,
    [tx.cooperativeId, memberId, on],
  );
  return rows.length > 0;
}
