// Payments to members. Whoever keeps the books sees all of a distribution; a member sees their own line of it.
import type { DistributionView, LineRow } from '@habitat/agreements';
import { findDistributionLines, isAnotherPerson, listDistributions, nextPayments } from '@habitat/agreements';
import { may } from '@habitat/kernel';
import { builder } from '../../builder.ts';
import { defineConnection } from '../../connection.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { pageArgs, readPage } from '../../page.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { TransactionRef } from '../../treasury/transaction.ref.ts';
import { DistributionLineRef, DistributionRef } from './distribution.ref.ts';
import type { SignedBy } from '../shared.ts';
import { AgreementSignatureRef, memberOf } from '../shared.ts';
import { grouped, guardText } from '../words.ts';

const seesAll = { act: 'distribution.view_all' } as const;

DistributionLineRef.implement({
  description: 'One member’s payment.',
  authScopes: (line) => ({ self: line.memberId, act: 'distribution.view_all' }),
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the line.',
      resolve: ({ id }) => ({ type: 'DistributionLine', id }),
    }),
    distribution: t.field({
      type: DistributionRef,
      description: 'The distribution it is part of.',
      resolve: ({ distributionId }) => distributionId,
    }),
    member: t.field({ type: MemberRef, description: 'Who is paid.', resolve: ({ memberId }) => memberId }),
    amount: t.field({
      type: 'Money',
      description: 'How much.',
      resolve: ({ amountMinor }, _args, context) => context.money(amountMinor),
    }),
    asked: t.field({
      type: 'Money',
      description: 'How much it would be without guards.',
      resolve: ({ askedMinor }, _args, context) => context.money(askedMinor),
    }),
    status: t.string({
      description: 'calculated, approved, scheduling, scheduled, paying, paid, voiding, failed or cancelled.',
      resolve: ({ state }) => state,
    }),
    payOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Planned for.',
      resolve: ({ payOn }) => payOn,
    }),
    paidOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Paid on.',
      resolve: ({ paidOn }) => paidOn,
    }),
    reference: t.string({
      nullable: true,
      description: 'The bank’s reference.',
      resolve: ({ reference }) => reference,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it failed, was cancelled, lowered, or refused by the ledger.',
      resolve: (line, _args, context) => lineReason(line, context),
    }),
  }),
});

function lineReason(line: LineRow, context: ApiContext): string | null {
  if (line.reason !== null) return line.reason;
  if (line.problem !== null) {
    const guard = guardText(line.problem, context);
    if (line.problemMostMinor === null) return guard;
    const amount = grouped(context.money(line.problemMostMinor));
    return context.words.say('guard.most', { guard, amount });
  }
  return loweredText(line.reducedReason, context);
}

function loweredText(code: string | null, context: ApiContext): string | null {
  return code === null ? null : context.words.say('guard.lowered', { guard: guardText(code, context) });
}

function actsOf(distribution: DistributionView, context: ApiContext): string[] {
  const { actor } = context.signedIn();
  const states = new Set(distribution.lines.map(({ state }) => state));
  const acts: string[] = [];
  const first = { loginId: distribution.byLoginId, memberId: distribution.byMemberId };
  if (states.has('calculated') && may(actor, 'distribution.approve') && isAnotherPerson(actor, first))
    acts.push('approve');
  if (!may(actor, 'distribution.pay')) return acts;
  if (states.has('approved')) acts.push('schedule');
  if (states.has('scheduled')) acts.push('markPaid', 'markFailed');
  if (states.has('calculated') || states.has('approved') || states.has('scheduled')) acts.push('cancel');
  return acts;
}

function blockedReason(distribution: DistributionView, context: ApiContext): string | null {
  const stopped = distribution.lines.find(({ problem }) => problem !== null);
  if (stopped !== undefined) return lineReason(stopped, context);
  return loweredText(distribution.reducedReason, context);
}

DistributionRef.implement({
  description: 'Money paid to members: calculated by one person, approved by another.',
  authScopes: { signedIn: true },
  fields: (t) => {
    const money = (description: string, pick: (one: DistributionView) => bigint) =>
      t.field({
        type: 'Money',
        description,
        authScopes: seesAll,
        resolve: (one, _args, context) => context.money(pick(one)),
      });
    return {
      number: t.exposeInt('number', { description: 'Running number.' }),
      period: t.field({
        type: PeriodRef,
        nullable: true,
        description: 'The period whose allocation is paid; null for other bases.',
        resolve: ({ periodId }) => periodId,
      }),
      basis: t.string({
        description: 'allocation, capital_account or equal.',
        resolve: ({ basis }) => basis,
      }),
      status: t.string({
        description: 'calculated, approved, scheduled, processing, completed, failed or cancelled.',
        resolve: ({ status }) => status,
      }),
      lines: t.field({
        type: [DistributionLineRef],
        description: 'Its payments; your own where you may not see all.',
        resolve: ({ lines }, _args, context) => {
          const { actor } = context.signedIn();
          return may(actor, 'distribution.view_all')
            ? lines
            : lines.filter(({ memberId }) => memberId === actor.memberId);
        },
      }),
      total: money('All of its payments.', (one) => one.totalMinor),
      asked: money('What was asked for, before guards.', (one) => one.askedMinor),
    };
  },
});

