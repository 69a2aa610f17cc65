// Peers: what waits for the viewer's word as a colleague, that word, and what the peers of a contribution have said. An
// item shows what is to be validated and no more of its member: no value, no rate, no history.
import { may } from '@habitat/kernel';
import type { Contribution, GivenVote, PeerRound } from '@habitat/people';
import {
  countPeerQueue,
  isAskedAsPeer,
  listPeerQueue,
  objectToContribution,
  peerQueueKey,
  peerRoundsOf,
  policyInForce,
  validateContribution,
} from '@habitat/people';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { defineConnection } from '../../connection.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation } from '../../mutation.ts';
import { pageArgs, readPage } from '../../page.ts';
import { ViewerRef } from '../../platform/viewer.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { localDay } from '../day.ts';
import { MemberRef } from '../member.ref.ts';
import { givenFields } from './given.ts';
import { CONTRIBUTION, words } from './logging-acts.ts';

export const PeerTimeoutEnum = builder.enumType('PeerTimeout', {
  description: 'What follows when the days pass and not enough peers have said anything.',
  values: {
    ESCALATE: { value: 'escalate', description: 'A reviewer decides.' },
    APPROVE: {
      value: 'approve',
      description: 'It is approved, where its value does not take two reviewers.',
    },
    REJECT: { value: 'reject', description: 'It is rejected.' },
  } as const,
});

const PeerWordRef = builder.objectRef<GivenVote>('PeerWord').implement({
  description: 'What one peer said about a contribution.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    by: t.field({ type: MemberRef, description: 'Who.', resolve: ({ memberId }) => memberId }),
    verdict: t.exposeString('verdict', { description: 'validated or objected.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
  }),
});

type Validation = PeerRound & { readonly state: string };

const validatedIn = ({ votes }: PeerRound) => votes.filter(({ verdict }) => verdict === 'validated').length;

const PeerValidationRef = builder.objectRef<Validation>('PeerValidation').implement({
  description: 'How peers were asked about a contribution the last time, and what they said.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    state: t.exposeString('state', {
      description:
        'open, validated, objected, timed_out or no_eligible (too few could be asked); over when it was changed since.',
    }),
    needed: t.int({ description: 'How many have to validate it.', resolve: ({ review }) => review.needed }),
    validated: t.int({ description: 'How many have.', resolve: validatedIn }),
    until: t.field({
      type: 'LocalDate',
      description: 'Their last day.',
      resolve: ({ review }) => review.untilOn,
    }),
    onTimeout: t.field({
      type: PeerTimeoutEnum,
      description: 'What follows when it passes.',
      resolve: ({ review }) => review.onTimeout,
    }),
    words: t.field({
      type: [PeerWordRef],
      description: 'What was said, in order.',
      resolve: ({ votes }) => [...votes],
    }),
  }),
});

const roundLoader = requestLoader<string, PeerRound | null>(async (ids, context) => {
  const rounds = await peerRoundsOf(context.database, context.cooperativeId(), ids);
  return ids.map((id) => rounds.get(id) ?? null);
});

builder.objectField(ContributionRef, 'peers', (t) =>
  t.field({
    type: PeerValidationRef,
    nullable: true,
    description: 'How its peers were asked; null where no rule asked any.',
    resolve: async ({ contributionId, peerState }, _args, context) => {
      const round = await roundLoader(context).load(contributionId);
      return round && { ...round, state: peerState ?? 'over' };
    },
  }),
);

/** The viewer as somebody who may be a peer; null for programs and whoever is no member. */
function peerOf(context: ApiContext): string | null {
  const { actor } = context.signedIn();
  return may(actor, 'contribution.validate') ? actor.memberId : null;
}

/** How much waits for the viewer's word. */
export async function countWaitingForPeer(context: ApiContext): Promise<number> {
  const memberId = peerOf(context);
  if (memberId === null) return 0;
  return countPeerQueue(
    context.database,
    { cooperativeId: context.cooperativeId(), now: context.now },
    memberId,
  );
}

