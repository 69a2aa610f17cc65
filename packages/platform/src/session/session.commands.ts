// Signing in, staying signed in and signing out. Refusals tell a stranger nothing: a wrong password, an unknown email
// and a disabled account all sound the same and take the same time.
import type { Database } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, newId, refuse } from '@habitat/kernel';
import type { Login } from '../login/login.ts';
import type { Membership } from '../login/login.store.ts';
import { selectLoginByEmail, selectOwnMemberships } from '../login/login.store.ts';
import { isPassword } from '../login/password.ts';
import type { TokenSettings } from './access-token.ts';
import { signAccessToken } from './access-token.ts';
import { decideRefresh, newRefreshToken, readRefreshToken } from './refresh-token.ts';
import { endSession, insertRefreshToken, insertSession, lockToken, markTokenUsed } from './session.store.ts';
import { secondsToWait, signInKeys, tooManyAttempts, windowStart } from '../throttle/throttle.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { clearFailures, countAttempt, countFailures } from '../throttle/throttle.store.ts';

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  /** Which cooperative, for people who belong to several. */
  readonly cooperativeSlug?: string | null;
  /** Where the attempt comes from, for throttling only. */
  readonly address: string;
}

/** Why an email and a password let nobody in. */
export type CredentialRefusal =
  TooManyAttempts | { readonly code: 'SIGN_IN_FAILED'; readonly message: string };

export type SignInRefusal =
  | CredentialRefusal
  | {
      readonly code: 'CHOOSE_COOPERATIVE';
      readonly field: 'cooperativeSlug';
      readonly message: string;
      readonly cooperatives: readonly { readonly slug: string; readonly name: string }[];
    };