builder.objectFields(DistributionRef, (t) => {
  const money = (description: string, pick: (one: DistributionView) => bigint) =>
    t.field({
      type: 'Money',
      description,
      authScopes: seesAll,
      resolve: (one, _args, context) => context.money(pick(one)),
    });
  return {
    cashNow: money('Cash now.', (one) => one.cashNowMinor),
    cashAfter: money('Cash once what is open of it is paid.', (one) => one.cashAfterMinor),
    reserve: money('The reserve that stays.', (one) => one.reserveMinor),
    payOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Earliest planned day.',
      resolve: ({ payOn }) => payOn,
    }),
    calculatedBy: t.field({
      type: MemberRef,
      description: 'Who calculated it.',
      authScopes: seesAll,
      resolve: ({ byMemberId }) => memberOf(byMemberId),
    }),
    calculatedAt: t.field({
      type: 'DateTime',
      description: 'When.',
      resolve: ({ calculatedAt }) => calculatedAt,
    }),
    approvedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who approved it.',
      authScopes: seesAll,
      resolve: ({ approvedByMemberId }) => approvedByMemberId,
    }),
    signatures: t.field({
      type: [AgreementSignatureRef],
      description: 'Both signatures, as far as they are there.',
      authScopes: seesAll,
      resolve: (one): SignedBy[] => [
        { memberId: one.byMemberId, at: one.calculatedAt, role: 'treasurer' },
        ...(one.approvedAt === null
          ? []
          : [{ memberId: one.approvedByMemberId, at: one.approvedAt, role: 'allocator' }]),
      ],
    }),
    blockedReason: t.string({
      nullable: true,
      description: 'What the guards lowered or the ledger refused, if anything.',
      authScopes: seesAll,
      resolve: (one, _args, context) => blockedReason(one, context),
    }),
    viewerMay: t.stringList({
      description: 'What you may do now: approve, schedule, markPaid, markFailed, cancel.',
      resolve: (one, _args, context) => actsOf(one, context),
    }),
  };
});

const DistributionConnection = defineConnection<DistributionView>('Distribution', DistributionRef);

builder.queryField('distributions', (t) =>
  t.field({
    type: DistributionConnection,
    description: 'Distributions, latest first; those that pay one member when given.',
    authScopes: (_root, args) => ({ self: args.memberId?.id ?? null, act: 'distribution.view_all' }),
    args: {
      ...pageArgs(t.arg),
      memberId: t.arg.globalID({ description: 'Only those that pay this member.' }),
    },
    resolve: (_root, args, context) =>
      readPage(
        args,
        { parts: ['whole'], of: (one: DistributionView) => [String(one.number)] },
        ({ limit, after }) =>
          listDistributions(context.database, context.cooperativeId(), {
            limit,
            beforeNumber: after === null ? null : Number(after[0]),
            memberId: args.memberId?.id ?? null,
          }),
      ),
  }),
);

builder.queryField('distribution', (t) =>
  t.field({
    type: DistributionRef,
    nullable: true,
    description: 'One distribution.',
    authScopes: seesAll,
    args: { id: t.arg.globalID({ required: true, description: 'Its id.' }) },
    resolve: (_root, args) => args.id.id,
  }),
);

const nextOf = requestLoader<string, LineRow | null>(async (memberIds, context) => {
  const found = await nextPayments(context.database, context.cooperativeId(), memberIds);
  return memberIds.map((id) => found.get(id) ?? null);
});

builder.objectField(MemberRef, 'nextDistribution', (t) =>
  t.field({
    type: DistributionLineRef,
    nullable: true,
    description: 'The next payment to expect.',
    authScopes: (member) => ({ self: member.memberId, act: 'distribution.view_all' }),
    resolve: (member, _args, context) => nextOf(context).load(member.memberId),
  }),
);

const lineOf = requestLoader<string, LineRow | null>(async (ids, context) => {
  const found = await findDistributionLines(context.database, context.cooperativeId(), ids);
  return ids.map((id) => found.find((line) => line.id === id) ?? null);
});

builder.objectField(TransactionRef, 'payment', (t) =>
  t.field({
    type: DistributionLineRef,
    nullable: true,
    description:
      'The payment to a member it was posted for; null for anything else, and where you may not see it.',
    resolve: ({ provenanceType, provenanceId }, _args, context) =>
      provenanceType === 'distribution_line' &&
      provenanceId !== null &&
      may(context.signedIn().actor, 'distribution.view_all')
        ? lineOf(context).load(provenanceId)
        : null,
  }),
);
