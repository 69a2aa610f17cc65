// Peers' acts, and the end of their days. Each locks the contribution first and only then reads what was said, so that two
// peers on the last place, or a peer and the clock, never both end it.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Actor, Result } from '@habitat/kernel';
import { accept, may, refuse, systemActor } from '@habitat/kernel';
import { maySee } from '../approval/access.ts';
import type { Logged, NotFound } from '../contribution/command-facts.ts';
import { decideOne, lockOne, saveOne, spanOf } from '../contribution/command-facts.ts';
import type { Change, Contribution } from '../contribution/contribution.ts';
import { loadSetting, workFactsOn } from '../contribution/setting.store.ts';
import type { ObjectRefusal, PeerFacts, ValidateRefusal } from './peer-decision.ts';
import { endOfPeers, objectTo, validate } from './peer-decision.ts';
import { canBeReached, isPeer } from './peer.ts';
import type { PeerPlace } from './peer.store.ts';
import { findPeerRounds, findWithPeers, loadPeerSetting } from './peer.store.ts';

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: 'contribution.validate' };

async function factsOf(tx: Transaction, contribution: Contribution): Promise<PeerFacts> {
  const { contributionId, kind, memberId, workedOn } = contribution;
  const setting = await loadSetting(tx, {
    kinds: [kind],
    memberIds: [memberId],
    ...spanOf([workedOn]),
    decides: false,
    peers: true,
  });
  const round = (await findPeerRounds(tx, [contributionId])).get(contributionId);
  const present = round?.review.round === contribution.round ? round : undefined;
  return {
    ...workFactsOn(setting, workedOn),
    peers: setting.peers,
    absences: setting.absences,
    today: setting.today,
    now: tx.now,
    review: present?.review ?? null,
    votes: present?.votes ?? [],
  };
}

/** A peer who is asked sees it besides those who see it anyway. */
function isSeen(actor: Actor, contribution: Contribution, { review, peers }: PeerFacts): boolean {
  const peer = peers.find(({ memberId }) => memberId === actor.memberId);
  const asked = review !== null && peer !== undefined && isPeer(peer, contribution, review);
  return asked || maySee(actor, contribution);
}

async function sayAsPeer<Refusal>(
  tx: Transaction,
  contributionId: string,
  rule: (contribution: Contribution, facts: PeerFacts) => Result<Change, Refusal>,
): Promise<Result<Logged, Refusal | NotFound | Forbidden>> {
  const act = 'contribution.validate';
  if (!may(tx.actor, act)) return refuse({ code: 'FORBIDDEN', act });
  return decideOne(
    tx,
    contributionId,
    (contribution) => factsOf(tx, contribution),
    rule,
    (contribution, facts) => isSeen(tx.actor, contribution, facts),
  );
}

/**
 * Says as a peer that a contribution was given as logged. Refusals in order: FORBIDDEN, CONTRIBUTION_NOT_FOUND, those of
 * `validate`.
 */
export async function validateContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string },
) {
  return runCommand<Logged, ValidateRefusal | NotFound>(
    database,
    'people',
    context,
    { name: 'validateContribution', input },
    (tx) =>
      sayAsPeer(tx, input.contributionId, (contribution, facts) => validate(contribution, tx.actor, facts)),
  );
}

/**
 * Says no as a peer, with a reason; a reviewer decides it from then on. Refusals in order: FORBIDDEN,
 * CONTRIBUTION_NOT_FOUND, those of `objectTo`.
 */
export async function objectToContribution(
  database: Database,
  context: CommandContext,
  input: { readonly contributionId: string; readonly reason: string },
) {
  return runCommand<Logged, ObjectRefusal | NotFound>(
    database,
    'people',
    context,
    { name: 'objectToContribution', input },
    (tx) =>
      sayAsPeer(tx, input.contributionId, (contribution, facts) =>
        objectTo(contribution, tx.actor, input.reason, facts),
      ),
  );
}

type NotDue = { readonly code: 'NOT_DUE' };

/** Items with their peers whose last day is over, or that too few are left to be asked about. */
async function findDue(database: Database, { cooperativeId, now }: PeerPlace): Promise<string[]> {
  return database.read('people', { cooperativeId }, async (session) => {
    const client = { query: session.query.bind(session), cooperativeId, now };
    const waiting = await findWithPeers(client);
    if (waiting.length === 0) return [];
    const setting = await loadPeerSetting(client);
    const rounds = await findPeerRounds(
      client,
      waiting.map(({ contributionId }) => contributionId),
    );
    const due = waiting.filter((contribution) => {
      const round = rounds.get(contribution.contributionId);
      if (round === undefined) return false;
      const { review, votes } = round;
      return setting.today > review.untilOn || !canBeReached(contribution, review, votes, setting);
    });
    return due.map(({ contributionId }) => contributionId);
  });
}

/** Ends, as the day demands, what is with its peers: each item by itself, once, however often it is looked for. */
export async function endPeerReviews(
  database: Database,
  context: PeerPlace & { readonly correlationId: string },
): Promise<{ readonly ended: number }> {
  const system = { ...context, actor: systemActor(context.cooperativeId) };
  const faults: unknown[] = [];
  let ended = 0;
  for (const contributionId of await findDue(database, context)) {
    const command = { name: 'endPeerReview', input: { contributionId } } as const;
    const answer = await runCommand<Logged, NotFound | NotDue>(database, 'people', system, command, (tx) =>
      endIfDue(tx, contributionId),
    ).catch((error: unknown) => {
      faults.push(error);
      return null;
    });
    if (answer?.ok === true) ended += 1;
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} peer reviews could not be ended`);
  return { ended };
}

/** Asked again once it is locked: a peer may have ended it meanwhile. */
async function endIfDue(tx: Transaction, contributionId: string): Promise<Result<Logged, NotFound | NotDue>> {
  const found = await lockOne(tx, contributionId);
  if (!found.ok) return found;
  const change = endOfPeers(found.value, await factsOf(tx, found.value));
  return change === null ? refuse({ code: 'NOT_DUE' }) : accept(await saveOne(tx, change));
}
