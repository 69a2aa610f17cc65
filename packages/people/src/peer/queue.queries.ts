// What waits for one member's word as a peer, in keyset pages. Who is a peer is said by `isPeer`; here the database picks by
// the same terms, so that a page costs no more than its rows.
import type { Database, Session } from '@habitat/database';
import { queueKey } from '../approval/queue.queries.ts';
import type { PageRequest } from '../contribution/contribution.queries.ts';
import type { ContributionRow } from '../contribution/contribution.rows.ts';
import { contributionColumns, toContribution } from '../contribution/contribution.rows.ts';
import type { Contribution } from '../contribution/contribution.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import type { PeerPlace } from './peer.store.ts';

/** Key of a row in `listPeerQueue`. */
export const peerQueueKey = queueKey;

/** Active, able to sign in, of the role and class the round asks for, not one's own, in time, and silent so far. */
const waitingSql = `from people.member m
  join people.contribution c on c.cooperative_id = m.cooperative_id and c.peer_state = 'open'
    and c.member_id <> m.member_id and c.logged_by_member_id is distinct from m.member_id
    and c.logged_by_login_id is distinct from m.login_id
  join people.peer_review r on r.cooperative_id = c.cooperative_id and r.contribution_id = c.contribution_id
    and r.round = c.round and r.until_on >= $3 and (r.class is null or r.class = m.class)
  where m.cooperative_id = $1 and m.member_id = $2 and m.status = 'active' and m.login_id is not null
    and exists (select from people.role_assignment a
      where a.cooperative_id = m.cooperative_id and a.member_id = m.member_id and a.role = coalesce(r.role, 'member')
        and a.revoked_at is null and (a.expires_on is null or a.expires_on >= $3))
    and not exists (select from people.peer_vote v
      where v.cooperative_id = c.cooperative_id and v.contribution_id = c.contribution_id and v.round = c.round
        and v.member_id = m.member_id)`;

/** Runs with the first three values of a statement with `waitingSql`. */
async function reading<Row>(
  database: Database,
  { cooperativeId, now }: PeerPlace,
  memberId: string,
  read: (session: Session, values: readonly unknown[]) => Promise<Row[]>,
): Promise<Row[]> {
  return database.transaction('people', { cooperativeId }, async (session) => {
    const { today } = await getCooperative({ query: session.query.bind(session), cooperativeId, now });
    return read(session, [cooperativeId, memberId, today]);
  });
}

/** What waits for this member's word, the oldest submission first; also while they are away. */
export async function listPeerQueue(
  database: Database,
  place: PeerPlace,
  memberId: string,
  page: PageRequest,
): Promise<Contribution[]> {
  const [at, id] = page.after ?? [null, null];
  const rows = await reading(database, place, memberId, (session, values) =>
    session.query<ContributionRow & Record<string, unknown>>(
      `select ${contributionColumns('c')} ${waitingSql}
         and ($4::timestamptz is null or (c.submitted_at, c.contribution_id) > ($4, $5::uuid))
       order by c.submitted_at, c.contribution_id limit $6`,
      [...values, at, id, page.limit],
    ),
  );
  return rows.map(toContribution);
}

/** How much waits for this member's word. */
export async function countPeerQueue(
  database: Database,
  place: PeerPlace,
  memberId: string,
): Promise<number> {
  const [row] = await reading(database, place, memberId, (session, values) =>
    session.query<{ count: number }>(`select count(*)::int as count ${waitingSql}`, values),
  );
  return row?.count ?? 0;
}

/** True while this contribution waits for this member's word. */
export async function isWaitingForPeer(
  database: Database,
  place: PeerPlace,
  memberId: string,
  contributionId: string,
): Promise<boolean> {
  const rows = await reading(database, place, memberId, (session, values) =>
    session.query(`select ${waitingSql} and c.contribution_id = $4`, [...values, contributionId]),
  );
  return rows.length > 0;
}
