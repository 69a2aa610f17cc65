'use server';
// Saying no to what waits for a second person, or taking back what one asked for oneself.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import { declineWaitingDocument } from './waiting.documents.ts';

export async function declineWaiting(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { requestId: text(form, 'requestId'), reason: text(form, 'reason'), ...keyOf(form) };
  return endedIn(await ask(declineWaitingDocument, { input }), form, 'waiting', 'declined');
}
