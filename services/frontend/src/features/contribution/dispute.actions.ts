'use server';
// A value that is disputed: its member says why, a reviewer or administrator settles it, with the reason kept.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { optional, text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import { disputeContributionDocument, resolveDisputeDocument } from './contribution.documents.ts';

const inputOf = (form: FormData) => ({
  contributionId: text(form, 'contributionId'),
  reason: text(form, 'reason'),
  idempotencyKey: text(form, 'idempotencyKey'),
});

/** Says that the value is not right; it stops the allocation until it is settled. */
export async function disputeContribution(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(disputeContributionDocument, { input: inputOf(form) });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('contribution.said');
  return {
    status: 'done',
    said: t('disputed', { number: answer.data.disputeContribution.contribution.number }),
  };
}

/** Settles a dispute: with another value, or with the one it has. */
export async function resolveDispute(_: ActionState, form: FormData): Promise<ActionState> {
  const value = optional(form, 'value')?.replaceAll(',', '') ?? null;
  const answer = await ask(resolveDisputeDocument, {
    input: { ...inputOf(form), ...(value ? { value } : {}) },
  });
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/', 'layout');
  const t = await getTranslations('contribution.said');
  return { status: 'done', said: t('settled', { number: answer.data.resolveDispute.contribution.number }) };
}
