'use server';
// Saying that somebody is away, and that they are back.
import type { ActionState } from '../../../lib/api/action-state.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { endedIn, keyOf } from '../ended.ts';
import { announceAbsenceDocument, endAbsenceDocument } from './absence.documents.ts';

const room = 'approval/away';

/** Announces an absence: one's own, or as an administrator anybody's. */
export async function announceAbsence(_: ActionState, form: FormData): Promise<ActionState> {
  const input = {
    memberId: optional(form, 'memberId'),
    startsOn: text(form, 'startsOn'),
    endsOn: text(form, 'endsOn'),
    backupMemberId: optional(form, 'backupMemberId'),
    ...keyOf(form),
  };
  return endedIn(await ask(announceAbsenceDocument, { input }), form, room, 'away');
}

/** Ends an absence at once. */
export async function endAbsence(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { absenceId: text(form, 'absenceId'), ...keyOf(form) };
  return endedIn(await ask(endAbsenceDocument, { input }), form, room, 'back');
}