/** What a client keeps: both tokens, and when each runs out. */
export interface SessionTokens {
  readonly sessionId: string;
  readonly loginId: string;
  readonly memberId: string;
  readonly cooperativeId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

const FAILED = { code: 'SIGN_IN_FAILED', message: 'Email or password is not right.' } as const;

/** Who may come in with this email and password; failures are counted. */
export async function authenticate(
  database: Database,
  input: Pick<SignInInput, 'email' | 'password' | 'address'>,
  now: Date,
): Promise<Result<Login, CredentialRefusal>> {
  const keys = signInKeys(input.email, input.address);
  const hashes = keys.map((key) => key.hash);
  const since = windowStart(now);
  const found = await database.read('platform', {}, async (client) => ({
    counted: await countFailures(client, hashes, since),
    login: await selectLoginByEmail(client, input.email),
  }));
  const wait = secondsToWait(keys, found.counted, now);
  if (wait > 0) return refuse(tooManyAttempts(wait));
  const { login } = found;
  const right = await isPassword(login?.passwordHash ?? null, input.password);
  if (login === null || !right || login.status !== 'active') {
    await countAttempt(database, keys, now);
    return refuse(FAILED);
  }
  if (found.counted.size > 0) {
    const cleared = keys.filter((key) => key.clearedBySuccess).map((key) => key.hash);
    await database.transaction('platform', {}, (client) => clearFailures(client, cleared));
  }
  return accept(login);
}

function choose(memberships: readonly Membership[], slug: string | null): Result<Membership, SignInRefusal> {
  const fitting = slug === null ? memberships : memberships.filter((membership) => membership.slug === slug);
  const [only] = fitting;
  if (only === undefined) return refuse(FAILED);
  if (fitting.length === 1) return accept(only);
  const message = 'You belong to several cooperatives: choose one.';
  const cooperatives = fitting.map((membership) => ({ slug: membership.slug, name: membership.name }));
  return refuse({ code: 'CHOOSE_COOPERATIVE', field: 'cooperativeSlug', message, cooperatives });
}

/**
 * Signs a person in to one cooperative and begins a session.
 * Refuses after too many failures, for wrong credentials, and when a person of several cooperatives names none.
 */
export async function signIn(
  database: Database,
  settings: TokenSettings,
  now: Date,
  input: SignInInput,
): Promise<Result<SessionTokens, SignInRefusal>> {
  const login = await authenticate(database, input, now);
  if (!login.ok) return login;
  const { loginId } = login.value;
  const memberships = await database.read('platform', { loginId }, (client) =>
    selectOwnMemberships(client, loginId),
  );
  const chosen = choose(memberships, input.cooperativeSlug ?? null);
  if (!chosen.ok) return chosen;
  const { cooperativeId, memberId } = chosen.value;
  const claims = { loginId, sessionId: newId(), cooperativeId, memberId };
  const refresh = newRefreshToken(cooperativeId);
  const refreshExpiresAt = new Date(now.getTime() + settings.refreshSeconds * 1000);
  await database.transaction('platform', { cooperativeId }, async (client) => {
    await insertSession(client, { ...claims, now });
    await insertRefreshToken(client, {
      ...refresh,
      sessionId: claims.sessionId,
      now,
      expiresAt: refreshExpiresAt,
    });
  });
  const access = signAccessToken(claims, settings, now);
  return accept({
    ...claims,
    accessToken: access.token,
    accessExpiresAt: access.expiresAt,
    refreshToken: refresh.text,
    refreshExpiresAt,
  });
}

export type RefreshRefusal =
  | { readonly code: 'SESSION_ENDED'; readonly message: string }
  | { readonly code: 'SESSION_REUSED'; readonly message: string };

const ENDED = { code: 'SESSION_ENDED', message: 'This session has ended. Sign in again.' } as const;
const REUSED = {
  code: 'SESSION_REUSED',
  message: 'This session was ended because its token was used twice. Sign in again.',
} as const;

/**
 * Exchanges a refresh token for new tokens. A token that was exchanged before ends the whole session, unless the two
 * exchanges came within seconds of each other (two tabs).
 */
export async function refreshSession(
  database: Database,
  settings: TokenSettings,
  now: Date,
  refreshToken: string,
): Promise<Result<SessionTokens, RefreshRefusal>> {
  const presented = readRefreshToken(refreshToken);
  if (presented === null) return refuse(ENDED);
  const { cooperativeId, tokenHash } = presented;
  // A reuse must be remembered, so this transaction commits whatever it decides.
  return database.transaction(
    'platform',
    { cooperativeId },
    async (client): Promise<Result<SessionTokens, RefreshRefusal>> => {
      const stored = await lockToken(client, tokenHash);
      if (stored === null) return refuse(ENDED);
      const decision = decideRefresh(stored, now);
      if (decision === 'reused') {
        await endSession(client, stored.sessionId, 'token_reused', now);
        return refuse(REUSED);
      }
      if (decision !== 'exchange') return refuse(ENDED);
      await markTokenUsed(client, tokenHash, now);
      const refresh = newRefreshToken(cooperativeId);
      const refreshExpiresAt = new Date(now.getTime() + settings.refreshSeconds * 1000);
      const { sessionId, loginId, memberId } = stored;
      await insertRefreshToken(client, { ...refresh, sessionId, now, expiresAt: refreshExpiresAt });
      const access = signAccessToken({ loginId, sessionId, cooperativeId, memberId }, settings, now);
      return accept({
        sessionId,
        loginId,
        memberId,
        cooperativeId,
        accessToken: access.token,
        accessExpiresAt: access.expiresAt,
        refreshToken: refresh.text,
        refreshExpiresAt,
      });
    },
  );
}

/**
 * Ends the session a refresh token belongs to and answers its id. Signing out twice changes nothing more, and with a
 * token nobody knows the answer is null.
 */
export async function signOut(database: Database, now: Date, refreshToken: string): Promise<string | null> {
  const presented = readRefreshToken(refreshToken);
  if (presented === null) return null;
  return database.transaction('platform', { cooperativeId: presented.cooperativeId }, async (client) => {
    const stored = await lockToken(client, presented.tokenHash);
    if (stored === null) return null;
    await endSession(client, stored.sessionId, 'signed_out', now);
    return stored.sessionId;
  });
}
