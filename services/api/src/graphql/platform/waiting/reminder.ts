// Reminding others of what waits for them, one way for everything that waits: a request, a contribution, a proposed
// allocation, a distribution. Whoever asked may, once it has waited a day and once a day; and where it would reach nobody,
// that is said instead.
import type { DistributionView, StoredAllocation } from '@habitat/agreements';
import { findDistributions, findWaitingProposal } from '@habitat/agreements';
import type { LocalDate } from '@habitat/kernel';
import { isId, may, todayIn } from '@habitat/kernel';
import type { Waiting } from '@habitat/notifications';
import {
  isAskedBy,
  lastReminders,
  reachesNobody,
  reminderRefused,
  rolesThatSecond,
} from '@habitat/notifications';
import type { Contribution } from '@habitat/people';
import { findContributions, isAuthor, listRoleHolders, maySee, turnOf, waitedFor } from '@habitat/people';
import { AllocationProposalRef } from '../../agreements/allocation/proposal.ts';
import { DistributionRef } from '../../agreements/distribution/distribution.ref.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { settingOf, signatureLoader } from '../../people/contribution/setting.ts';
import { ContributionRef } from '../../people/contribution.ref.ts';

/** Something that waits, as a reminder of it needs it, with the kind of its id. */
export interface Remindable {
  readonly type: 'WaitingRequest' | 'Contribution' | 'Allocation' | 'Distribution';
  readonly waiting: Waiting;
}

const lastReminderOf = requestLoader<string, LocalDate | null>(async (ids, { database, cooperativeId }) => {
  const last = await database.read('platform', { cooperativeId: cooperativeId() }, (client) =>
    lastReminders(client, cooperativeId(), ids),
  );
  return ids.map((id) => last.get(id) ?? null);
});

/** Who holds a role that seconds this act, by the act. */
const holdersLoader = requestLoader<string, readonly string[]>((acts, { database, cooperativeId, now }) =>
  Promise.all(
    acts.map(async (act) => {
      const query = { cooperativeId: cooperativeId(), roles: rolesThatSecond(act), now };
      return (await listRoleHolders(database, query)).map(({ memberId }) => memberId);
    }),
  ),
);

async function seatsOf(contribution: Contribution, context: ApiContext): Promise<readonly string[]> {
  const [setting, signatures] = await Promise.all([
    settingOf(context),
    signatureLoader(context).load(contribution.contributionId),
  ]);
  const { seats } = waitedFor(turnOf(contribution, signatures, setting), contribution, signatures);
  return seats.map(({ reviewer }) => reviewer.memberId);
}

/** Everybody a reminder would reach, whoever sends it among them. */
export async function reachedBy(
  { type, waiting }: Remindable,
  context: ApiContext,
): Promise<readonly string[]> {
  if (type !== 'Contribution') return holdersLoader(context).load(waiting.act);
  const [contribution] = await findContributions(context.database, context.cooperativeId(), [waiting.id]);
  return contribution === undefined ? [] : seatsOf(contribution, context);
}

/**
 * A contribution that waits for a reviewer: whose it is, whoever logged it for them, and whoever signed first, wait. Null
 * while it is with peers, who are asked for some days only.
 */
export async function remindableContribution(
  contribution: Contribution,
  context: ApiContext,
): Promise<Remindable | null> {
  const { contributionId: id, memberId, number, category, submittedAt } = contribution;
  if (contribution.status !== 'submitted' || contribution.peerState === 'open') return null;
  const signatures = await signatureLoader(context).load(id);
  const requestedAt = signatures.at(-1)?.at ?? contribution.peersEndedAt ?? submittedAt;
  if (requestedAt === null) return null;
  const { actor, cooperative } = context.signedIn();
  const waits =
    isAuthor(actor, contribution) ||
    signatures.some(({ approverMemberId }) => approverMemberId === actor.memberId);
  const since = todayIn(cooperative.timeZone, submittedAt ?? requestedAt);
  return {
    type: 'Contribution',
    waiting: {
      act: 'submitContribution',
      id,
      byLoginId: waits ? actor.loginId : null,
      byMemberId: waits ? actor.memberId : memberId,
      requestedAt,
      about: { memberId, number, category, since, signed: signatures.length > 0 },
    },
  };
}

