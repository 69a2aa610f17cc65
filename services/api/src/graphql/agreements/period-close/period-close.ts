// The close of a period as a checklist, with what stops it, the proposal to sign and a reopen that was asked for.
import type { Blocker, CloseView, StepView } from '@habitat/agreements';
import {
  approvalObstacle,
  blockedBy,
  getPeriodClose,
  isAnotherPerson,
  mayConfirm,
  stopsStep,
} from '@habitat/agreements';
import type { Actor } from '@habitat/kernel';
import { hasRole, may } from '@habitat/kernel';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { ContributionRef } from '../../people/contribution.ref.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { isOver } from '../../platform/waiting/second-person-days.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { AllocationProposalRef } from '../allocation/proposal.ts';
import type { Check, Fact } from '../shared.ts';
import { CheckRef, FactRef, memberOf } from '../shared.ts';
import { blockerText, checkText, stepText } from '../words.ts';

interface StepOfClose {
  readonly step: StepView;
  readonly view: CloseView;
}

/** What the review of step 1 looked at. */
const checksOf = ({ step, view }: StepOfClose, context: ApiContext): Check[] =>
  step.number === 1
    ? view.checks.map((check) => ({ ok: check.passed, text: checkText(check, context) }))
    : [];

/** The result of step 4, in amounts. */
function factsOf({ step, view }: StepOfClose, { money, words }: ApiContext): Fact[] {
  const { income } = view.close;
  if (step.number !== 4 || income === null) return [];
  return [
    { label: words.say('result.revenue'), value: money(BigInt(income.revenue.bookMinor)) },
    { label: words.say('result.expense'), value: money(BigInt(income.expense.bookMinor)) },
    { label: words.say('result.net'), value: money(BigInt(income.netIncome.bookMinor)) },
    { label: words.say('result.netTax'), value: money(BigInt(income.netIncome.taxMinor)) },
  ];
}

const CloseStepRef = builder.objectRef<StepOfClose>('CloseStep').implement({
  description: 'One of the seven steps of a close.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    number: t.int({ description: 'Place of the step, 1 to 7.', resolve: ({ step }) => step.number }),
    key: t.string({
      description: 'Name of the step, e.g. review, cut_off.',
      resolve: ({ step }) => step.key,
    }),
    state: t.string({
      description: 'waiting, current, working, done or blocked.',
      resolve: ({ step }) => step.state,
    }),
    detail: t.string({
      nullable: true,
      description: 'One line about it.',
      resolve: ({ step, view }, _args, context) => stepText(step, view, context),
    }),
    doneBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who confirmed it; null while it is not done, and for what the ledger did.',
      resolve: ({ step }) => (step.state === 'done' ? (step.row?.byMemberId ?? null) : null),
    }),
    doneAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was done.',
      resolve: ({ step }) => step.row?.doneAt ?? null,
    }),
    checks: t.field({
      type: [CheckRef],
      description: 'What was looked at, and whether it held.',
      resolve: (parent, _args, context) => checksOf(parent, context),
    }),
    facts: t.field({
      type: [FactRef],
      description: 'What came out, each an amount: income, expense and what is left.',
      resolve: (parent, _args, context) => factsOf(parent, context),
    }),
  }),
});

const CloseBlockerRef = builder.objectRef<Blocker>('CloseBlocker').implement({
  description: 'Something that must be settled before the current step can be done.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'CONTRIBUTION_WAITING, POSTING_PROBLEM, CONTRIBUTION_NOT_POSTED or CONTRIBUTION_DISPUTED.',
    }),
    text: t.string({
      description: 'What it is, as a sentence.',
      resolve: (blocker, _args, context) => blockerText(blocker, context),
    }),
    contribution: t.field({
      type: ContributionRef,
      nullable: true,
      description: 'The contribution it is about.',
      resolve: ({ contributionId }) => contributionId,
    }),
  }),
});

type Reopen = NonNullable<CloseView['reopen']>;

/** True until it is approved, declined, taken back or has expired. */
async function isOpen({ approvedAt, endedAt, requestedAt }: Reopen, context: ApiContext): Promise<boolean> {
  return approvedAt === null && endedAt === null && !(await isOver(context, requestedAt));
}

const ReopenRequestRef = builder.objectRef<Reopen>('ReopenRequest').implement({
  description: 'A wish to open a closed period again; a second person decides.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    by: t.field({
      type: MemberRef,
      description: 'Who asked.',
      resolve: ({ byMemberId }) => memberOf(byMemberId),
    }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ requestedAt }) => requestedAt }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    viewerMayApprove: t.boolean({
      description: 'True when you may be the second person.',
      resolve: async (request, _args, context) =>
        mayApproveReopen(context.signedIn().actor, request) && (await isOpen(request, context)),
    }),
  }),
});

