/**
 * Who acts: a person, a programmatic agent or the system itself, always inside one cooperative.
 * Roles are the base grants; composites are only bundles of them and never carry a right of their own.
 */

/** The base roles of the permission matrix. `board_member` is a grant of its own: it approves allocations. */
export const ROLES = [
  'member',
  'contributor',
  'reviewer',
  'treasurer',
  'allocator',
  'administrator',
  'auditor',
  'agent',
  'board_member',
] as const;
export type Role = (typeof ROLES)[number];

/** Bundles an administrator may assign in one go; they are expanded when they are granted. */
export const COMPOSITE_ROLES = {
  full_member: ['member', 'contributor'],
  operations_steward: ['member', 'contributor', 'reviewer'],
  board_member: ['member', 'board_member'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type CompositeRole = keyof typeof COMPOSITE_ROLES;

export type ActorKind = 'person' | 'agent' | 'system';

export interface Actor {
  readonly kind: ActorKind;
  readonly cooperativeId: string;
  /** The login that signed in; null for the system. */
  readonly loginId: string | null;
  /** The member behind the login; null for staff without membership, agents and the system. */
  readonly memberId: string | null;
  /** Base roles in force now, composites already expanded. */
  readonly roles: readonly Role[];
  /** Amounts, in minor units, up to which an assignment with a limit reaches; a role that is not named has none. */
  readonly limits?: Readonly<Partial<Record<Role, bigint>>>;
  /** Of an agent: the acts its key was given. Its roles and its name are those of the person it acts for. */
  readonly scopes?: readonly string[];
}

/** The actor of event handlers, schedules and migrations: acts for the cooperative, is nobody's colleague. */
export function systemActor(cooperativeId: string): Actor {
  return { kind: 'system', cooperativeId, loginId: null, memberId: null, roles: [] };
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Base roles behind a list of base and composite role names, each once, in the order of `ROLES`. */
export function expandRoles(names: readonly (Role | CompositeRole)[]): Role[] {
  const granted = new Set<Role>();
  for (const name of names) {
    if (isRole(name)) granted.add(name);
    if (name in COMPOSITE_ROLES) {
      for (const role of COMPOSITE_ROLES[name as CompositeRole]) granted.add(role);
    }
  }
  return ROLES.filter((role) => granted.has(role));
}

export function hasRole(actor: Actor, ...anyOf: readonly Role[]): boolean {
  return anyOf.some((role) => actor.roles.includes(role));
}

/**
 * True when two actors are, or may be, the same human being: same login or same member. Dual control
 * and "not your own" both ask this; two system actors count as the same.
 */
export function isSamePerson(left: Actor, right: Actor): boolean {
  if (left.cooperativeId !== right.cooperativeId) return false;
  if (left.kind === 'system' && right.kind === 'system') return true;
  const sameLogin = left.loginId !== null && left.loginId === right.loginId;
  const sameMember = left.memberId !== null && left.memberId === right.memberId;
  return sameLogin || sameMember;
}

/** True when the actor is the member a thing belongs to. */
export function isOwn(actor: Actor, memberId: string): boolean {
  return actor.memberId !== null && actor.memberId === memberId;
}
