'use server';
// Moving a close on. Each act is asked for once, whatever happens to the click: the key was made with the page.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import type { Answer } from '../../lib/api/fault.ts';
import { optional, text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import {
  abandonCloseDocument,
  approveAllocationDocument,
  approveReopenDocument,
  beginCloseDocument,
  confirmStepDocument,
  proposeDocument,
  requestReopenDocument,
  returnAllocationDocument,
} from './close.documents.ts';

type Said =
  'abandoned' | 'begun' | 'confirmed' | 'proposed' | 'approved' | 'returned' | 'reopenAsked' | 'reopened';

async function ended(answer: Answer<unknown>, said: Said): Promise<ActionState> {
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  const t = await getTranslations('close.said');
  return { status: 'done', said: t(said) };
}

/** Begins the close of a period: from here on every step is kept. */
export async function beginClose(_: ActionState, form: FormData): Promise<ActionState> {
  const earlyBecause = optional(form, 'earlyBecause');
  const input = {
    periodId: text(form, 'periodId'),
    idempotencyKey: text(form, 'idempotencyKey'),
    ...(earlyBecause ? { earlyBecause } : {}),
  };
  return ended(await ask(beginCloseDocument, { input }), 'begun');
}

/** Confirms the step a close stands at. */
export async function confirmStep(_: ActionState, form: FormData): Promise<ActionState> {
  const note = optional(form, 'note');
  const input = {
    closeId: text(form, 'closeId'),
    // A step is one of seven, no amount.
    step: Number.parseInt(text(form, 'step'), 10),
    idempotencyKey: text(form, 'idempotencyKey'),
    ...(note ? { note } : {}),
  };
  return ended(await ask(confirmStepDocument, { input }), 'confirmed');
}

/** Works out the allocation and lays it before a second person. */
export async function propose(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { closeId: text(form, 'closeId'), idempotencyKey: text(form, 'idempotencyKey') };
  return ended(await ask(proposeDocument, { input }), 'proposed');
}

/** Signs exactly the record that was shown: its hash goes along, and another record is refused. */
export async function approveAllocation(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    closeId: text(form, 'closeId'),
    recordHash: text(form, 'recordHash'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  return ended(await ask(approveAllocationDocument, { input }), 'approved');
}

/** Sends a proposal back with a reason. */
export async function returnAllocation(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    closeId: text(form, 'closeId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  return ended(await ask(returnAllocationDocument, { input }), 'returned');
}

/** Gives a close up before its allocation is approved; the period opens again. */
export async function abandonClose(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    closeId: text(form, 'closeId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  return ended(await ask(abandonCloseDocument, { input }), 'abandoned');
}

/** Asks to reopen a closed period; a second person must agree before anything is undone. */
export async function requestReopen(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    periodId: text(form, 'periodId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  return ended(await ask(requestReopenDocument, { input }), 'reopenAsked');
}

/** Agrees to reopen: the allocation is reversed and the period opens again. */
export async function approveReopen(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { periodId: text(form, 'periodId'), idempotencyKey: text(form, 'idempotencyKey') };
  return ended(await ask(approveReopenDocument, { input }), 'reopened');
}
