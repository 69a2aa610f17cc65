// Passwords: long enough, not guessable from the account, kept only as argon2id (RFC 9106). Length is what counts
// (NIST SP 800-63B §3.1.1), so no rule asks for digits or signs.
import { hash, verify } from '@node-rs/argon2';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';

const SHORTEST_PASSWORD = 12;
/** Long enough for any phrase, short enough that hashing one is never a way to keep the server busy. */
const LONGEST_PASSWORD = 200;
const FEWEST_DISTINCT = 5;

export type PasswordRefusal =
  | {
      readonly code: 'PASSWORD_TOO_SHORT';
      readonly field: 'password';
      readonly least: number;
      readonly message: string;
    }
  | {
      readonly code: 'PASSWORD_TOO_LONG';
      readonly field: 'password';
      readonly most: number;
      readonly message: string;
    }
  | { readonly code: 'PASSWORD_TOO_SIMPLE'; readonly field: 'password'; readonly message: string }
  | { readonly code: 'PASSWORD_NAMES_ACCOUNT'; readonly field: 'password'; readonly message: string };

// The long ones at the top of every list of leaked passwords; shorter ones are refused by length.
const COMMON =
  /^(password|passwort|qwerty(uiop)?|letmein|welcome|iloveyou|administrator|changeme|1q2w3e4r)+[\d!.]*$/;
const REPEATED = /^(.+)\1+$/;

/** Checks a new password against the rules; the refusals say what to do. */
export function checkPassword(password: string, account: { email: string }): Result<string, PasswordRefusal> {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < SHORTEST_PASSWORD) {
    const message = `A password has at least ${SHORTEST_PASSWORD} characters; three or four words make a good one.`;
    return refuse({ code: 'PASSWORD_TOO_SHORT', field: 'password', least: SHORTEST_PASSWORD, message });
  }
  if (length > LONGEST_PASSWORD) {
    const message = `A password has at most ${LONGEST_PASSWORD} characters.`;
    return refuse({ code: 'PASSWORD_TOO_LONG', field: 'password', most: LONGEST_PASSWORD, message });
  }
  const lower = text.toLowerCase();
  const numbersInRow = '01234567890123456789'.includes(lower) || 'abcdefghijklmnopqrstuvwxyz'.includes(lower);
  if (new Set(lower).size < FEWEST_DISTINCT || COMMON.test(lower) || REPEATED.test(lower) || numbersInRow) {
    const message = 'This password is among the first anyone would try.';
    return refuse({ code: 'PASSWORD_TOO_SIMPLE', field: 'password', message });
  }
  const email = account.email.toLowerCase();
  if (lower.includes(email) || lower.replace(/[\d!.]+$/, '') === email.split('@')[0]) {
    const message = 'A password does not contain the email address.';
    return refuse({ code: 'PASSWORD_NAMES_ACCOUNT', field: 'password', message });
  }
  return accept(text);
}

// RFC 9106 §4's memory-constrained choice, scaled to OWASP's minimum: 19 MiB, two passes, one lane.
// The library's default algorithm is argon2id; the database refuses to store any other (schema/03).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hash of a password as it is stored: algorithm, cost, salt and all. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password is the one behind the hash. With no hash (no such account) the same work is done against a
 * decoy, so that the time taken does not tell whether an account exists.
 */
export async function isPassword(storedHash: string | null, password: string): Promise<boolean> {
  if ([...password].length > LONGEST_PASSWORD) return false;
  decoy ??= hashPassword('a decoy nobody signs in with');
  const matches = await verify(storedHash ?? (await decoy), password.normalize('NFKC'));
  return matches && storedHash !== null;
}
