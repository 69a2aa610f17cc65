// Opening accounts and changing passwords. Hashing is slow on purpose, so it is done before a transaction begins.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import type { CodeRefusal } from '../second-factor/second-factor.ts';
import { selectFactor } from '../second-factor/second-factor.store.ts';
import { takeCode, throttledCode } from '../second-factor/verify-code.ts';
import type { Secrets } from '../secret/sealed.ts';
import { authenticate } from '../session/session.commands.ts';
import { endSessionsOfLogin, markAuthenticated } from '../session/session.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import type { LoginRefusal, NewLogin } from './login.ts';
import { checkLogin } from './login.ts';
import {
  insertMembership,
  selectLogin,
  selectLoginByEmail,
  selectMembershipOf,
  selectMembershipOfLogin,
  updatePassword,
  upsertLogin,
} from './login.store.ts';
import type { PasswordRefusal } from './password.ts';
import { checkPassword, hashPassword } from './password.ts';

/** Finds or opens the account inside the command's own transaction. */
export type PreparedLogin = (tx: Transaction) => Promise<{
  readonly loginId: string;
  readonly email: string;
  /** False where the email had an account before. */
  readonly isNew: boolean;
}>;

/** Checks a new account and hashes its password, unless the email already has an account. */
export async function prepareLogin(
  database: Database,
  login: NewLogin,
): Promise<Result<PreparedLogin, LoginRefusal>> {
  const checked = checkLogin(login);
  if (!checked.ok) return checked;
  const { email, displayName } = checked.value;
  const existing = await database.read('platform', {}, (client) => selectLoginByEmail(client, email));
  if (existing !== null) return accept(() => Promise.resolve({ ...existing, isNew: false }));
  if (login.password === null) {
    const message = 'This email has no account yet, so a password is needed.';
    return refuse({ code: 'PASSWORD_REQUIRED', field: 'password', message });
  }
  const password = checkPassword(login.password, { email });
  if (!password.ok) return password;
  const passwordHash = await hashPassword(password.value);
  return accept(async (tx) => {
    const opened = { loginId: newId(), email, displayName, passwordHash };
    const account = await upsertLogin(tx, opened);
    return { ...account, isNew: account.loginId === opened.loginId };
  });
}

export interface GrantAccessInput extends NewLogin {
  readonly memberId: string;
}

export type GrantAccessRefusal =
  | { readonly code: 'FORBIDDEN' }
  | LoginRefusal
  | { readonly code: 'ALREADY_HAS_ACCESS'; readonly field: 'memberId' | 'email' }
  | { readonly code: 'ACCOUNT_EXISTS'; readonly field: 'email' };

/**
 * Lets a member sign in: opens their account and ties it to the member. An administrator's act; an account that is there
 * already is its owner's, who agrees by an invitation, and only the operator ties it without one. Repeating it for the
 * same member and email answers the same. Refusals in order: FORBIDDEN, those of the account, ALREADY_HAS_ACCESS,
 * ACCOUNT_EXISTS.
 */
