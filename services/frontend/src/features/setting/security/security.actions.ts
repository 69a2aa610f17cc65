'use server';
// Who gets into one's account: its email, its password, its sessions, its second factor and its passkeys.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { ActionState } from '../../../lib/api/action-state.ts';
import { endedBadly } from '../../../lib/api/action-state.ts';
import { text } from '../../../lib/api/form.ts';
import { refusalWords } from '../../../lib/api/refusal-words.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import {
  addPasskeyDocument,
  beginSecondFactorDocument,
  changePasswordDocument,
  confirmSecondFactorDocument,
  endOtherSessionsDocument,
  endSessionDocument,
  removePasskeyDocument,
  renamePasskeyDocument,
  renewRecoveryCodesDocument,
  requestEmailChangeDocument,
  setSecondFactorPolicyDocument,
  turnOffSecondFactorDocument,
  unlinkIdentityDocument,
} from './security.documents.ts';

/** Another email: links go to the new address and to the old. */
export async function requestEmailChange(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { email: text(form, 'email'), ...keyOf(form) };
  return endedIn(await ask(requestEmailChangeDocument, { input }), form, 'me/security', 'emailAsked');
}

/** A new password; every other session of this account here ends. */
export async function changePassword(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    currentPassword: String(form.get('currentPassword') ?? ''),
    newPassword: String(form.get('newPassword') ?? ''),
    ...keyOf(form),
  };
  return endedIn(await ask(changePasswordDocument, { input }), form, 'me/security', 'password');
}

/** Ends one other session. */
export async function endSession(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { sessionId: text(form, 'sessionId'), ...keyOf(form) };
  return endedIn(await ask(endSessionDocument, { input }), form, 'me/security', 'sessionEnded');
}

/** Ends every session but this one. */
export async function endOtherSessions(_: ActionState, form: FormData): Promise<ActionState> {
  return endedIn(
    await ask(endOtherSessionsDocument, { input: keyOf(form) }),
    form,
    'me/security',
    'sessionEnded',
  );
}

/** Makes a secret for an authenticator. The page that shows it says what to do, and is not told twice, nor once it is done. */
export async function beginSecondFactor(_: ActionState, form: FormData): Promise<ActionState> {
  return endedIn(await ask(beginSecondFactorDocument, { input: keyOf(form) }), form, 'me/security', null);
}

async function recoveryCodesOf(form: FormData) {
  if (!form.has('code')) {
    const answer = await ask(renewRecoveryCodesDocument, { input: keyOf(form) });
    return answer.ok ? ({ ok: true, data: answer.data.renewRecoveryCodes } as const) : answer;
  }
  const input = { code: text(form, 'code'), ...keyOf(form) };
  const answer = await ask(confirmSecondFactorDocument, { input });
  return answer.ok ? ({ ok: true, data: answer.data.confirmSecondFactor } as const) : answer;
}

/**
 * Shows recovery codes once: those that come with the first code of a second factor, or new ones. One act for both, so
 * that the form stands in its place while the page around it changes, also where no script runs.
 */
export async function showRecoveryCodes(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await recoveryCodesOf(form);
  if (!answer.ok) return endedBadly(answer, await refusalWords());
  revalidatePath('/settings/me/security');
  const said = (await getTranslations('security'))('codesShown');
  return { status: 'hand-over', said, link: answer.data.recoveryCodes.join('\n') };
}

/** From then on the password alone lets one in. */
export async function turnOffSecondFactor(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(turnOffSecondFactorDocument, { input: keyOf(form) });
  return endedIn(answer, form, 'me/security', 'turnedOff');
}

/** Keeps the passkey this device made; the form carries what it answered. */
export async function addPasskey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { credential: text(form, 'credential'), name: text(form, 'name'), ...keyOf(form) };
  return endedIn(await ask(addPasskeyDocument, { input }), form, 'me/security', 'passkeyAdded');
}

/** What its owner tells it from others by. */
export async function renamePasskey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { passkeyId: text(form, 'passkeyId'), name: text(form, 'name'), ...keyOf(form) };
  return endedIn(await ask(renamePasskeyDocument, { input }), form, 'me/security', 'passkeyRenamed');
}

/** From then on the passkey opens nothing. */
export async function removePasskey(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { passkeyId: text(form, 'passkeyId'), ...keyOf(form) };
  return endedIn(await ask(removePasskeyDocument, { input }), form, 'me/security', 'passkeyRemoved');
}

/** From then on that person of the provider opens nothing here. */
export async function unlinkIdentity(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { identityId: text(form, 'identityId'), ...keyOf(form) };
  return endedIn(await ask(unlinkIdentityDocument, { input }), form, 'me/security', 'identityUnlinked');
}

/** Which roles give nothing until their holder has a second factor. An administrator's act. */
export async function setSecondFactorPolicy(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    roles: form.getAll('roles').map(String),
    requiredFrom: text(form, 'requiredFrom'),
    rationale: text(form, 'rationale'),
    ...keyOf(form),
  };
  return endedIn(await ask(setSecondFactorPolicyDocument, { input }), form, 'cooperative', 'factorPolicy');
}
