'use server';
// One's own profile and preferences. Theme and language are kept on this device as well, because a
// page is drawn before anybody is asked who reads it.
import { cookies } from 'next/headers';
import type { ActionState } from '../../../lib/api/action-state.ts';
import { optional, text } from '../../../lib/api/form.ts';
import { ask } from '../../../lib/api/request.ts';
import { isLanguage } from '@habitat/kernel';
import { cookieOptions, languageCookie, themeCookie } from '../../../lib/session/cookie.ts';
import { isSecure } from '../../../lib/session/secure.ts';
import { endedIn, keyOf } from '../ended.ts';
import { changeMyPreferencesDocument, changeMyProfileDocument } from './me.documents.ts';

const aYear = 31_536_000;

/** The name others see. */
export async function changeMyProfile(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { displayName: text(form, 'displayName'), ...keyOf(form) };
  return endedIn(await ask(changeMyProfileDocument, { input }), form, 'me', 'profile');
}

/** Language, theme, keys and the kind the log form begins with. */
export async function changeMyPreferences(_: ActionState, form: FormData): Promise<ActionState> {
  const locale = text(form, 'locale');
  const theme = text(form, 'theme');
  const input = {
    locale: (locale.toUpperCase() || null) as 'EN' | 'ES' | null,
    theme: (theme.toUpperCase() || 'SYSTEM') as 'SYSTEM' | 'LIGHT' | 'DARK',
    singleKeyShortcuts: form.has('singleKeyShortcuts'),
    defaultKind: optional(form, 'defaultKind') as 'LABOR' | null,
    ...keyOf(form),
  };
  const answer = await ask(changeMyPreferencesDocument, { input });
  if (answer.ok) await keepOnDevice(locale, theme);
  return endedIn(answer, form, 'me', 'preferences');
}

async function keepOnDevice(locale: string, theme: string): Promise<void> {
  const jar = await cookies();
  const options = cookieOptions(await isSecure(), aYear);
  if (isLanguage(locale)) jar.set(languageCookie, locale, options);
  else jar.delete(languageCookie);
  if (theme === 'light' || theme === 'dark') jar.set(themeCookie, theme, options);
  else jar.delete(themeCookie);
}
