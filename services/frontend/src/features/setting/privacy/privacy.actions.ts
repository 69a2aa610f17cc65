'use server';
// Asking for an erasure, agreeing to one, taking one back. Each form says which room it stands in.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import {
  approveErasureDocument,
  requestErasureDocument,
  withdrawErasureDocument,
} from './privacy.documents.ts';

const roomOf = (form: FormData) => (text(form, 'room') === 'privacy' ? 'privacy' : 'me/privacy');

/** Asks to erase somebody; it is looked at what stands against it, and waits for a second person. */
export async function requestErasure(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { memberId: text(form, 'memberId'), ...keyOf(form) };
  return endedIn(await ask(requestErasureDocument, { input }), form, roomOf(form), 'erasureRequested');
}

/** Agrees as the second person. There is no way back. */
export async function approveErasure(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { erasureId: text(form, 'erasureId'), ...keyOf(form) };
  return endedIn(await ask(approveErasureDocument, { input }), form, 'privacy', 'erasureApproved');
}

/** Takes a request back. */
export async function withdrawErasure(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { erasureId: text(form, 'erasureId'), ...keyOf(form) };
  return endedIn(await ask(withdrawErasureDocument, { input }), form, roomOf(form), 'erasureWithdrawn');
}
