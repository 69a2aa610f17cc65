// Roles held by members: granted by an administrator with a reason, never to oneself, until revoked or expired.
import type { Role } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import { COMPOSITE_ROLES, expandRoles, isRole } from '@habitat/kernel';
import type { CompositeRole } from '@habitat/kernel';

export interface RoleAssignment {
  readonly assignmentId: string;
  readonly memberId: string;
  readonly role: Role;
  readonly kinds: readonly string[] | null;
  readonly categories: readonly string[] | null;
  readonly limitMinor: bigint | null;
  readonly grantedByMemberId: string | null;
  readonly reason: string;
  /** What the reason is where nobody wrote it; null where somebody did. */
  readonly reasonCode: 'joined' | null;
  readonly grantedAt: Date;
  readonly expiresOn: LocalDate | null;
  readonly revokedAt: Date | null;
  readonly revokeReason: string | null;
}

/** True while an assignment gives its role. */
export function isInForce(
  assignment: Pick<RoleAssignment, 'expiresOn' | 'revokedAt'>,
  on: LocalDate,
): boolean {
  return assignment.revokedAt === null && (assignment.expiresOn === null || on <= assignment.expiresOn);
}

/** Base roles behind a name an administrator may give; null for a name that is none. */
export function rolesNamed(name: string): Role[] | null {
  if (!isRole(name) && !(name in COMPOSITE_ROLES)) return null;
  return expandRoles([name as Role | CompositeRole]);
}
