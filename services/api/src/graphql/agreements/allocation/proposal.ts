// A proposed allocation as those who sign it see it: lines, sums, what was checked, and whether the viewer may sign.
import type { CloseView, StoredAllocation } from '@habitat/agreements';
import { approvalObstacle, blockedBy } from '@habitat/agreements';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { MemberRef } from '../../people/member.ref.ts';
import type { Check } from '../shared.ts';
import { AllocationLineRef, CheckRef, memberOf, PolicyLineRef } from '../shared.ts';
import { grouped } from '../words.ts';

/** A close that has a proposal. */
export type Proposed = CloseView & { readonly proposal: StoredAllocation };

/** Why the viewer cannot approve; null when they can. */
function obstacleText({ proposal, current, blockers }: Proposed, context: ApiContext): string | null {
  const { words } = context;
  if (proposal.outcome === 'approved') return words.say('proposal.approved');
  const first = { loginId: proposal.byLoginId, memberId: proposal.byMemberId };
  const obstacle = approvalObstacle(context.signedIn().actor, first);
  if (obstacle?.code === 'SAME_PERSON') return words.say('proposal.own');
  if (obstacle !== null) return words.say('proposal.role');
  const blocked = current === 5 ? blockedBy(5, blockers) : null;
  return blocked === null ? null : words.say('proposal.blocked');
}

function checksOf({ proposal, lines, cashMinor, reserveMinor }: Proposed, context: ApiContext): Check[] {
  const { say } = context.words;
  const { summary } = proposal;
  const total = lines.reduce((running, line) => running + line.bookMinor, 0n);
  const cash = BigInt(summary.cashMinor);
  const amount = (minor: bigint) => grouped(context.money(minor));
  const covered = cashMinor - cash >= reserveMinor;
  const sums = { held: amount(cashMinor), paid: amount(cash), reserve: amount(reserveMinor) };
  return [
    {
      ok: total - proposal.unborneMinor === proposal.allocableMinor,
      text: say('proposal.exact', { placed: summary.extraUnits }),
    },
    proposal.unborneMinor === 0n
      ? { ok: true, text: say('proposal.nobodyBelow') }
      : { ok: false, text: say('proposal.unborne', { amount: amount(proposal.unborneMinor) }) },
    { ok: covered, text: say(covered ? 'proposal.cashCovers' : 'proposal.cashShort', sums) },
  ];
}

const total =
  (pick: (summary: StoredAllocation['summary']) => string) =>
  ({ proposal }: Proposed, _args: object, context: ApiContext) =>
    context.money(BigInt(pick(proposal.summary)));

export const AllocationProposalRef = builder.objectRef<Proposed>('AllocationProposal').implement({
  description: 'An allocation as proposed, and as approved once it is.',
  authScopes: { act: 'allocation.view_all' },
  fields: (t) => ({
    recordHash: t.string({
      description: 'SHA-256 of the record’s canonical JSON; approving names it.',
      resolve: ({ proposal }) => proposal.recordHash,
    }),
    lines: t.field({
      type: [AllocationLineRef],
      description: 'Every member’s line.',
      resolve: ({ lines }) => lines,
    }),
    total: t.field({
      type: 'Money',
      description: 'What members get in all.',
      resolve: total((one) => one.allocatedMinor),
    }),
    cashTotal: t.field({
      type: 'Money',
      description: 'Of it in cash.',
      resolve: total((one) => one.cashMinor),
    }),
    retainedTotal: t.field({
      type: 'Money',
      description: 'Of it left in.',
      resolve: total((one) => one.retainedMinor),
    }),
    allocable: t.field({
      type: 'Money',
      description: 'The surplus to share; negative for a loss.',
      resolve: ({ proposal }, _args, context) => context.money(proposal.allocableMinor),
    }),
    netIncome: t.field({
      type: 'Money',
      description: 'Book net income of the period.',
      resolve: ({ proposal }, _args, context) => context.money(proposal.netIncomeBookMinor),
    }),
    policyLines: t.field({
      type: [PolicyLineRef],
      description: 'From net income to the surplus, step by step.',
      resolve: ({ proposal }) => proposal.summary.policyLines,
    }),
  }),
});

builder.objectFields(AllocationProposalRef, (t) => ({
  checks: t.field({
    type: [CheckRef],
    description: 'What was checked.',
    resolve: (parent, _args, context) => checksOf(parent, context),
  }),
  weightsVersion: t.int({
    nullable: true,
    description: 'Version of the weights it was made under.',
    resolve: ({ proposal }) => proposal.summary.weightsVersion,
  }),
  proposedBy: t.field({
    type: MemberRef,
    description: 'Who proposed it.',
    resolve: ({ proposal }) => memberOf(proposal.byMemberId),
  }),
  proposedAt: t.field({
    type: 'DateTime',
    description: 'When.',
    resolve: ({ proposal }) => proposal.recordedAt,
  }),
  approvedBy: t.field({
    type: MemberRef,
    nullable: true,
    description: 'Who approved it.',
    resolve: ({ proposal }) => (proposal.outcome === 'approved' ? proposal.decidedByMemberId : null),
  }),
  approvedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When it was approved.',
    resolve: ({ proposal }) => (proposal.outcome === 'approved' ? proposal.decidedAt : null),
  }),
  viewerMayApprove: t.boolean({
    description: 'True when your signature would approve it now.',
    resolve: (parent, _args, context) => obstacleText(parent, context) === null,
  }),
  cannotBecause: t.string({
    nullable: true,
    description: 'Why not.',
    resolve: (parent, _args, context) => obstacleText(parent, context),
  }),
}));
