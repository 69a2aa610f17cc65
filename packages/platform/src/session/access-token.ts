// Access tokens: short-lived HS256 JWTs that name a session. They carry no roles, so that taking a role away works
// at once and not when a token runs out.
import type { KeyObject } from 'node:crypto';
import { createHash, createSecretKey } from 'node:crypto';
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
  /** The secret in force first, which signs; then the one before it, whose tokens are believed until they run out. */
  readonly secrets: readonly [string, ...string[]];
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
}

interface SigningKey {
  /** Names the key in a token's header (`kid`) and tells nothing of it. */
  readonly id: string;
  readonly key: KeyObject;
}

const known = new Map<string, SigningKey>();

/** Given the bare secret, jsonwebtoken first tries to read it as a public key, at every token: 0.2 ms a request. */
function keyOf(secret: string): SigningKey {
  let made = known.get(secret);
  if (made === undefined) {
    const id = createHash('sha256').update(`kid:${secret}`).digest('hex').slice(0, 16);
    made = { id, key: createSecretKey(Buffer.from(secret, 'utf8')) };
    known.set(secret, made);
  }
  return made;
}

/** The key that a token says it was signed with; one from before keys had names is the one in force. */
function keyOfToken(token: string, { secrets }: Pick<TokenSettings, 'secrets'>): KeyObject | null {
  const named = jwt.decode(token, { complete: true })?.header.kid;
  const keys = secrets.map(keyOf);
  return (named === undefined ? keys[0] : keys.find(({ id }) => id === named))?.key ?? null;
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
  const { id, key } = keyOf(settings.secrets[0]);
  return {
    token: jwt.sign(payload, key, { algorithm: ALGORITHM, keyid: id }),
    expiresAt: new Date(expires * 1000),
  };
}

/**
 * The claims of a token that is ours, whole and in force at `now`; null for any other. Algorithm, issuer and audience
 * are pinned, so that neither `alg: none` nor a token made for another purpose is believed.
 */
export function verifyAccessToken(
  token: string,
  settings: Pick<TokenSettings, 'secrets'>,
  now: Date,
): AccessClaims | null {
  try {
    const key = keyOfToken(token, settings);
    if (key === null) return null;
    const payload = jwt.verify(token, key, {
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
