// Everything that waits for a second person, from all rooms on one list, and a no to any of it. A yes is given where the
// thing itself is shown.
import { declineReopen, decideTerms, listAgreementsWaiting } from '@habitat/agreements';
import type { CommandContext } from '@habitat/database';
import type { Actor, LocalDate, Result, WaitingAct, WaitingRequest } from '@habitat/kernel';
import { accept, hasRole, isSamePerson, may, refuse, requestExpiresAt } from '@habitat/kernel';
import { remind, rolesThatSecond } from '@habitat/notifications';
import {
  declineErasure,
  declineValuationOverride,
  declineValuationRule,
  decidePolicyRequest,
  listPeopleWaiting,
} from '@habitat/people';
import { declineRequest, decideSetting, listTreasuryWaiting } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { defineMutation } from '../../mutation.ts';
import { MemberRef } from '../../people/member.ref.ts';
import type { AnyRefusal } from '../../refusal.ts';
import { isOfOwnGiving } from './override.ts';
import type { Remindable } from './reminder.ts';
import { findRemindable, reachedBy, ReminderRef } from './reminder.ts';
import { secondPersonDays } from './second-person-days.ts';

const everybodyConcerned = ['allocation.view_all', 'member.view_all'] as const;

type Waiting = WaitingRequest & { readonly expiresAt: Date };

const isOwn = (actor: Actor, { byLoginId: loginId, byMemberId: memberId }: WaitingRequest) =>
  isSamePerson(actor, { ...actor, kind: 'person', loginId, memberId });

/** Who is to be erased, only those hear who may erase, and whoever asked. */
const mayRead = (actor: Actor, request: WaitingRequest) =>
  request.act !== 'requestErasure' || may(actor, 'member.erase') || isOwn(actor, request);

async function waitingIn(context: ApiContext): Promise<Waiting[]> {
  const { database } = context;
  const cooperativeId = context.cooperativeId();
  const [days, ...lists] = await Promise.all([
    secondPersonDays(context),
    listTreasuryWaiting(database, cooperativeId),
    listAgreementsWaiting(database, cooperativeId),
    listPeopleWaiting(database, cooperativeId),
  ]);
  return lists
    .flat()
    .filter((request) => mayRead(context.signedIn().actor, request))
    .sort((left, right) => left.requestedAt.getTime() - right.requestedAt.getTime())
    .map((request) => ({ ...request, expiresAt: requestExpiresAt(request, days) }))
    .filter(({ expiresAt }) => expiresAt > context.now);
}

const maySayNo = (actor: Actor, { act }: WaitingRequest) => hasRole(actor, ...rolesThatSecond(act));

const remindable = (waiting: WaitingRequest): Remindable => ({ type: 'WaitingRequest', waiting });

async function findRequest(requestId: string, context: ApiContext): Promise<Remindable | null> {
  if (!everybodyConcerned.some((act) => may(context.signedIn().actor, act))) return null;
  const found = (await waitingIn(context)).find(({ id }) => id === requestId);
  return found === undefined ? null : remindable(found);
}

const WaitingRequestRef = builder.objectRef<Waiting>('WaitingRequest').implement({
  description: 'Something asked for that takes effect only once a second person agrees.',
  authScopes: { anyAct: everybodyConcerned },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the request.',
      resolve: ({ id }) => ({ type: 'WaitingRequest', id }),
    }),
    act: t.string({
      description: 'The mutation that asked: postTransaction, lockPeriod, setWeights …',
      resolve: ({ act }) => act,
    }),
    reason: t.exposeString('reason', { description: 'In the words of whoever asked; empty of an erasure.' }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who asked.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends by itself if nobody decides.',
    }),
    contributionId: t.globalID({
      nullable: true,
      description: 'The contribution whose value it is about.',
      resolve: ({ act, subjectId }) =>
        act === 'overrideValuation' && subjectId !== null ? { type: 'Contribution', id: subjectId } : null,
    }),
    member: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Whom it would erase.',
      resolve: ({ act, subjectId }) => (act === 'requestErasure' ? subjectId : null),
    }),
    viewerMayDecline: t.boolean({
      description: 'True for whoever asked, and for those who may be the second person.',
      resolve: async (request, _args, context) => {
        const { actor } = context.signedIn();
        return (
          isOwn(actor, request) || (maySayNo(actor, request) && !(await isOfOwnGiving(request, context)))
        );
      },
    }),
    reminder: t.field({
      type: ReminderRef,
      description: 'Reminding those who may be the second person.',
      resolve: remindable,
    }),
    own: t.boolean({
      description: 'True when you asked for it yourself.',
      resolve: (request, _args, context) => isOwn(context.signedIn().actor, request),
    }),
  }),
});

