'use server';
// Paying members. Calculating is one person's act and approving another's; nothing leaves before both.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import type { Answer } from '../../lib/api/fault.ts';
import { optional, text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import {
  approveDistributionDocument,
  calculateDistributionDocument,
  cancelDistributionDocument,
  markFailedDocument,
  markPaidDocument,
  scheduleDistributionDocument,
} from './distribution.documents.ts';

type Said = 'calculated' | 'approved' | 'scheduled' | 'paid' | 'failed' | 'cancelled';

async function ended(answer: Answer<unknown>, said: Said): Promise<ActionState> {
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  return { status: 'done', said: (await getTranslations('distributions.said'))(said) };
}

const one = (form: FormData) => ({
  distributionId: text(form, 'distributionId'),
  idempotencyKey: text(form, 'idempotencyKey'),
});
const lineIds = (form: FormData) => form.getAll('lineIds').map(String);

/** Works out the cash part of a closed period's allocation, under both guards. */
export async function calculateDistribution(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { periodId: text(form, 'periodId'), idempotencyKey: text(form, 'idempotencyKey') };
  return ended(await ask(calculateDistributionDocument, { input }), 'calculated');
}

/** The second signature; never by who calculated. */
export async function approveDistribution(_: ActionState, form: FormData): Promise<ActionState> {
  return ended(await ask(approveDistributionDocument, { input: one(form) }), 'approved');
}

/** Sets the day of payment: capital falls by the amount at once, cash on the day. */
export async function scheduleDistribution(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...one(form), payOn: text(form, 'payOn') };
  return ended(await ask(scheduleDistributionDocument, { input }), 'scheduled');
}

/** Records that money has left, for the payments named. */
export async function markPaid(_: ActionState, form: FormData): Promise<ActionState> {
  const reference = optional(form, 'reference');
  const input = {
    ...one(form),
    lineIds: lineIds(form),
    paidOn: text(form, 'paidOn'),
    ...(reference ? { reference } : {}),
  };
  return ended(await ask(markPaidDocument, { input }), 'paid');
}

/** Records that a payment came back: the capital is restored. */
export async function markFailed(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...one(form), lineIds: lineIds(form), reason: text(form, 'reason') };
  return ended(await ask(markFailedDocument, { input }), 'failed');
}

/** Cancels what is not paid yet, with a reason. */
export async function cancelDistribution(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...one(form), reason: text(form, 'reason') };
  return ended(await ask(cancelDistributionDocument, { input }), 'cancelled');
}
