// Reading members: by id, by number or name in pages, and the history of their standing.
import type { Condition, Database } from '@habitat/database';
import { holding, narrow } from '@habitat/database';
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

function filtered(cooperativeId: string, { status, class: name, search }: MemberFilter): Condition[] {
  const found =
    '(m.display_name ilike $1 or m.legal_name ilike $1 or m.email ilike $1 or m.number::text = $2)';
  return [
    ['m.cooperative_id = $1', cooperativeId],
    ['m.status = $1', status],
    ['m.class = $1', name],
    [found, holding(search), search?.trim()],
  ];
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
  const [last, lastId] = query.after ?? [];
  const behind: Condition =
    query.by === 'name'
      ? ['(lower(m.display_name), m.member_id) > (lower($1), $2::uuid)', last, lastId]
      : ['m.number > $1::integer', last];
  const order = query.by === 'name' ? 'lower(m.display_name), m.member_id' : 'm.number';
  const list = narrow({
    name: `list-members-by-${query.by ?? 'number'}`,
    where: [...filtered(cooperativeId, query), behind],
    values: [query.limit],
    text: (where, limit) =>
      `select ${MEMBER_COLUMNS} from people.member m where ${where} order by ${order} limit ${limit}`,
  });
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<MemberRow & Record<string, unknown>>(list),
  );
  return rows.map(toMember);
}

export async function countMembers(
  database: Database,
  cooperativeId: string,
  filter: MemberFilter = {},
): Promise<number> {
  const query = narrow({
    name: 'count-members',
    where: filtered(cooperativeId, filter),
    text: (where) => `select count(*)::int as count from people.member m where ${where}`,
  });
  const [row] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<{ count: number }>(query),
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
