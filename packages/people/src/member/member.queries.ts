// Reading members: by id, by number or name in pages, and the history of their standing.
import type { Database } from '@habitat/database';
import type { MemberStatus } from '@habitat/events';
import type { Member } from './member.ts';
import type { MemberRow } from './member.store.ts';
import { findMembersByIds, MEMBER_COLUMNS, toMember } from './member.store.ts';

/** Members by id, in any order; unknown ones are missing. */
export async function findMembers(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<Member[]> {
  const found = await database.transaction('people', { cooperativeId }, (client) =>
    findMembersByIds(client, cooperativeId, ids),
  );
  return [...found.values()];
}

/** Which members a list shows; absent parts do not narrow it. */
export interface MemberFilter {
  readonly status?: MemberStatus | null;
  readonly class?: string | null;
  /** Part of a name or e-mail, or the whole number. */
  readonly search?: string | null;
}

const filterSql = `m.cooperative_id = $1 and ($2::text is null or m.status = $2) and ($3::text is null or m.class = $3)
  and ($4::text is null or m.display_name ilike $4 or m.legal_name ilike $4 or m.email ilike $4 or m.number::text = $5)`;

function filterValues(cooperativeId: string, filter: MemberFilter): unknown[] {
  const search = filter.search?.trim() || null;
  // What people type is text, not a pattern.
  const pattern = search === null ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return [cooperativeId, filter.status ?? null, filter.class ?? null, pattern, search];
}

/** Members by number (`after` is the number of the last one seen) or by name (`after` is its name and id). */
export async function listMembers(
  database: Database,
  cooperativeId: string,
  query: MemberFilter & {
    readonly by?: 'number' | 'name';
    readonly limit: number;
    readonly after?: readonly string[] | null;
  },
): Promise<Member[]> {
  const byName = query.by === 'name';
  const [behind, order] = byName
    ? [
        '($6::text is null or (lower(m.display_name), m.member_id) > (lower($6), $7::uuid))',
        'lower(m.display_name), m.member_id',
      ]
    : ['($6::text is null or m.number > $6::integer) and $7::text is null', 'm.number'];
  const after = [query.after?.[0] ?? null, byName ? (query.after?.[1] ?? null) : null];
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<MemberRow & Record<string, unknown>>(
      `select ${MEMBER_COLUMNS} from people.member m where ${filterSql} and ${behind} order by ${order} limit $8`,
      [...filterValues(cooperativeId, query), ...after, query.limit],
    ),
  );
  return rows.map(toMember);
}

export async function countMembers(
  database: Database,
  cooperativeId: string,
  filter: MemberFilter = {},
): Promise<number> {
  const [row] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<{ count: number }>(
      `select count(*)::int as count from people.member m where ${filterSql}`,
      filterValues(cooperativeId, filter),
    ),
  );
  return row?.count ?? 0;
}

/** One step of a member's standing: what happened, when, by whom and why. */
export interface MemberStep {
  readonly memberId: string;
  readonly act: string;
  readonly from: MemberStatus | null;
  readonly to: MemberStatus;
  readonly reason: string | null;
  readonly byMemberId: string | null;
  readonly at: Date;
}

/** How members came to stand where they do, oldest first (batch loader). */
export async function memberSteps(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<MemberStep[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    client.query<MemberStep & Record<string, unknown>>(
      `select member_id as "memberId", act, from_status as "from", to_status as "to",
         nullif(people.unseal(member_id, reason), '') as reason,
         actor_member_id as "byMemberId", recorded_at as at
       from people.member_step where cooperative_id = $1 and member_id = any($2::uuid[]) order by member_id, sequence`,
      [cooperativeId, memberIds],
    ),
  );
}

/** A member by e-mail, whatever its capitals; null when there is none. */
export async function findMemberByEmail(
  database: Database,
  cooperativeId: string,
  email: string,
): Promise<Member | null> {
  const [row] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<MemberRow & Record<string, unknown>>(
      `select ${MEMBER_COLUMNS} from people.member m where m.cooperative_id = $1 and lower(m.email) = lower($2)`,
      [cooperativeId, email.trim()],
    ),
  );
  return row === undefined ? null : toMember(row);
}
