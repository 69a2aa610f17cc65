'use server';
// Acts upon the journal. Nothing posted ever changes: a mistake is reversed, and a second person agrees to it.
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../../lib/api/action-state.ts';
import { endedBadly } from '../../../lib/api/action-state.ts';
import type { Answer } from '../../../lib/api/fault.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { refusalWords } from '../../../lib/api/refusal-words.ts';
import { ask } from '../../../lib/api/request.ts';
import {
  approveRequestDocument,
  declineRequestDocument,
  postFormDocument,
  postTransactionDocument,
  reverseTransactionDocument,
} from './journal.documents.ts';
import type { PostDraft } from './post-draft.ts';
import { entriesOf, sentDraft } from './post-draft.ts';

type Said = 'asked' | 'signed' | 'declined';

async function ended(answer: Answer<unknown>, said: Said): Promise<ActionState> {
  revalidatePath('/treasury', 'layout');
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  return { status: 'done', said: (await getTranslations('treasury'))(`said.${said}`) };
}

/** Asks for the reversal of a transaction; somebody else signs it. */
export async function reverseTransaction(_: ActionState, form: FormData): Promise<ActionState> {
  const effectiveOn = optional(form, 'effectiveOn');
  const input = {
    transactionId: text(form, 'transactionId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
    ...(effectiveOn ? { effectiveOn } : {}),
  };
  return ended(await ask(reverseTransactionDocument, { input }), 'asked');
}

/** The second signature: what was asked for is posted now. */
export async function signRequest(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { requestId: text(form, 'requestId'), idempotencyKey: text(form, 'idempotencyKey') };
  return ended(await ask(approveRequestDocument, { input }), 'signed');
}

/** Declines a request, or takes it back when it is one's own. */
export async function decideRequest(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    requestId: text(form, 'requestId'),
    reason: text(form, 'reason'),
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  return ended(await ask(declineRequestDocument, { input }), 'declined');
}

/** Also carries what was typed, for a page that comes back without a script. */
export type PostState = ActionState & { sent?: PostDraft };

/** Posts a journal entry, or asks a second person; either way the journal is where it ends. */
export async function postEntry(_: PostState, form: FormData): Promise<PostState> {
  const sent = sentDraft(form);
  const words = await refusalWords();
  const chart = await ask(postFormDocument, {});
  if (!chart.ok) return { ...endedBadly(chart, words), sent };
  const { accounts, cooperative } = chart.data;
  const t = await getTranslations('posting');
  const built = entriesOf(sent, accounts, cooperative.currencyDigits);
  if (!built.ok) {
    const faults = built.faults.map(({ field, reason }) => ({ field, text: t(`fault.${reason}`) }));
    return { status: 'refused', faults, nextKey: globalThis.crypto.randomUUID(), sent };
  }
  const answer = await ask(postTransactionDocument, {
    input: {
      effectiveOn: sent.effectiveOn,
      description: sent.description,
      entries: built.entries.map(({ accountId, book, tax }) => ({ accountId, book, tax })),
      idempotencyKey: text(form, 'idempotencyKey'),
    },
  });
  if (!answer.ok) {
    // The API counts the lines it was sent; the form's empty ones lie between them.
    const faults = answer.faults.map((fault) => ({ ...fault, field: built.fieldOf(fault.field) }));
    const [first = answer.faults[0], ...rest] = faults;
    return { ...endedBadly({ ok: false, faults: [first, ...rest] }, words), sent };
  }
  revalidatePath('/treasury', 'layout');
  const { transaction } = answer.data.postTransaction;
  redirect(
    transaction
      ? `/treasury/journal?transaction=${encodeURIComponent(transaction.id)}`
      : '/treasury/journal?asked=1#waiting',
  );
}
