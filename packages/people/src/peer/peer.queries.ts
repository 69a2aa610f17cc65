// Reading what is with its peers: whose word is waited for, and what was said.
import type { Database } from '@habitat/database';
import type { LocalDate } from '@habitat/kernel';
import { formatDecimal } from '@habitat/kernel';
import { findContributions } from '../contribution/contribution.queries.ts';
import { decimalOf } from '../contribution/contribution.rows.ts';
import type { PeerVote } from './peer.ts';
import { peersAsked } from './peer.ts';
import type { PeerPlace, PeerRound } from './peer.store.ts';
import { findPeerRounds, loadPeerSetting } from './peer.store.ts';

/** The last round of each of these contributions that peers were asked about. */
export async function peerRoundsOf(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<Map<string, PeerRound>> {
  return database.transaction('people', { cooperativeId }, (session) =>
    findPeerRounds({ query: session.query.bind(session), cooperativeId }, ids),
  );
}

/** A word somebody gave as a peer, as it may be handed to them: nothing of whose contribution it was but its number. */
export interface OwnWord {
  readonly number: number;
  readonly workedOn: LocalDate;
  readonly kind: string;
  readonly category: string;
  readonly quantity: string;
  readonly verdict: PeerVote['verdict'];
  /** Why not, in one's own words; null of a yes, and once whoever gave it was erased. */
  readonly reason: string | null;
  readonly at: Date;
}

/** Everything a member said as a peer, in order. */
export async function wordsOfPeer(
  database: Database,
  cooperativeId: string,
  memberId: string,
): Promise<OwnWord[]> {
  const rows = await database.read('people', { cooperativeId }, (session) =>
    session.query<OwnWord & Record<string, unknown>>(
      `select c.number, c.worked_on as "workedOn", c.kind, c.category, v.quantity, v.verdict, v.voted_at as at,
         (select nullif(people.unseal(c.member_id, s.reason), '') from people.contribution_step s
          where s.cooperative_id = v.cooperative_id and s.contribution_id = v.contribution_id
            and s.act = 'peer_objected' and s.actor_member_id = v.member_id and s.recorded_at = v.voted_at limit 1) as reason
       from people.peer_vote v
       join people.contribution c on c.cooperative_id = v.cooperative_id and c.contribution_id = v.contribution_id
       where v.cooperative_id = $1 and v.member_id = $2 order by v.voted_at, c.number`,
      [cooperativeId, memberId],
    ),
  );
  return rows.map((row) => ({ ...row, quantity: formatDecimal(decimalOf(row.quantity)) }));
}

/** Members whose word is still waited for, by contribution; what is not with its peers is missing. */
export async function peersAskedOf(
  database: Database,
  place: PeerPlace,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { cooperativeId } = place;
  const found = await findContributions(database, cooperativeId, ids);
  const open = found.filter(({ peerState, status }) => peerState === 'open' && status === 'submitted');
  if (open.length === 0) return new Map();
  return database.transaction('people', { cooperativeId }, async (session) => {
    const client = { query: session.query.bind(session), ...place };
    const setting = await loadPeerSetting(client);
    const rounds = await findPeerRounds(
      client,
      open.map(({ contributionId }) => contributionId),
    );
    return new Map(
      open.map((contribution) => {
        const round = rounds.get(contribution.contributionId);
        const asked = round === undefined ? [] : peersAsked(contribution, round.review, round.votes, setting);
        return [contribution.contributionId, asked.map(({ memberId }) => memberId)];
      }),
    );
  });
}
