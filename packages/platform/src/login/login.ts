// A sign-in account: one person, one email, however many cooperatives. Opening one checks the email and password.
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { LOCALES } from '../preference/preference.ts';
import type { PasswordRefusal } from './password.ts';

export interface NewLogin {
  readonly email: string;
  readonly displayName: string;
  /** Needed for a new account; an existing account keeps its own. */
  readonly password: string | null;
}

/** What may be wrong with an account's email and name. */
export type AccountRefusal =
  | { readonly code: 'BAD_EMAIL'; readonly field: 'email'; readonly message: string }
  | { readonly code: 'BAD_DISPLAY_NAME'; readonly field: 'displayName' };

export type LoginRefusal =
  | AccountRefusal
  | { readonly code: 'PASSWORD_REQUIRED'; readonly field: 'password'; readonly message: string }
  | PasswordRefusal;

/** An account as stored. */
export interface Login {
  readonly loginId: string;
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly status: 'active' | 'disabled';
  /** The language its person prefers; null: none said. */
  readonly locale: (typeof LOCALES)[number] | null;
}

// Not every address of RFC 5321, but every one people have; mail itself is the real test.
const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The key of an email: two writings of one address are one account. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}

/** Checks email and name of a new account, before its password. */
export function checkLogin(
  login: Pick<NewLogin, 'email' | 'displayName'>,
): Result<{ email: string; displayName: string }, AccountRefusal> {
  const email = login.email.trim();
  if (!EMAIL.test(email) || email.length > 254) {
    return refuse({ code: 'BAD_EMAIL', field: 'email', message: 'This is not an email address.' });
  }
  const displayName = login.displayName.trim();
  if (displayName === '' || displayName.length > 200)
    return refuse({ code: 'BAD_DISPLAY_NAME', field: 'displayName' });
  return accept({ email, displayName });
}
