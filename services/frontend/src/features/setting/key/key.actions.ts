'use server';
// Making, changing and taking back keys, and deciding what programs asked for. A key is shown once, where it was asked for.
import type { ActionState } from '../../../lib/api/action-state.ts';
import type { Fault } from '../../../lib/api/fault.ts';
import { text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import {
  confirmPendingActDocument,
  createApiKeyDocument,
  declinePendingActDocument,
  revokeApiKeyDocument,
  rotateApiKeyDocument,
} from './key.documents.ts';

const room = 'api-keys';
/** A list of boxes has no single place a fault could lead to. */
const placeOf = ({ field }: Fault) => (field === 'scopes' ? null : field);

/** Makes a key and shows it. */
export async function createApiKey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    name: text(form, 'name'),
    scopes: form.getAll('scopes').map(String),
    ceiling: text(form, 'ceiling').replaceAll(',', ''),
    days: Number(text(form, 'days')),
    hourlyLimit: Number(text(form, 'hourlyLimit')),
    ...keyOf(form),
  };
  const answer = await ask(createApiKeyDocument, { input });
  const secret = answer.ok ? answer.data.createApiKey.secret : null;
  return secret === null
    ? endedIn(answer, form, room, 'keyMade', placeOf)
    : { status: 'hand-over', link: secret };
}

/** Gives a key another secret and shows it; the one before is believed for the hours chosen. */
export async function rotateApiKey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    apiKeyId: text(form, 'apiKeyId'),
    overlapHours: Number(text(form, 'overlapHours')),
    ...keyOf(form),
  };
  const answer = await ask(rotateApiKeyDocument, { input });
  const secret = answer.ok ? answer.data.rotateApiKey.secret : null;
  return secret === null ? endedIn(answer, form, room, 'keyMade') : { status: 'hand-over', link: secret };
}

/** Takes a key back. */
export async function revokeApiKey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { apiKeyId: text(form, 'apiKeyId'), ...keyOf(form) };
  return endedIn(await ask(revokeApiKeyDocument, { input }), form, room, 'keyRevoked');
}

/** Does what a program asked for, or says no to it. */
export async function decidePendingAct(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { pendingActId: text(form, 'pendingActId'), ...keyOf(form) };
  return text(form, 'decision') === 'confirm'
    ? endedIn(await ask(confirmPendingActDocument, { input }), form, room, 'actConfirmed')
    : endedIn(await ask(declinePendingActDocument, { input }), form, room, 'actDeclined');
}