builder.objectField(ViewerRef, 'isPeer', (t) =>
  t.boolean({
    description: 'True when the approval rules ask you as a peer about others’ contributions.',
    resolve: async ({ actor }, _args, context) => {
      if (peerOf(context) === null) return false;
      const day = localDay(context);
      const policy = await policyInForce(context.database, context.cooperativeId(), 'approval', day);
      return isAskedAsPeer(actor.roles, policy);
    },
  }),
);

const PeerItemRef = builder.objectRef<Contribution>('PeerItem').implement({
  description: 'A colleague’s contribution that waits for your word: was it given as logged?',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the contribution.',
      resolve: ({ contributionId }) => ({ type: 'Contribution', id: contributionId }),
    }),
    ...givenFields(t),
    needed: t.int({
      description: 'How many peers have to validate it.',
      resolve: async (item, _args, context) => (await roundOf(item, context)).review.needed,
    }),
    validated: t.int({
      description: 'How many have.',
      resolve: async (item, _args, context) => validatedIn(await roundOf(item, context)),
    }),
    until: t.field({
      type: 'LocalDate',
      description: 'The last day on which a peer may say something.',
      resolve: async (item, _args, context) => (await roundOf(item, context)).review.untilOn,
    }),
    onTimeout: t.field({
      type: PeerTimeoutEnum,
      description: 'What follows when it passes.',
      resolve: async (item, _args, context) => (await roundOf(item, context)).review.onTimeout,
    }),
  }),
});

async function roundOf({ contributionId }: Contribution, context: ApiContext): Promise<PeerRound> {
  const round = await roundLoader(context).load(contributionId);
  if (round === null) throw new Error(`contribution ${contributionId} is with its peers without terms`);
  return round;
}

// Counted only when asked for.
const PeerItemConnection = defineConnection<Contribution, { readonly total: () => Promise<number> }>(
  'PeerItem',
  PeerItemRef,
  (t) => ({
    totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.total() }),
  }),
);

builder.queryField('peerQueue', (t) =>
  t.field({
    type: PeerItemConnection,
    description: 'What waits for your word as a peer, the oldest first; never your own.',
    authScopes: { act: 'contribution.validate' },
    args: pageArgs(t.arg),
    resolve: async (_root, args, context) => {
      const memberId = peerOf(context);
      const place = { cooperativeId: context.cooperativeId(), now: context.now };
      const page = await readPage<Contribution>(
        args,
        { parts: ['instant', 'id'], of: peerQueueKey },
        async (request) =>
          memberId === null ? [] : listPeerQueue(context.database, place, memberId, request),
      );
      return { ...page, total: () => countWaitingForPeer(context) };
    },
  }),
);

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly contributionId: string }>) => ({
  contributionId: t.globalID({
    description: 'Opaque id of the contribution.',
    resolve: ({ contributionId }) => ({ type: 'Contribution', id: contributionId }),
  }),
});

defineMutation('validateContribution', {
  description: 'Says as a peer that a contribution was given as logged; the last one needed approves it.',
  allow: 'contribution.validate',
  input: (t) => ({ contributionId: t.globalID(CONTRIBUTION) }),
  run: ({ contributionId }, context, command) =>
    validateContribution(context.database, command, { contributionId: contributionId.id }),
  payload,
});

defineMutation('objectToContribution', {
  description: 'Says no as a peer, with a reason: a reviewer decides it from then on.',
  allow: 'contribution.validate',
  input: (t) => ({
    contributionId: t.globalID(CONTRIBUTION),
    reason: t.string(words('Why; its author and the reviewer read it.', 1_000)),
  }),
  run: ({ contributionId, reason }, context, command) =>
    objectToContribution(context.database, command, { contributionId: contributionId.id, reason }),
  payload,
});
