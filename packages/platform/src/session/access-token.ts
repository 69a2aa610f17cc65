// Access tokens: short-lived HS256 JWTs that name a session. They carry no roles, so that taking a role away works
// at once and not when a token runs out.
import type { KeyObject } from 'node:crypto';
import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { isId } from '@habitat/kernel';

const ISSUER = 'habitat';
const AUDIENCE = 'habitat-api';
const ALGORITHM = 'HS256';

/** Whom an access token names. */
export interface AccessClaims {
  readonly loginId: string;
  readonly sessionId: string;
  readonly cooperativeId: string;
  readonly memberId: string;
}

export interface TokenSettings {
  /** At least 32 characters; 64 in production. */
  readonly secret: string;
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
}

let lastKey: { readonly secret: string; readonly key: KeyObject } | undefined;

/** Given the bare secret, jsonwebtoken first tries to read it as a public key, at every token: 0.2 ms a request. */
function keyOf(secret: string): KeyObject {
  if (lastKey?.secret !== secret) lastKey = { secret, key: createSecretKey(Buffer.from(secret, 'utf8')) };
  return lastKey.key;
}

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** Signs an access token that runs out `accessSeconds` after `now`. */
export function signAccessToken(
  claims: AccessClaims,
  settings: TokenSettings,
  now: Date,
): { token: string; expiresAt: Date } {
  const issued = seconds(now);
  const expires = issued + settings.accessSeconds;
  const payload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: claims.loginId,
    sid: claims.sessionId,
    coop: claims.cooperativeId,
    mem: claims.memberId,
    iat: issued,
    exp: expires,
  };
  return {
    token: jwt.sign(payload, keyOf(settings.secret), { algorithm: ALGORITHM }),
    expiresAt: new Date(expires * 1000),
  };
}

/**
 * The claims of a token that is ours, whole and in force at `now`; null for any other. Algorithm, issuer and audience
 * are pinned, so that neither `alg: none` nor a token made for another purpose is believed.
 */
export function verifyAccessToken(
  token: string,
  settings: Pick<TokenSettings, 'secret'>,
  now: Date,
): AccessClaims | null {
  try {
    const payload = jwt.verify(token, keyOf(settings.secret), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: seconds(now),
    });
    if (typeof payload === 'string' || payload.exp === undefined) return null;
    const claims = {
      loginId: payload.sub,
      sessionId: payload['sid'],
      cooperativeId: payload['coop'],
      memberId: payload['mem'],
    };
    return Object.values(claims).every((id) => typeof id === 'string' && isId(id))
      ? (claims as AccessClaims)
      : null;
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return null;
    throw error;
  }
}

/** When a token runs out, read without believing it: ask `verifyAccessToken` first. */
export function accessTokenEndsAt(token: string): Date | null {
  const payload = jwt.decode(token);
  if (payload === null || typeof payload === 'string' || payload.exp === undefined) return null;
  return new Date(payload.exp * 1000);
}
