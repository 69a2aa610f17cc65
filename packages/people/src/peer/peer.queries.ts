// Reading what is with its peers: whose word is waited for, and what was said.
import type { Database } from '@habitat/database';
import { findContributions } from '../contribution/contribution.queries.ts';
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