builder.queryField('waitingRequests', (t) =>
  t.field({
    type: [WaitingRequestRef],
    description: 'What waits for a second person, the oldest first.',
    authScopes: { anyAct: everybodyConcerned },
    resolve: (_root, _args, context) => waitingIn(context),
  }),
);

type Declining = (
  context: ApiContext,
  command: CommandContext,
  id: string,
  reason: string,
) => Promise<Result<object, AnyRefusal>>;

const journal: Declining = ({ database }, command, requestId, reason) =>
  declineRequest(database, command, { requestId, reason });
const terms: Declining = ({ database }, command, termsId, reason) =>
  decideTerms(database, command, { termsId, outcome: 'declined', reason });

const approvalRules: Declining = ({ database }, command, requestId, reason) =>
  decidePolicyRequest(database, command, { requestId, approve: false, reason });

const decliningOf: Readonly<Record<WaitingAct, Declining>> = {
  postTransaction: journal,
  reverseTransaction: journal,
  correctTransaction: journal,
  lockPeriod: journal,
  setJournalThreshold: ({ database }, command, settingId, reason) =>
    decideSetting(database, command, { settingId, approve: false, reason }),
  setWeights: terms,
  setPolicies: terms,
  requestReopen: ({ database }, command, requestId, reason) =>
    declineReopen(database, command, { requestId, reason }),
  setValuationRule: ({ database }, command, requestId, reason) =>
    declineValuationRule(database, command, { requestId, reason }),
  setApprovalPolicy: approvalRules,
  setAutoApprovalRule: approvalRules,
  overrideValuation: ({ database }, command, requestId, reason) =>
    declineValuationOverride(database, command, { requestId, reason }),
  requestErasure: ({ database }, command, requestId, reason) =>
    declineErasure(database, command, { requestId, reason }),
};

defineMutation('declineWaitingRequest', {
  description: 'Says no to what waits for a second person, or takes back what one asked for oneself.',
  allow: everybodyConcerned,
  input: (t) => ({
    requestId: t.globalID({ required: true, description: 'The request.' }),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: async ({ requestId, reason }, context, command) => {
    const request = (await waitingIn(context)).find(({ id }) => id === requestId.id);
    if (request === undefined) return refuse({ code: 'REQUEST_NOT_FOUND' });
    const done = await decliningOf[request.act](context, command, request.id, reason);
    return done.ok ? accept({ declined: true }) : done;
  },
  payload: (t) => ({
    declined: t.exposeBoolean('declined', { description: 'True: it waits no more.' }),
  }),
});

defineMutation('remindOfRequest', {
  description:
    'Reminds those who are waited for of what one asked for, be it a request, a contribution, a proposed allocation or a distribution: once it has waited a day, and at most once a day.',
  allow: 'signedIn',
  input: (t) => ({
    requestId: t.globalID({ required: true, description: 'What waits, as its reminder names it.' }),
  }),
  run: async ({ requestId }, context, command) => {
    const found =
      requestId.typename === 'WaitingRequest'
        ? await findRequest(requestId.id, context)
        : await findRemindable(requestId, context);
    if (found === null) return refuse({ code: 'REQUEST_NOT_FOUND' });
    const today = context.today() as LocalDate;
    const reached = await reachedBy(found, context);
    const done = await remind(context.database, command, { waiting: found.waiting, today, reached });
    return done.ok ? accept({ reminded: true }) : done;
  },
  payload: (t) => ({
    reminded: t.exposeBoolean('reminded', { description: 'True: they are told once more.' }),
  }),
});