export async function grantAccess(
  database: Database,
  context: CommandContext,
  input: GrantAccessInput,
): Promise<Result<{ loginId: string; memberId: string }, GrantAccessRefusal | IdempotencyConflict>> {
  if (!may(context.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN' });
  const login = await prepareLogin(database, input);
  if (!login.ok) return login;
  const { password: _secret, ...told } = input;
  return runCommand(
    database,
    'platform',
    context,
    // The key's fingerprint must not become a way to test guesses of the password.
    { name: 'grantAccess', input: told },
    async (tx): Promise<Result<{ loginId: string; memberId: string }, GrantAccessRefusal>> => {
      const { memberId } = input;
      const { loginId, isNew } = await login.value(tx);
      const tied = await selectMembershipOf(tx, memberId);
      if (tied?.loginId === loginId) return accept({ loginId, memberId });
      if (tied !== null) return refuse({ code: 'ALREADY_HAS_ACCESS', field: 'memberId' });
      if ((await selectMembershipOfLogin(tx, loginId)) !== null)
        return refuse({ code: 'ALREADY_HAS_ACCESS', field: 'email' });
      if (!isNew && context.actor.kind !== 'system')
        return refuse({ code: 'ACCOUNT_EXISTS', field: 'email' });
      if (await insertMembership(tx, { loginId, memberId })) return accept({ loginId, memberId });
      // Tied by somebody else this very moment.
      return refuse({ code: 'ALREADY_HAS_ACCESS', field: 'memberId' });
    },
  );
}

export interface ProveAgainInput {
  readonly password: string;
  /** A code of the second factor, for accounts that have one. */
  readonly code: string | null;
  readonly sessionId: string;
  /** Where it comes from, for throttling only. */
  readonly address: string;
}

export type ProveAgainRefusal =
  | TooManyAttempts
  | { readonly code: 'WRONG_PASSWORD'; readonly field: 'password'; readonly message: string }
  | CodeRefusal;

/** Proves once more who is behind a session, by all it takes to sign in; what is wrong counts as a failed sign-in. */
export async function proveAgain(
  database: Database,
  secrets: Secrets,
  context: CommandContext,
  input: ProveAgainInput,
): Promise<Result<{ loginId: string }, ProveAgainRefusal>> {
  const { cooperativeId, now, actor } = context;
  const { loginId } = actor;
  if (loginId === null) throw new Error('only a person has a password');
  const login = await database.read('platform', {}, (client) => selectLogin(client, loginId));
  const known = await authenticate(database, { ...input, email: login?.email ?? '' }, now);
  if (!known.ok) {
    if (known.refusal.code === 'TOO_MANY_ATTEMPTS') return refuse(known.refusal);
    return refuse({ code: 'WRONG_PASSWORD', field: 'password', message: 'This is not your password.' });
  }
  const factor = await database.read('platform', {}, (client) => selectFactor(client, loginId));
  const { code, address } = input;
  if (factor !== null && factor.confirmedAt !== null) {
    if (code === null) return refuse({ code: 'CODE_REQUIRED', field: 'code' });
    const taken = await throttledCode(database, { loginId, address }, now, () =>
      database.transaction('platform', {}, async (client) =>
        (await takeCode(client, secrets, { loginId, code }, now)) ? true : null,
      ),
    );
    if (!taken.ok) return taken;
  }
  await database.transaction('platform', { cooperativeId }, (client) =>
    markAuthenticated(client, input.sessionId, now),
  );
  return accept({ loginId });
}

export interface ChangePasswordInput {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Stays signed in; every other session of the account ends, in every cooperative. */
  readonly sessionId: string;
  /** Where it comes from, for throttling only. */
  readonly address: string;
}

export type ChangePasswordRefusal =
  | TooManyAttempts
  | { readonly code: 'WRONG_PASSWORD'; readonly field: 'currentPassword'; readonly message: string }
  | PasswordRefusal;

/** Changes one's own password and ends one's other sessions here. */
export async function changePassword(
  database: Database,
  context: CommandContext,
  input: ChangePasswordInput,
): Promise<Result<{ loginId: string }, ChangePasswordRefusal | IdempotencyConflict>> {
  const { loginId } = context.actor;
  if (loginId === null) throw new Error('only a person has a password');
  const login = await database.read('platform', {}, (client) => selectLogin(client, loginId));
  // Counted like a sign-in: whoever finds a session open must not find the password with it.
  const given = { email: login?.email ?? '', password: input.currentPassword, address: input.address };
  const known = await authenticate(database, given, context.now);
  if (!known.ok) {
    if (known.refusal.code === 'TOO_MANY_ATTEMPTS') return refuse(known.refusal);
    const message = 'This is not your current password.';
    return refuse({ code: 'WRONG_PASSWORD', field: 'currentPassword', message });
  }
  const checked = checkPassword(input.newPassword, { email: known.value.email });
  if (!checked.ok) return checked;
  const passwordHash = await hashPassword(checked.value);
  // No key: remembering the request would mean remembering something of the password.
  const facts = { ...context, idempotencyKey: null };
  return runCommand(database, 'platform', facts, { name: 'changePassword', input: null }, async (tx) => {
    await updatePassword(tx, loginId, passwordHash, tx.now);
    await endSessionsOfLogin(tx, loginId, { keep: input.sessionId, reason: 'password_changed', now: tx.now });
    return accept({ loginId });
  });
}
