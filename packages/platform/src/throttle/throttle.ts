// Slows down guessing: failures are counted per account at one address, per account, and per address, so that one
// guesser is stopped soon, a crowd later, and nobody can lock a member out from elsewhere with a few tries.
import { createHash } from 'node:crypto';
import { emailKey } from '../login/login.ts';

const WINDOW_SECONDS = 15 * 60;

export interface ThrottleKey {
  readonly hash: string;
  readonly most: number;
  /** Forgotten once the password is given. */
  readonly clearedBySuccess: boolean;
}

function hashed(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** What an attempt to sign in counts against. */
export function signInKeys(email: string, address: string): ThrottleKey[] {
  const account = emailKey(email);
  return [
    { hash: hashed('account-at-address', account, address), most: 5, clearedBySuccess: true },
    { hash: hashed('account', account), most: 50, clearedBySuccess: true },
    { hash: hashed('address', address), most: 100, clearedBySuccess: false },
  ];
}

/** What asking for a password reset counts against: every time, whether or not the address has an account. */
export function resetKeys(email: string, address: string): ThrottleKey[] {
  return [
    { hash: hashed('reset-account', emailKey(email)), most: 3, clearedBySuccess: false },
    { hash: hashed('reset-address', address), most: 20, clearedBySuccess: false },
  ];
}

/** What a wrong code of a second factor counts against: there are only a million, so far fewer tries than for a password. */
export function secondFactorKeys(loginId: string, address: string): ThrottleKey[] {
  return [
    { hash: hashed('code-at-address', loginId, address), most: 5, clearedBySuccess: true },
    { hash: hashed('code', loginId), most: 10, clearedBySuccess: true },
    { hash: hashed('code-address', address), most: 50, clearedBySuccess: false },
  ];
}

/** What a link nobody made counts against: nobody guesses 256 bits, but nobody needs to try either. */
export function linkKeys(address: string): ThrottleKey[] {
  return [{ hash: hashed('link-address', address), most: 20, clearedBySuccess: false }];
}

/** What a passkey that opens nothing counts against: nobody forges one, but nobody needs to try either. */
export function passkeyKeys(address: string): ThrottleKey[] {
  return [{ hash: hashed('passkey-address', address), most: 20, clearedBySuccess: false }];
}

/** What an answer of the provider that opens nothing counts against. */
export function providerKeys(address: string): ThrottleKey[] {
  return [{ hash: hashed('provider-address', address), most: 20, clearedBySuccess: false }];
}

/** The start of the window that counts at `now`. */
export function windowStart(now: Date): Date {
  return new Date(now.getTime() - WINDOW_SECONDS * 1000);
}

/** Seconds to wait before the next attempt; zero when it may be made now. */
export function secondsToWait(
  keys: readonly ThrottleKey[],
  counted: ReadonlyMap<string, { readonly failures: number; readonly startedAt: Date }>,
  now: Date,
): number {
  let wait = 0;
  for (const key of keys) {
    const count = counted.get(key.hash);
    if (count === undefined || count.failures < key.most) continue;
    const over = count.startedAt.getTime() + WINDOW_SECONDS * 1000;
    wait = Math.max(wait, Math.ceil((over - now.getTime()) / 1000));
  }
  return wait;
}

export interface TooManyAttempts {
  readonly code: 'TOO_MANY_ATTEMPTS';
  readonly retryAfterSeconds: number;
  readonly message: string;
}

/** The refusal of an attempt that has to wait. */
export function tooManyAttempts(retryAfterSeconds: number): TooManyAttempts {
  const message = `Too many attempts. Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`;
  return { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds, message };
}
