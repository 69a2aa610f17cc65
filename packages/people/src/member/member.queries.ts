// Reading members: by id, by number in pages, and the history of their standing.
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

/** Members by number. `after` is the number of the last one seen. */
export async function listMembers(
  database: Database,
  cooperativeId: string,
  query: {
    readonly status?: MemberStatus | null;
    readonly limit: number;
    readonly after?: readonly string[] | null;
  },
): Promise<Member[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<MemberRow & Record<string, unknown>>(
      `select ${MEMBER_COLUMNS} from people.member m
       where m.cooperative_id = $1 and ($2::text is null or m.status = $2) and m.number > $3 order by m.number limit $4`,
      [cooperativeId, query.status ?? null, query.after?.[0] ?? '0', query.limit],
    ),
  );
  return rows.map(toMember);
}

export async function countMembers(
  database: Database,
  cooperativeId: string,
  status: MemberStatus | null = null,
): Promise<number> {
  const [row] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<{ count: number }>(
      'select count(*)::int as count from people.member where cooperative_id = $1 and ($2::text is null or status = $2)',
      [cooperativeId, status],
    ),
  );
  return row?.count ?? 0;
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
