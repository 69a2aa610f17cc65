// Peers' SQL: who could be asked on a day, the terms a round waits under with what was said in it, and the items that are
// with their peers.
import type { Queryable, Transaction } from '@habitat/database';
import type { LocalDate, Role } from '@habitat/kernel';
import type { Absence } from '../absence/absence.ts';
import { findAbsences } from '../absence/absence.store.ts';
import type { ContributionRow } from '../contribution/contribution.rows.ts';
import { contributionColumns, decimalOf, toContribution } from '../contribution/contribution.rows.ts';
import type { Contribution } from '../contribution/contribution.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import type { Peer, PeerReview, PeerSetting, PeerVote } from './peer.ts';

type Client = Queryable & Pick<Transaction, 'cooperativeId'>;

/** Whose peers, and at which instant. */
export type PeerPlace = Pick<Transaction, 'cooperativeId' | 'now'>;

/** Who could be asked as a peer now. */
export async function loadPeerSetting(client: Queryable & PeerPlace): Promise<PeerSetting> {
  const { today } = await getCooperative(client);
  return { ...(await loadPeers(client, today)), today };
}

/** Every active member who can sign in, with the roles they hold on this day, and the absences not over. */
export async function loadPeers(
  client: Client,
  today: LocalDate,
): Promise<{ readonly peers: Peer[]; readonly absences: Absence[] }> {
  const peers = await client.query<Peer & Record<string, unknown>>(
    `select m.member_id as "memberId", m.login_id as "loginId", m.class, array_agg(a.role order by a.role) as roles
     from people.member m
     join people.role_assignment a on a.cooperative_id = m.cooperative_id and a.member_id = m.member_id
       and a.revoked_at is null and (a.expires_on is null or a.expires_on >= $2)
     where m.cooperative_id = $1 and m.status = 'active' and m.login_id is not null
     group by m.member_id, m.login_id, m.class, m.number order by m.number`,
    [client.cooperativeId, today],
  );
  return { peers, absences: await findAbsences(client, client.cooperativeId, today) };
}

/** A vote with when it was given, for the pages. */
export interface GivenVote extends PeerVote {
  readonly at: Date;
}

/** A round with its peers: its terms and what was said so far, in order. */
export interface PeerRound {
  readonly contributionId: string;
  readonly review: PeerReview;
  readonly votes: readonly GivenVote[];
}

interface RoundRow {
  readonly contribution_id: string;
  readonly round: number;
  readonly needed: number;
  readonly until_on: LocalDate;
  readonly on_timeout: PeerReview['onTimeout'];
  readonly role: Role | null;
  readonly class: string | null;
  readonly policy_version: number;
}

interface VoteRow {
  readonly contribution_id: string;
  readonly round: number;
  readonly member_id: string;
  readonly login_id: string;
  readonly verdict: PeerVote['verdict'];
  readonly quantity: string;
  readonly value_minor: bigint;
  readonly voted_at: Date;
}

function toVote(row: VoteRow): GivenVote {
  return {
    round: row.round,
    memberId: row.member_id,
    loginId: row.login_id,
    verdict: row.verdict,
    quantity: decimalOf(row.quantity),
    valueMinor: row.value_minor,
    at: row.voted_at,
  };
}

function toReview(row: RoundRow): PeerReview {
  return {
    round: row.round,
    needed: row.needed,
    untilOn: row.until_on,
    onTimeout: row.on_timeout,
    role: row.role,
    class: row.class,
    policyVersion: row.policy_version,
  };
}

/** The last round of each of these contributions that peers were asked about; those never asked about are missing. */
export async function findPeerRounds(
  client: Client,
  ids: readonly string[],
): Promise<Map<string, PeerRound>> {
  const wanted = [client.cooperativeId, [...new Set(ids)]];
  const reviews = await client.query<RoundRow & Record<string, unknown>>(
    `select distinct on (contribution_id) contribution_id, round, needed, until_on, on_timeout, role, class, policy_version
     from people.peer_review where cooperative_id = $1 and contribution_id = any($2::uuid[])
     order by contribution_id, round desc`,
    wanted,
  );
  if (reviews.length === 0) return new Map();
  const votes = await client.query<VoteRow & Record<string, unknown>>(
    `select contribution_id, round, member_id, login_id, verdict, quantity, value_minor, voted_at
     from people.peer_vote where cooperative_id = $1 and contribution_id = any($2::uuid[]) order by voted_at, member_id`,
    wanted,
  );
  const rounds = reviews.map((row): PeerRound => {
    const said = votes.filter(
      (vote) => vote.contribution_id === row.contribution_id && vote.round === row.round,
    );
    return { contributionId: row.contribution_id, review: toReview(row), votes: said.map(toVote) };
  });
  return new Map(rounds.map((round) => [round.contributionId, round]));
}

/** What is with its peers, the oldest first. */
export async function findWithPeers(client: Client): Promise<Contribution[]> {
  const rows = await client.query<ContributionRow & Record<string, unknown>>(
    `select ${contributionColumns('c')} from people.contribution c
     where c.cooperative_id = $1 and c.peer_state = 'open' order by c.submitted_at, c.contribution_id`,
    [client.cooperativeId],
  );
  return rows.map(toContribution);
}
