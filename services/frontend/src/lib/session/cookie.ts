// The two cookies of a session. No script can read them and no other site's form can send them along.
export const accessCookie = 'habitat_access';
export const refreshCookie = 'habitat_refresh';
export const memberCookie = 'habitat_member';
export const themeCookie = 'habitat_theme';
export const languageCookie = 'habitat_language';

/** The refresh token lives seven days at the API; the cookie must not outlive it. */
const refreshSeconds = 7 * 24 * 60 * 60;

export type SessionTokens = { accessToken: string; refreshToken: string };

export type CookieOptions = {
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  path: '/';
  maxAge: number;
};

export function cookieOptions(secure: boolean, maxAge: number = refreshSeconds): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge };
}

/** When a JWT ends, in seconds since 1970, read without trusting it: the API is the one that verifies. */
export function tokenEndsAt(token: string): number | null {
  const payload = token.split('.')[1];
  if (!payload) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : null;
    return typeof exp === 'number' ? exp : null;
  } catch {
    return null;
  }
}

/** True when a token is missing, unreadable or ends within the margin, so that no page is asked for with a dying one. */
export function needsRefresh(token: string | undefined, nowSeconds: number, marginSeconds = 30): boolean {
  if (!token) return true;
  const endsAt = tokenEndsAt(token);
  return endsAt === null || endsAt - marginSeconds <= nowSeconds;
}
