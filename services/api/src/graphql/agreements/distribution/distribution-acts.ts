// The acts of a distribution, from its calculation to each payment’s end.
import type { DistributionDone } from '@habitat/agreements';
import {
  approveDistribution,
  calculateDistribution,
  cancelDistribution,
  markDistributionFailed,
  markDistributionPaid,
  scheduleDistribution,
} from '@habitat/agreements';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { DistributionRef } from './distribution.ref.ts';

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, DistributionDone>) => ({
  distribution: t.field({
    type: DistributionRef,
    description: 'The distribution as it is now.',
    resolve: ({ distributionId }) => distributionId,
  }),
});

const BasisEnum = builder.enumType('DistributionBasis', {
  description: 'What a distribution is divided by.',
  values: {
    ALLOCATION: { value: 'allocation', description: 'The cash part of a period’s allocation.' },
    CAPITAL_ACCOUNT: { value: 'capital_account', description: 'Members’ book capital.' },
    EQUAL: { value: 'equal', description: 'The same for every active member.' },
  } as const,
});

const WhenShortEnum = builder.enumType('WhenShort', {
  description: 'What a guard does when there is not enough.',
  values: {
    BLOCK: { value: 'block', description: 'Refuse and say the most that would pass.' },
    REDUCE: { value: 'reduce', description: 'Lower what must be lowered, with the reason.' },
  } as const,
});

const ID = { required: true, description: 'The distribution.' } as const;
const LINES = 'These payments; all that can be when left out.';
type LineIds = readonly { readonly id: string }[] | null | undefined;
const idsOf = (ids: LineIds) => ids?.map(({ id }) => id) ?? null;

defineMutation('calculateDistribution', {
  description:
    'Calculates a distribution under the cash reserve and capital guards; a second person approves it.',
  allow: 'distribution.calculate',
  input: (t) => ({
    basis: t.field({ type: BasisEnum, description: 'What it is divided by; ALLOCATION when left out.' }),
    periodId: t.globalID({ description: 'The closed period whose cash part is paid.' }),
    pool: t.field({ type: 'Money', description: 'What to pay in all; the whole cash part when left out.' }),
    memberIds: t.globalIDList({ description: 'Only these members.' }),
    whenShort: t.field({ type: WhenShortEnum, description: 'BLOCK when left out.' }),
  }),
  run: (input, context, command) =>
    calculateDistribution(context.database, command, {
      basis: input.basis ?? 'allocation',
      periodId: input.periodId?.id ?? null,
      poolMinor: input.pool == null ? null : context.minor(input.pool, ['input', 'pool']).toString(),
      memberIds: idsOf(input.memberIds),
      whenShort: input.whenShort ?? 'block',
    }),
  payload,
});

defineMutation('approveDistribution', {
  description: 'The second signature under a distribution. Never by the person who calculated it.',
  allow: 'distribution.approve',
  sensitive: true,
  input: (t) => ({ distributionId: t.globalID(ID) }),
  run: (input, context, command) =>
    approveDistribution(context.database, command, { distributionId: input.distributionId.id }),
  payload,
});

defineMutation('scheduleDistribution', {
  description: 'Schedules approved payments; the ledger books what is owed and capital falls today.',
  allow: 'distribution.pay',
  input: (t) => ({
    distributionId: t.globalID(ID),
    lineIds: t.globalIDList({ description: LINES }),
    payOn: t.field({ type: 'LocalDate', required: true, description: 'The day they are to be paid.' }),
  }),
  run: (input, context, command) =>
    scheduleDistribution(context.database, command, {
      distributionId: input.distributionId.id,
      lineIds: idsOf(input.lineIds),
      payOn: input.payOn,
    }),
  payload,
});

defineMutation('markDistributionPaid', {
  description: 'Notes that scheduled payments left the bank.',
  allow: 'distribution.pay',
  input: (t) => ({
    distributionId: t.globalID(ID),
    lineIds: t.globalIDList({ description: LINES }),
    paidOn: t.field({ type: 'LocalDate', required: true, description: 'The day they left.' }),
    reference: t.string({ description: 'The bank’s reference.' }),
  }),
  run: (input, context, command) =>
    markDistributionPaid(context.database, command, {
      distributionId: input.distributionId.id,
      lineIds: idsOf(input.lineIds),
      paidOn: input.paidOn,
      reference: input.reference ?? null,
    }),
  payload,
});

defineMutation('markDistributionFailed', {
  description: 'Notes that scheduled payments came back; the ledger returns them to capital.',
  allow: 'distribution.pay',
  input: (t) => ({
    distributionId: t.globalID(ID),
    lineIds: t.globalIDList({ description: LINES }),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: (input, context, command) =>
    markDistributionFailed(context.database, command, {
      distributionId: input.distributionId.id,
      lineIds: idsOf(input.lineIds),
      reason: input.reason,
    }),
  payload,
});

defineMutation('cancelDistribution', {
  description: 'Cancels payments that were not made; what is booked goes back to capital.',
  allow: 'distribution.pay',
  input: (t) => ({
    distributionId: t.globalID(ID),
    lineIds: t.globalIDList({ description: LINES }),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: (input, context, command) =>
    cancelDistribution(context.database, command, {
      distributionId: input.distributionId.id,
      lineIds: idsOf(input.lineIds),
      reason: input.reason,
    }),
  payload,
});