export function remindableProposal(proposal: StoredAllocation): Remindable | null {
  const { id, byLoginId, byMemberId, recordedAt: requestedAt, outcome } = proposal;
  if (outcome !== null) return null;
  return {
    type: 'Allocation',
    waiting: { act: 'proposeAllocation', id, byLoginId, byMemberId, requestedAt },
  };
}

export function remindableDistribution(distribution: DistributionView): Remindable | null {
  const { id, byLoginId, byMemberId, calculatedAt: requestedAt, lines } = distribution;
  if (!lines.some(({ state }) => state === 'calculated')) return null;
  const waiting = { act: 'calculateDistribution', id, byLoginId, byMemberId, requestedAt } as const;
  return { type: 'Distribution', waiting };
}

/** What an id names, if it waits and the viewer may know of it. */
export async function findRemindable(
  { typename, id }: { readonly typename: string; readonly id: string },
  context: ApiContext,
): Promise<Remindable | null> {
  const { database } = context;
  const { actor } = context.signedIn();
  const cooperativeId = context.cooperativeId();
  if (!isId(id)) return null;
  switch (typename) {
    case 'Contribution': {
      const [found] = await findContributions(database, cooperativeId, [id]);
      return found !== undefined && maySee(actor, found) ? remindableContribution(found, context) : null;
    }
    case 'Allocation': {
      const found = may(actor, 'allocation.view_all')
        ? await findWaitingProposal(database, cooperativeId, id)
        : null;
      return found === null ? null : remindableProposal(found);
    }
    case 'Distribution': {
      const sees = may(actor, 'distribution.view_all');
      const [found] = sees ? await findDistributions(database, cooperativeId, [id]) : [];
      return found === undefined ? null : remindableDistribution(found);
    }
    default:
      return null;
  }
}

export const ReminderRef = builder.objectRef<Remindable>('Reminder').implement({
  description: 'Whether those who are waited for may be told once more, and when they last were.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    requestId: t.globalID({
      description: 'What waits, for remindOfRequest.',
      resolve: ({ type, waiting }) => ({ type, id: waiting.id }),
    }),
    own: t.boolean({
      description: 'True for whoever asked: whose it is, whoever logged it or signed first.',
      resolve: ({ waiting }, _args, context) => isAskedBy(context.signedIn().actor, waiting),
    }),
    viewerMay: t.boolean({
      description: 'True for whoever asked, once it has waited a day and nobody was reminded of it today.',
      resolve: async (remindable, _args, context) => {
        const { waiting } = remindable;
        const { actor } = context.signedIn();
        if (!isAskedBy(actor, waiting)) return false;
        const at = { now: context.now, today: context.today() as LocalDate };
        const [reached, lastDay] = await Promise.all([
          reachedBy(remindable, context),
          lastReminderOf(context).load(waiting.id),
        ]);
        return reminderRefused(actor, waiting, { ...at, reached, lastDay }) === null;
      },
    }),
    remindedOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'The last day they were reminded of it.',
      resolve: ({ waiting }, _args, context) => lastReminderOf(context).load(waiting.id),
    }),
    reachesNobody: t.boolean({
      description: 'True for whoever asked where nobody else could be told, because nobody else may decide.',
      resolve: async (remindable, _args, context) => {
        const { actor } = context.signedIn();
        if (!isAskedBy(actor, remindable.waiting)) return false;
        return reachesNobody(actor, await reachedBy(remindable, context));
      },
    }),
  }),
});

builder.objectField(ContributionRef, 'reminder', (t) =>
  t.field({
    type: ReminderRef,
    nullable: true,
    description: 'Reminding its reviewers; null unless it waits for one.',
    resolve: (contribution, _args, context) => remindableContribution(contribution, context),
  }),
);

builder.objectField(AllocationProposalRef, 'reminder', (t) =>
  t.field({
    type: ReminderRef,
    nullable: true,
    description: 'Reminding those who may approve it; null once it was decided.',
    resolve: ({ proposal }) => remindableProposal(proposal),
  }),
);

builder.objectField(DistributionRef, 'reminder', (t) =>
  t.field({
    type: ReminderRef,
    nullable: true,
    description: 'Reminding those who may sign it second; null once it was signed.',
    authScopes: { act: 'distribution.view_all' },
    resolve: (distribution) => remindableDistribution(distribution),
  }),
);
