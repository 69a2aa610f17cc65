// Puts the tokens of a fresh session into cookies no script can read, with the member and the look that belong to it.
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Language } from '@habitat/kernel';
import { isLanguage } from '@habitat/kernel';
import { cookies } from 'next/headers';
import { send } from '../../lib/api/request.ts';
import type { SessionTokens } from '../../lib/session/cookie.ts';
import {
  accessCookie,
  cookieOptions,
  languageCookie,
  memberCookie,
  refreshCookie,
  themeCookie,
} from '../../lib/session/cookie.ts';
import { isSecure } from '../../lib/session/secure.ts';
import { whoDocument } from './session.documents.ts';

const yearSeconds = 31_536_000;

export async function keepSession(tokens: SessionTokens): Promise<void> {
  const jar = await cookies();
  const secure = await isSecure();
  jar.set(accessCookie, tokens.accessToken, cookieOptions(secure));
  jar.set(refreshCookie, tokens.refreshToken, cookieOptions(secure));
  const who = await send(whoDocument, {}, randomUUID(), tokens.accessToken);
  const memberId = who.ok ? who.data.me.member?.id : undefined;
  if (memberId) jar.set(memberCookie, memberId, cookieOptions(secure, yearSeconds));
  else jar.delete(memberCookie);
  if (!who.ok) return;
  // A new device looks as the last one did; what was chosen on this one before signing in stays.
  const { locale, theme } = who.data.me.preferences;
  const language = locale?.toLowerCase();
  if (isLanguage(language) && !jar.has(languageCookie)) await keepLook({ language });
  if (!jar.has(themeCookie)) await keepLook({ theme: theme.toLowerCase() });
}

/** Keeps a theme or language on this device; "system" follows the device itself. */
export async function keepLook({ theme, language }: { theme?: string; language?: Language }): Promise<void> {
  const jar = await cookies();
  const options = cookieOptions(await isSecure(), yearSeconds);
  if (theme === 'light' || theme === 'dark') jar.set(themeCookie, theme, options);
  else if (theme !== undefined) jar.delete(themeCookie);
  if (language !== undefined) jar.set(languageCookie, language, options);
}
