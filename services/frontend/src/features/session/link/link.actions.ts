'use server';
// What is done with a link by mail. Each works without a script; whoever accepts an invitation is signed in at once.
import { randomUUID } from 'node:crypto';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../../lib/api/action-state.ts';
import { endedBadly } from '../../../lib/api/action-state.ts';
import type { Answer } from '../../../lib/api/fault.ts';
import { optional, text, typedOf } from '../../../lib/api/form.ts';
import { refusalWords } from '../../../lib/api/refusal-words.ts';
import { ask, send } from '../../../lib/api/request.ts';
import { keepSession } from '../keep-session.ts';
import { signInDocument } from '../session.documents.ts';
import {
  acceptInvitationDocument,
  confirmEmailDocument,
  requestResetDocument,
  resetPasswordDocument,
  undoEmailDocument,
} from './link.documents.ts';

async function refused(answer: Extract<Answer<unknown>, { ok: false }>, form: FormData) {
  return { ...endedBadly(answer, await refusalWords()), typed: typedOf(form) } as ActionState;
}

const passwordOf = (form: FormData) => String(form.get('password') ?? '');

/** Opens the account, or proves the one there is, and goes in. */
export async function acceptInvitation(_: ActionState, form: FormData): Promise<ActionState> {
  const password = passwordOf(form);
  const input = { token: text(form, 'token'), displayName: optional(form, 'displayName'), password };
  const answer = await send(acceptInvitationDocument, { input }, randomUUID());
  if (!answer.ok) return refused(answer, form);
  const { email } = answer.data.acceptInvitation;
  const entered = await send(signInDocument, { input: { email, password } }, randomUUID());
  // Somebody of several cooperatives chooses on the sign-in page.
  if (!entered.ok) redirect('/sign-in?said=accepted');
  await keepSession(entered.data.signIn);
  redirect('/');
}

/** Asks for a link to a new password; what is said afterwards is the same for every address. */
export async function requestReset(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await send(requestResetDocument, { input: { email: text(form, 'email') } }, randomUUID());
  return answer.ok ? redirect('/forgotten?said=sent') : refused(answer, form);
}

/** Sets the new password; every session is over then, so the way goes through the sign-in. */
export async function resetPassword(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { token: text(form, 'token'), password: passwordOf(form) };
  const answer = await send(resetPasswordDocument, { input }, randomUUID());
  return answer.ok ? redirect('/sign-in?said=reset') : refused(answer, form);
}

/** Takes the new address over; every other session of the account is over then. */
export async function confirmEmail(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(confirmEmailDocument, { input: { token: text(form, 'token') } });
  return answer.ok ? redirect('/settings/me/security?said=emailChanged') : refused(answer, form);
}

/** Keeps the old address or brings it back, with a new password; every session is over then. */
export async function undoEmail(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { token: text(form, 'token'), password: passwordOf(form) };
  const answer = await send(undoEmailDocument, { input }, randomUUID());
  return answer.ok ? redirect('/sign-in?said=undone') : refused(answer, form);
}