function mayApproveReopen(actor: Actor, request: Reopen): boolean {
  const first = { loginId: request.byLoginId, memberId: request.byMemberId };
  return hasRole(actor, 'board_member') && isAnotherPerson(actor, first);
}

/** The acts open to a viewer now, by name. */
async function actsOf(view: CloseView, context: ApiContext): Promise<string[]> {
  const { actor } = context.signedIn();
  const acts: string[] = [];
  const { close, current, proposal, reopen } = view;
  const step = view.steps.find(({ number }) => number === current);
  if (close.status === 'running') {
    if (current <= 3 && step?.state === 'current' && mayConfirm(actor, current)) acts.push('confirm');
    if (current === 5 && step?.state === 'current' && may(actor, 'allocation.propose')) acts.push('propose');
    if (current === 5 && proposal !== null && proposal.outcome === null) {
      const first = { loginId: proposal.byLoginId, memberId: proposal.byMemberId };
      if (step?.state === 'current' && approvalObstacle(actor, first) === null) acts.push('approve');
      if (may(actor, 'allocation.approve') || may(actor, 'allocation.propose')) acts.push('return');
    }
    if (close.allocationId === null && may(actor, 'close.run')) acts.push('abandon');
    if (step?.state === 'working' && may(actor, 'close.run')) acts.push('resume');
  }
  if (close.status === 'completed' && view.period.status === 'closed') {
    const pending = reopen !== null && (await isOpen(reopen, context));
    if (!pending && may(actor, 'period.reopen')) acts.push('requestReopen');
    if (pending && mayApproveReopen(actor, reopen)) acts.push('approveReopen');
  }
  return acts;
}

export const PeriodCloseRef = builder.objectRef<CloseView>('PeriodClose').implement({
  description: 'The close of one period.',
  authScopes: { act: 'allocation.view_all' },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the close.',
      resolve: ({ close }) => ({ type: 'PeriodClose', id: close.id }),
    }),
    period: t.field({
      type: PeriodRef,
      description: 'The period closed.',
      resolve: ({ period }) => period.id,
    }),
    status: t.string({
      description: 'running, completed, abandoned, reopening or reopened.',
      resolve: ({ close }) => close.status,
    }),
    steps: t.field({
      type: [CloseStepRef],
      description: 'All seven steps, in order.',
      resolve: (view) => view.steps.map((step) => ({ step, view })),
    }),
    blockers: t.field({
      type: [CloseBlockerRef],
      description: 'What stops the current step; the oldest hundred.',
      resolve: ({ blockers, current }) => blockers.first.filter(({ code }) => stopsStep(code, current)),
    }),
    blockerCount: t.int({
      description: 'How many items stop the current step.',
      resolve: ({ blockers, current }) =>
        current > 5 ? 0 : (blockedBy(current as 1 | 2 | 3 | 4 | 5, blockers)?.count ?? 0),
    }),
    proposal: t.field({
      type: AllocationProposalRef,
      nullable: true,
      description:
        'The latest proposal, or the allocation that was approved; null before one is made or after one was sent back.',
      resolve: (view) =>
        view.proposal === null || view.proposal.outcome === 'returned'
          ? null
          : { ...view, proposal: view.proposal },
    }),
    reopenRequest: t.field({
      type: ReopenRequestRef,
      nullable: true,
      description: 'A reopen that was asked for and is not decided.',
      resolve: async ({ reopen }, _args, context) =>
        reopen !== null && (await isOpen(reopen, context)) ? reopen : null,
    }),
    viewerMay: t.stringList({
      description:
        'What you may do now: confirm, propose, approve, return, abandon, resume, requestReopen, approveReopen.',
      resolve: (view, _args, context) => actsOf(view, context),
    }),
  }),
});

builder.queryField('periodClose', (t) =>
  t.field({
    type: PeriodCloseRef,
    nullable: true,
    description: 'The close that runs, or the last one; of one period when it is given.',
    authScopes: { act: 'allocation.view_all' },
    args: { periodId: t.arg.globalID({ description: 'Only of this period.' }) },
    resolve: (_root, args, context) =>
      getPeriodClose(context.database, context.cooperativeId(), { periodId: args.periodId?.id ?? null }),
  }),
);
