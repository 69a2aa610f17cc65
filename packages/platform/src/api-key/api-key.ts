// Keys of programs, as pure rules: how a key looks, what may be given with one, and when it is over. A key carries a
// subset of what its supervisor may do, and never what a human being has to decide.
import { createHash, randomBytes } from 'node:crypto';
import type { Act, Actor, Result } from '@habitat/kernel';
import { accept, ACTS, grantOf, isId, may, refuse } from '@habitat/kernel';

const DAY_MS = 86_400_000;

/** Days a key lasts at most, and when nothing is said. */
export const KEY_DAYS = { most: 365, usual: 90 } as const;
/** Requests in an hour at most, and when nothing is said. */
export const KEY_REQUESTS = { most: 100_000, usual: 1_000 } as const;
/** Hours the secret before is believed after a rotation, at most and when nothing is said. */
export const OVERLAP_HOURS = { most: 168, usual: 24 } as const;
/** Keys in force that one person answers for. */
export const MOST_KEYS = 20;

/** Names a key and what is stored of its secret. */
export interface ApiKeyName {
  readonly cooperativeId: string;
  readonly keyId: string;
  readonly secretHash: string;
}

const FORM = /^habitat_([A-Za-z0-9_-]{43})_([A-Za-z0-9_-]{43})$/;

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A fresh key: the text that is shown once, and what is stored. Its beginning is one that scanners for leaks can find. */
export function newApiKey(cooperativeId: string, keyId: string): ApiKeyName & { readonly text: string } {
  const names = Buffer.concat([bytesOf(cooperativeId), bytesOf(keyId)]).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  return { text: `habitat_${names}_${secret}`, cooperativeId, keyId, secretHash: hashOf(secret) };
}

/** What a presented text names; null for text that was never a key of ours. */
export function readApiKey(text: string): ApiKeyName | null {
  const [, names, secret] = FORM.exec(text) ?? [];
  if (names === undefined || secret === undefined) return null;
  const bytes = Buffer.from(names, 'base64url');
  const [cooperativeId, keyId] = [idOf(bytes.subarray(0, 16)), idOf(bytes.subarray(16))];
  return isId(cooperativeId) && isId(keyId) ? { cooperativeId, keyId, secretHash: hashOf(secret) } : null;
}

/** What somebody wants a key to be. */
export interface ApiKeyWish {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
  readonly hourlyLimit: number;
  readonly ceilingMinor: bigint;
}

/** In the order checked. */
export type ApiKeyWishRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'BAD_KEY_NAME'; readonly field: 'name' }
  | { readonly code: 'NO_SCOPES'; readonly field: 'scopes' }
  | { readonly code: 'SCOPE_UNKNOWN'; readonly field: 'scopes'; readonly scope: string }
  | { readonly code: 'SCOPE_FOR_PEOPLE'; readonly field: 'scopes'; readonly scope: string }
  | { readonly code: 'SCOPE_NOT_YOURS'; readonly field: 'scopes'; readonly scope: string }
  | { readonly code: 'BAD_KEY_DAYS'; readonly field: 'days'; readonly most: number }
  | { readonly code: 'BAD_HOURLY_LIMIT'; readonly field: 'hourlyLimit'; readonly most: number }
  | { readonly code: 'BAD_CEILING'; readonly field: 'ceiling' };

const isAct = (text: string): text is Act => (ACTS as readonly string[]).includes(text);
const isWithin = (count: number, most: number): boolean =>
  Number.isInteger(count) && count >= 1 && count <= most;

function scopeRefusal(actor: Actor, scope: string): ApiKeyWishRefusal | null {
  const field = 'scopes';
  if (!isAct(scope)) return { code: 'SCOPE_UNKNOWN', field, scope };
  if (grantOf(scope).humanOnly) return { code: 'SCOPE_FOR_PEOPLE', field, scope };
  return may(actor, scope) ? null : { code: 'SCOPE_NOT_YOURS', field, scope };
}

export interface CheckedWish extends ApiKeyWish {
  readonly expiresAt: Date;
}

/** Checks what a person wants to give away: nothing they may not do themselves, for a while, within limits. */
export function checkApiKey(
  actor: Actor,
  wish: ApiKeyWish,
  now: Date,
): Result<CheckedWish, ApiKeyWishRefusal> {
  if (actor.kind !== 'person' || actor.memberId === null || !may(actor, 'api_key.create'))
    return refuse({ code: 'FORBIDDEN' });
  const name = wish.name.trim();
  if (name === '' || name.length > 80) return refuse({ code: 'BAD_KEY_NAME', field: 'name' });
  const scopes = [...new Set(wish.scopes)].sort();
  if (scopes.length === 0) return refuse({ code: 'NO_SCOPES', field: 'scopes' });
  for (const scope of scopes) {
    const refusal = scopeRefusal(actor, scope);
    if (refusal !== null) return refuse(refusal);
  }
  if (!isWithin(wish.days, KEY_DAYS.most))
    return refuse({ code: 'BAD_KEY_DAYS', field: 'days', most: KEY_DAYS.most });
  if (!isWithin(wish.hourlyLimit, KEY_REQUESTS.most))
    return refuse({ code: 'BAD_HOURLY_LIMIT', field: 'hourlyLimit', most: KEY_REQUESTS.most });
  if (wish.ceilingMinor < 0n) return refuse({ code: 'BAD_CEILING', field: 'ceiling' });
  return accept({ ...wish, name, scopes, expiresAt: new Date(now.getTime() + wish.days * DAY_MS) });
}

/** A key as it is listed; never with anything of its secret. */
export interface ApiKey {
  readonly keyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly supervisorLoginId: string;
  readonly supervisorMemberId: string;
  readonly hourlyLimit: number;
  readonly ceilingMinor: bigint;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly rotatedAt: Date | null;
  /** Until when the secret before is believed; null when there is none. */
  readonly previousUntil: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Whether a key opens anything at `now`. */
export function apiKeyStatus(
  key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>,
  now: Date,
): 'in_force' | 'expired' | 'revoked' {
  if (key.revokedAt !== null) return 'revoked';
  return key.expiresAt.getTime() <= now.getTime() ? 'expired' : 'in_force';
}
