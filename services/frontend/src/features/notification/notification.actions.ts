'use server';
// Reading what one was told, and choosing how to hear of it. Plain forms: they work before or without a script.
import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { text } from '../../lib/api/form.ts';
import { ask, send } from '../../lib/api/request.ts';
import { endedIn, keyOf, rowsOf } from '../setting/ended.ts';
import type { Preference } from './notification.documents.ts';
import {
  changeNotificationPreferencesDocument,
  readAllNotificationsDocument,
  readNotificationDocument,
  stopMailDocument,
} from './notification.documents.ts';

/** Marks one as read and goes where it is about; the way there comes from the API, never from the form. */
export async function openNotification(form: FormData): Promise<void> {
  const input = { notificationId: text(form, 'notificationId'), ...keyOf(form) };
  const answer = await ask(readNotificationDocument, { input });
  revalidatePath('/', 'layout');
  redirect(answer.ok ? answer.data.readNotification.notification.path : '/notifications?said=fault');
}

/** Marks everything as read that was on the page when it was drawn. */
export async function readAll(form: FormData): Promise<void> {
  const answer = await ask(readAllNotificationsDocument, {
    input: { until: text(form, 'until'), ...keyOf(form) },
  });
  revalidatePath('/', 'layout');
  redirect(`/notifications?said=${answer.ok ? 'read' : 'fault'}`);
}

export async function choosePreferences(_: ActionState, form: FormData): Promise<ActionState> {
  const preferences = rowsOf(form, 'preferences').map(({ get }) => ({
    kind: get('kind') as Preference['kind'],
    listed: get('listed') === 'true',
    mail: get('mail') as Preference['mail'],
  }));
  const answer = await ask(changeNotificationPreferencesDocument, { input: { preferences, ...keyOf(form) } });
  return endedIn(answer, form, 'me/notifications', 'notifications');
}

/** Stops the mails a link in one of them is for; nobody needs to be signed in. */
export async function stopMail(form: FormData): Promise<void> {
  const token = text(form, 'token');
  const answer = await send(stopMailDocument, { input: { token } }, randomUUID());
  redirect(`/unsubscribe/${encodeURIComponent(token)}?said=${answer.ok ? 'stopped' : 'fault'}`);
}
