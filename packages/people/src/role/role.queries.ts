// Who acts: the roles in force for a member or behind a login, read anew on every request so that a revocation
// counts at once.
import type { Database } from '@habitat/database';
import type { MemberStatus } from '@habitat/events';
import type { Actor, LocalDate, Role } from '@habitat/kernel';
import { ROLES } from '@habitat/kernel';
import { rolesInStanding } from '../member/member.ts';

import type { RoleAssignment } from './role.ts';
import { findAssignments, findEndedAssignments } from './role.store.ts';

const rolesSql = (by: 'member_id' | 'login_id') => `
  select m.member_id, m.status, m.display_name,
    coalesce(array_agg(a.role) filter (where a.role is not null), '{}') as roles,
    jsonb_object_agg(a.role, a.limit_minor::text) filter (where a.limit_minor is not null) as limits
  from people.member m
  left join people.role_assignment a on a.cooperative_id = m.cooperative_id and a.member_id = m.member_id
    and a.revoked_at is null and (a.expires_on is null or a.expires_on >= $3)
  where m.cooperative_id = $1 and m.${by} = $2
  group by m.cooperative_id, m.member_id`;

interface HolderRow {
  readonly member_id: string;
  readonly status: MemberStatus;
  readonly display_name: string;
  readonly roles: Role[];
  /** Of assignments with one. */
  readonly limits?: Readonly<Partial<Record<Role, string>>> | null;
}

/** The ceilings of what is held, for rules that weigh an amount. */
function limitsOf({ limits }: HolderRow): Partial<Record<Role, bigint>> {
  return Object.fromEntries(Object.entries(limits ?? {}).map(([role, limit]) => [role, BigInt(limit)]));
}

function inForce(row: HolderRow): Role[] {
  const standing = rolesInStanding(row.status, row.roles);
  return ROLES.filter((role) => standing.includes(role));
}

/** What a member holds: the roles, and up to which amount those whose assignment says so reach. */
export interface Holding {
  readonly roles: readonly Role[];
  readonly limits: Partial<Record<Role, bigint>>;
}

type Held = { readonly cooperativeId: string; readonly memberId: string; readonly on: LocalDate };

/** Base roles a member holds on a day, after what their standing allows; none for an unknown member. */
export async function rolesOf(database: Database, query: Held): Promise<readonly Role[]> {
  return (await holdingOf(database, query)).roles;
}

/** As `rolesOf`, with the limits of the assignments. */
export async function holdingOf(database: Database, query: Held): Promise<Holding> {
  return database.read('people', { cooperativeId: query.cooperativeId }, async (client) => {
    const [row] = await client.query<HolderRow & Record<string, unknown>>(rolesSql('member_id'), [
      query.cooperativeId,
      query.memberId,
      query.on,
    ]);
    return row === undefined ? { roles: [], limits: {} } : { roles: inForce(row), limits: limitsOf(row) };
  });
}

const todayOf = `($3::timestamptz at time zone
  (select c.time_zone from people.cooperative c where c.cooperative_id = m.cooperative_id))::date`;

/** The members who hold one of these roles now, on the cooperative's own today, after what their standing allows. */
export async function listRoleHolders(
  database: Database,
  query: { readonly cooperativeId: string; readonly roles: readonly Role[]; readonly now: Date },
): Promise<{ readonly memberId: string; readonly roles: readonly Role[] }[]> {
  const rows = await database.read('people', { cooperativeId: query.cooperativeId }, (client) =>
    client.query<HolderRow & Record<string, unknown>>(
      `select m.member_id, m.status, m.display_name, array_agg(a.role) as roles
       from people.role_assignment a
       join people.member m on m.cooperative_id = a.cooperative_id and m.member_id = a.member_id
       where a.cooperative_id = $1 and a.role = any($2) and a.revoked_at is null
         and (a.expires_on is null or a.expires_on >= ${todayOf})
       group by m.cooperative_id, m.member_id`,
      [query.cooperativeId, query.roles, query.now],
    ),
  );
  return rows
    .map((row) => ({ memberId: row.member_id, roles: inForce(row) }))
    .filter(({ roles }) => roles.length > 0);
}

/** The actor behind a login in one cooperative: member and roles in force on its today, or null without membership. */
export async function findActor(
  database: Database,
  query: { readonly cooperativeId: string; readonly loginId: string; readonly now: Date },
): Promise<(Actor & { readonly displayName: string; readonly memberStatus: MemberStatus }) | null> {
  const { cooperativeId, loginId, now } = query;
  return database.transaction('people', { cooperativeId }, async (client) => {
    const [row] = await client.query<HolderRow & Record<string, unknown>>({
      name: 'find-actor',
      text: rolesSql('login_id').replace('$3', todayOf),
      values: [cooperativeId, loginId, now],
    });
    if (row === undefined) return null;
    return {
      kind: 'person',
      cooperativeId,
      loginId,
      memberId: row.member_id,
      roles: inForce(row),
      limits: limitsOf(row),
      displayName: row.display_name,
      memberStatus: row.status,
    };
  });
}

/** Assignments in force or expired, not revoked, by member (batch loader). */
export async function roleAssignmentsOf(
  database: Database,
  query: { readonly cooperativeId: string; readonly memberIds: readonly string[] },
): Promise<Map<string, RoleAssignment[]>> {
  const found = await database.read('people', { cooperativeId: query.cooperativeId }, (client) =>
    findAssignments(client, query.cooperativeId, query.memberIds),
  );
  const byMember = new Map<string, RoleAssignment[]>(query.memberIds.map((id) => [id, []]));
  for (const assignment of found) byMember.get(assignment.memberId)?.push(assignment);
  return byMember;
}

/** Assignments taken away or ended as expired, by member, the latest first (batch loader). */
export async function endedAssignmentsOf(
  database: Database,
  query: { readonly cooperativeId: string; readonly memberIds: readonly string[] },
): Promise<RoleAssignment[]> {
  return database.read('people', { cooperativeId: query.cooperativeId }, (client) =>
    findEndedAssignments(client, query.cooperativeId, query.memberIds),
  );
}
