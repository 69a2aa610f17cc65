'use server';
// Another value for a contribution: an administrator asks for it, a second person confirms it or says no, and whoever asked
// takes it back.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { confirmOverrideDocument, declineOverrideDocument, overrideDocument } from './override.documents.ts';

const aboutOf = (form: FormData) => ({
  contributionId: text(form, 'contributionId'),
  idempotencyKey: text(form, 'idempotencyKey'),
});

const said = () => getTranslations('contribution.override.said');

/** Asks for another value; nothing changes until a second person confirms it. */
export async function askOverride(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    ...aboutOf(form),
    value: text(form, 'value').replaceAll(',', ''),
    justification: text(form, 'justification'),
  };
  const answer = await ask(overrideDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const { number } = answer.data.overrideValuation.contribution;
  return { status: 'done', said: (await said())('asked', { number }) };
}

/** Agrees to it as the second person. */
export async function confirmOverride(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(confirmOverrideDocument, { input: aboutOf(form) });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const { number } = answer.data.confirmValuationOverride.contribution;
  return { status: 'done', said: (await said())('confirmed', { number }) };
}

/** Says no to it with a reason, or takes back what one asked for oneself. */
export async function declineOverride(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    requestId: text(form, 'requestId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  const answer = await ask(declineOverrideDocument, { input });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  return { status: 'done', said: (await said())(text(form, 'own') ? 'takenBack' : 'declined') };
}
