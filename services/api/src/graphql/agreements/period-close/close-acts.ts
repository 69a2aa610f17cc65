// The acts of a close: begin, confirm, propose, approve, send back, give up, ask the ledger again, open again.
import type { CloseDone } from '@habitat/agreements';
import {
  abandonPeriodClose,
  approveAllocation,
  approveReopen,
  beginPeriodClose,
  confirmCloseStep,
  getPeriodClose,
  proposeAllocation,
  requestReopen,
  resumeClose,
  returnAllocation,
} from '@habitat/agreements';
import type { Types } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { notFound } from '../../error.ts';
import { defineMutation } from '../../mutation.ts';
import { secondPersonDays } from '../../platform/waiting/second-person-days.ts';
import { PeriodCloseRef } from './period-close.ts';

async function closeOf(closeId: string, context: ApiContext) {
  const view = await getPeriodClose(context.database, context.cooperativeId(), { closeId });
  if (view === null) throw notFound('close');
  return view;
}

type PayloadBuilder = PothosSchemaTypes.ObjectFieldBuilder<Types, CloseDone>;
const payload = (t: PayloadBuilder) => ({
  periodClose: t.field({
    type: PeriodCloseRef,
    description: 'The close as it is now.',
    resolve: ({ closeId }, _args, context) => closeOf(closeId, context),
  }),
});

/** Allocation commands answer with the allocation; the payload shows the close it belongs to. */
async function ofClose<R>(
  closeId: string,
  done: Promise<{ ok: true; value: unknown } | { ok: false; refusal: R }>,
) {
  const result = await done;
  return result.ok ? { ok: true as const, value: { closeId } } : result;
}

const CLOSE_ID = { required: true, description: 'The close.' } as const;

defineMutation('beginPeriodClose', {
  description: 'Begins the close of a period that is over.',
  allow: 'close.run',
  input: (t) => ({
    periodId: t.globalID({ required: true, description: 'The period to close.' }),
    earlyBecause: t.string({
      description: 'Why it is closed before its last day is over; without it that is refused.',
    }),
  }),
  run: (input, context, command) =>
    beginPeriodClose(context.database, command, {
      periodId: input.periodId.id,
      earlyBecause: input.earlyBecause ?? null,
    }),
  payload,
});

defineMutation('confirmCloseStep', {
  description: 'Confirms step 1 (review), 2 (stop new contributions) or 3 (books are final).',
  allow: 'signedIn',
  input: (t) => ({
    closeId: t.globalID(CLOSE_ID),
    step: t.int({ required: true, description: '1, 2 or 3.' }),
    note: t.string({ description: 'What was looked at, e.g. that the bank is reconciled.' }),
  }),
  run: (input, context, command) =>
    confirmCloseStep(context.database, command, {
      closeId: input.closeId.id,
      step: input.step,
      note: input.note ?? null,
    }),
  payload,
});

defineMutation('proposeAllocation', {
  description: 'Works out the allocation and proposes it; a second person approves.',
  allow: 'allocation.propose',
  input: (t) => ({
    closeId: t.globalID(CLOSE_ID),
    keepUnallocated: t.boolean({
      description: 'Where nobody takes part: keep the whole result in reserves.',
    }),
  }),
  run: (input, context, command) =>
    ofClose(
      input.closeId.id,
      proposeAllocation(context.database, command, {
        closeId: input.closeId.id,
        keepUnallocated: input.keepUnallocated === true,
      }),
    ),
  payload,
});

defineMutation('approveAllocation', {
  description: 'Approves the proposal whose record you saw. Never the proposer.',
  allow: 'allocation.approve',
  input: (t) => ({
    closeId: t.globalID(CLOSE_ID),
    recordHash: t.string({
      required: true,
      description: 'Hash of the record you saw; another one is a conflict.',
    }),
  }),
  run: (input, context, command) =>
    ofClose(
      input.closeId.id,
      approveAllocation(context.database, command, {
        closeId: input.closeId.id,
        recordHash: input.recordHash,
      }),
    ),
  payload,
});

defineMutation('returnAllocation', {
  description: 'Sends a proposal back with a reason; nothing is posted.',
  allow: ['allocation.approve', 'allocation.propose'],
  input: (t) => ({
    closeId: t.globalID(CLOSE_ID),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: (input, context, command) =>
    ofClose(
      input.closeId.id,
      returnAllocation(context.database, command, { closeId: input.closeId.id, reason: input.reason }),
    ),
  payload,
});

defineMutation('abandonPeriodClose', {
  description: 'Gives a close up before its allocation is approved; the period opens again.',
  allow: 'close.run',
  input: (t) => ({
    closeId: t.globalID(CLOSE_ID),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: (input, context, command) =>
    abandonPeriodClose(context.database, command, { closeId: input.closeId.id, reason: input.reason }),
  payload,
});

defineMutation('resumePeriodClose', {
  description: 'Asks the ledger again for what a close still waits for; nothing is done twice.',
  allow: 'close.run',
  input: (t) => ({ closeId: t.globalID(CLOSE_ID) }),
  run: (input, context, command) => resumeClose(context.database, command, { closeId: input.closeId.id }),
  payload,
});

defineMutation('requestReopen', {
  description: 'Asks for a closed period to be opened again in an emergency; a board member decides.',
  allow: 'period.reopen',
  sensitive: true,
  input: (t) => ({
    periodId: t.globalID({ required: true, description: 'The closed period.' }),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: async ({ periodId, reason }, context, command) =>
    requestReopen(context.database, command, {
      periodId: periodId.id,
      reason,
      secondPersonDays: await secondPersonDays(context),
    }),
  payload,
});

defineMutation('approveReopen', {
  description: 'The second signature under a reopen: the allocation is reversed and the period opens.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({ periodId: t.globalID({ required: true, description: 'The closed period.' }) }),
  run: async ({ periodId: { id: periodId } }, context, command) =>
    approveReopen(context.database, command, {
      periodId,
      secondPersonDays: await secondPersonDays(context),
    }),
  payload,
});
