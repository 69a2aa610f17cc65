'use server';
// A steward's decisions. None is done twice: the key comes from the page the steward looked at.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import { optional, text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import {
  adjustDocument,
  approveDocument,
  askDocument,
  bulkApproveDocument,
  rejectDocument,
} from './approval.documents.ts';

const keyed = (form: FormData) => ({
  contributionId: text(form, 'contributionId'),
  idempotencyKey: text(form, 'idempotencyKey'),
});

/** Approves as logged, or signs as one of two. */
export async function approve(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(approveDocument, { input: keyed(form) });
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  const { contribution } = answer.data.approveContribution;
  const t = await getTranslations('approvals.said');
  const open = contribution.signaturesNeeded - contribution.signatures.length;
  const said = open > 0 && contribution.status === 'SUBMITTED' ? 'signed' : 'approved';
  return { status: 'done', said: t(said, { number: contribution.number }) };
}

/** Approves with another quantity or value; what was logged stays readable beside it. */
export async function adjust(_: ActionState, form: FormData): Promise<ActionState> {
  const quantity = optional(form, 'quantity');
  const value = optional(form, 'value')?.replaceAll(',', '') ?? null;
  const input = {
    ...keyed(form),
    reason: text(form, 'reason'),
    ...(quantity ? { quantity } : {}),
    ...(value ? { value } : {}),
  };
  const answer = await ask(adjustDocument, { input });
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  const t = await getTranslations('approvals.said');
  return {
    status: 'done',
    said: t('adjusted', { number: answer.data.adjustContribution.contribution.number }),
  };
}

/** Asks the author; the contribution waits for the answer. */
export async function askAuthor(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(askDocument, { input: { ...keyed(form), question: text(form, 'question') } });
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  const t = await getTranslations('approvals.said');
  return {
    status: 'done',
    said: t('asked', { number: answer.data.askAboutContribution.contribution.number }),
  };
}

/** Rejects with a reason; it is kept and never counts. */
export async function reject(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(rejectDocument, { input: { ...keyed(form), reason: text(form, 'reason') } });
  revalidatePath('/', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  const t = await getTranslations('approvals.said');
  return {
    status: 'done',
    said: t('rejected', { number: answer.data.rejectContribution.contribution.number }),
  };
}

export type BulkState =
  | { status: 'idle' }
  | { status: 'failed'; code: string; signedOut: boolean }
  | { status: 'done'; said: string; refused: readonly { number: number | null; reason: string }[] };

/** Approves what is selected, each by itself: one that cannot be approved stops none of the others. */
export async function approveSelected(_: BulkState, form: FormData): Promise<BulkState> {
  const contributionIds = form.getAll('contributionIds').map(String);
  const answer = await ask(bulkApproveDocument, {
    input: { contributionIds, idempotencyKey: text(form, 'idempotencyKey') },
  });
  revalidatePath('/', 'layout');
  if (!answer.ok) {
    const [fault] = answer.faults;
    return { status: 'failed', code: fault.correlationId ?? '', signedOut: fault.kind === 'signed-out' };
  }
  const { results } = answer.data.approveContributions;
  const t = await getTranslations('approvals.said');
  const words = await refusalWords();
  const refused = results
    .filter((result) => !result.ok)
    .map((result) => ({ number: result.contribution?.number ?? null, reason: told(result.reason, words) }));
  return {
    status: 'done',
    said: t('bulk', { done: results.length - refused.length, not: refused.length }),
    refused,
  };
}

function told(reason: string | null, words: Awaited<ReturnType<typeof refusalWords>>): string {
  return words({
    kind: 'refused',
    reason: reason ?? '',
    message: reason ?? '',
    field: null,
    correlationId: null,
    facts: {},
  });
}
