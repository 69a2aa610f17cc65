'use server';
// A peer's yes or no to a colleague's contribution. Both lead back to the list, from which the item is gone.
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { text } from '../../lib/api/form.ts';
import type { Answer } from '../../lib/api/fault.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { objectDocument, validateDocument } from './peer.documents.ts';

async function ended(answer: Answer<unknown>, said: 'validated' | 'objected'): Promise<ActionState> {
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  redirect(`/peers?said=${said}`);
}

const about = (form: FormData) => ({
  contributionId: text(form, 'contributionId'),
  idempotencyKey: text(form, 'idempotencyKey'),
});

/** Says that it was given as logged. */
export async function validateAsPeer(_: ActionState, form: FormData): Promise<ActionState> {
  return ended(await ask(validateDocument, { input: about(form) }), 'validated');
}

/** Says no, with a reason: a reviewer decides it. */
export async function objectAsPeer(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { ...about(form), reason: text(form, 'reason') };
  return ended(await ask(objectDocument, { input }), 'objected');
}
