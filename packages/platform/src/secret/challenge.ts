// What a device signs to use a passkey, and what a browser brings back from a provider: bytes we made moments ago for one
// purpose. They are authenticated instead of stored, so that a stranger who asks for one leaves no row behind; only those
// that were answered are kept until they end.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Queryable } from '@habitat/database';
import { derivedKey } from './derived-key.ts';
import type { Secrets } from './sealed.ts';
import { secretHash } from './tenant-token.ts';

/** How long a challenge may wait for its answer: as long as somebody needs to find their device, or to sign in elsewhere. */
export const CHALLENGE_LIFE_SECONDS = 300;

const TIME_BYTES = 8;
const RANDOM_BYTES = 16;

/**
 * What a challenge is good for: signing in with a passkey or at a provider, or for one account adding a passkey, proving once
 * more who is there, linking somebody of the provider or choosing a cooperative after the provider named it.
 */
export type ChallengePurpose =
  | 'sign-in'
  | `add:${string}`
  | `prove:${string}`
  | 'provider'
  | `provider-link:${string}`
  | `provider-choice:${string}`;

function macOf(secret: string, purpose: ChallengePurpose, body: Buffer): Buffer {
  return createHmac('sha256', derivedKey(secret, 'passkey')).update(`${purpose}\n`).update(body).digest();
}

/** A fresh challenge. */
export function newChallenge(
  secrets: Secrets,
  purpose: ChallengePurpose,
  now: Date,
): Uint8Array<ArrayBuffer> {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(now.getTime() + CHALLENGE_LIFE_SECONDS * 1000));
  const body = Buffer.concat([time, randomBytes(RANDOM_BYTES)]);
  return new Uint8Array(Buffer.concat([body, macOf(secrets[0], purpose, body)]));
}

/** When a challenge of ours runs out; null for one we never made for this purpose, and for one that has run out. */
export function endOfChallenge(
  secrets: Secrets,
  purpose: ChallengePurpose,
  challenge: string,
  now: Date,
): Date | null {
  const bytes = Buffer.from(challenge, 'base64url');
  // What was answered is remembered by its letters, so there is one way to write it: padding or signs that are read over
  // would make one challenge many.
  if (bytes.toString('base64url') !== challenge) return null;
  const body = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES);
  const mac = bytes.subarray(TIME_BYTES + RANDOM_BYTES);
  const isOurs = secrets.some((secret) => {
    const expected = macOf(secret, purpose, body);
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  });
  if (!isOurs) return null;
  const end = new Date(Number(body.readBigUInt64BE()));
  return end.getTime() > now.getTime() ? end : null;
}

/** Uses a challenge up; false when it was used before. Those whose time is over are forgotten on the way. */
export async function takeChallenge(
  client: Queryable,
  challenge: string,
  expiresAt: Date,
  now: Date,
): Promise<boolean> {
  await client.query('delete from platform.passkey_challenge where expires_at <= $1', [now]);
  const taken = await client.query(
    `insert into platform.passkey_challenge (challenge_hash, expires_at) values ($1, $2)
     on conflict do nothing returning challenge_hash`,
    [secretHash(challenge), expiresAt],
  );
  return taken.length === 1;
}
