// Signing in, staying signed in and signing out. Refusals tell a stranger nothing: a wrong password, an unknown email
// and a disabled account all sound the same and take the same time.
import type { Database, Queryable } from '@habitat/database';
import { appendEvents } from '@habitat/database';
import { newEvent, sessionEnded } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { Login } from '../login/login.ts';
import type { Membership } from '../login/login.store.ts';
import { selectLoginByEmail, selectOwnMemberships } from '../login/login.store.ts';
import { isPassword } from '../login/password.ts';
import { selectFactor } from '../second-factor/second-factor.store.ts';
import { readTenantToken } from '../secret/tenant-token.ts';
import type { TokenSettings } from './access-token.ts';
import { CHALLENGE_SECONDS, issueChallenge } from './challenge.ts';
import type { Origin, SessionTokens } from './open-session.ts';
import { issueTokens, openSession } from './open-session.ts';
import { decideRefresh } from './refresh-token.ts';
import { endSession, lockToken, markTokenUsed } from './session.store.ts';
import { signInKeys } from '../throttle/throttle.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { giveAttemptBack, noteRefusal, takeAttempt } from '../throttle/throttle.store.ts';

export interface SignInInput extends Origin {
  readonly email: string;
  readonly password: string;
  /** Which cooperative, for people who belong to several. */
  readonly cooperativeSlug?: string | null;
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
    }
  | {
      readonly code: 'SECOND_FACTOR_REQUIRED';
      readonly message: string;
      /** Given back with the code; the password alone opens nothing more. */
      readonly challenge: string;
      readonly expiresInSeconds: number;
    };

const SECOND_STEP = {
  code: 'SECOND_FACTOR_REQUIRED',
  message: 'The password is right. Now a code of your second factor.',
} as const;

const FAILED = { code: 'SIGN_IN_FAILED', message: 'Email or password is not right.' } as const;

/** Who may come in with this email and password; every try is counted first. */
export async function authenticate(
  database: Database,
  input: Pick<SignInInput, 'email' | 'password' | 'address'>,
  now: Date,
): Promise<Result<Login, CredentialRefusal>> {
  const keys = signInKeys(input.email, input.address);
  const taken = await takeAttempt(database, keys, now);
  if (!taken.ok) return taken;
  const login = await database.read('platform', {}, (client) => selectLoginByEmail(client, input.email));
  const right = await isPassword(login?.passwordHash ?? null, input.password);
  if (login === null || !right || login.status !== 'active') {
    const locks = taken.value.isLast;
    await noteRefusal(database, { loginId: login?.loginId ?? null, factor: 'password', locks }, now);
    return refuse(FAILED);
  }
  await giveAttemptBack(database, keys);
  return accept(login);
}

/** The cooperative somebody comes in to, of those they belong to. */
export function chooseMembership(
  memberships: readonly Membership[],
  slug: string | null,
): Result<Membership, Extract<SignInRefusal, { code: 'CHOOSE_COOPERATIVE' | 'SIGN_IN_FAILED' }>> {
  const fitting = slug === null ? memberships : memberships.filter((membership) => membership.slug === slug);
  const [only] = fitting;
  if (only === undefined) return refuse(FAILED);
  if (fitting.length === 1) return accept(only);
  return refuse(choiceAmong(fitting));
}

/** The question which cooperative somebody wants in to, with those they belong to. */
export function choiceAmong(
  memberships: readonly Membership[],
): Extract<SignInRefusal, { code: 'CHOOSE_COOPERATIVE' }> {
  const message = 'You belong to several cooperatives: choose one.';
  const cooperatives = memberships.map(({ slug, name }) => ({ slug, name }));
  return { code: 'CHOOSE_COOPERATIVE', field: 'cooperativeSlug', message, cooperatives };
}

/**
 * Signs a person in to one cooperative and begins a session.
 * Refuses after too many failures, for wrong credentials, when a person of several cooperatives names none, and with a
 * challenge where the account has a second factor.
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
  const chosen = chooseMembership(memberships, input.cooperativeSlug ?? null);
  if (!chosen.ok) return chosen;
  const { cooperativeId } = chosen.value;
  return database.transaction(
    'platform',
    { cooperativeId, command: 'signIn' },
    async (client): Promise<Result<SessionTokens, SignInRefusal>> => {
      const factor = await selectFactor(client, loginId);
      if (factor === null || factor.confirmedAt === null)
        return accept(await openSession(client, settings, chosen.value, { ...input, by: 'password' }, now));
      const challenge = await issueChallenge(client, chosen.value, now);
      return refuse({ ...SECOND_STEP, challenge, expiresInSeconds: CHALLENGE_SECONDS });
    },
  );
}

export type RefreshRefusal =
  | { readonly code: 'SESSION_ENDED'; readonly message: string }
  | { readonly code: 'SESSION_REUSED'; readonly message: string };

/** Ends a session before its time, on record. */
export async function endOnRecord(
  client: Queryable,
  stored: Pick<SessionTokens, 'sessionId' | 'loginId' | 'memberId'>,
  because: 'signed_out' | 'token_reused',
  facts: { readonly cooperativeId: string; readonly now: Date; readonly correlationId: string },
): Promise<void> {
  const { sessionId, loginId, memberId } = stored;
  const { cooperativeId, now } = facts;
  if (!(await endSession(client, sessionId, because, now))) return;
  const actor = { kind: 'person', cooperativeId, loginId, memberId, roles: [] } as const;
  const ended = newEvent(sessionEnded, sessionId, { sessionId, because });
  await appendEvents(client, 'platform', { ...facts, actor, sessionId }, ended);
}

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
  correlationId: string,
): Promise<Result<SessionTokens, RefreshRefusal>> {
  const presented = readTenantToken(refreshToken);
  if (presented === null) return refuse(ENDED);
  const { cooperativeId, tokenHash } = presented;
  // A reuse must be remembered, so this transaction commits whatever it decides.
  return database.transaction(
    'platform',
    { cooperativeId, command: 'refreshSession' },
    async (client): Promise<Result<SessionTokens, RefreshRefusal>> => {
      const stored = await lockToken(client, tokenHash);
      if (stored === null) return refuse(ENDED);
      const decision = decideRefresh(stored, now);
      if (decision === 'reused') {
        await endOnRecord(client, stored, 'token_reused', { cooperativeId, now, correlationId });
        return refuse(REUSED);
      }
      if (decision !== 'exchange') return refuse(ENDED);
      await markTokenUsed(client, tokenHash, now);
      return accept(await issueTokens(client, settings, { ...stored, cooperativeId }, now));
    },
  );
}

/**
 * Ends the session a refresh token belongs to and answers its id. Signing out twice changes nothing more, and with a
 * token nobody knows the answer is null.
 */
export async function signOut(
  database: Database,
  now: Date,
  refreshToken: string,
  correlationId: string,
): Promise<string | null> {
  const presented = readTenantToken(refreshToken);
  if (presented === null) return null;
  const { cooperativeId, tokenHash } = presented;
  return database.transaction('platform', { cooperativeId, command: 'signOut' }, async (client) => {
    const stored = await lockToken(client, tokenHash);
    if (stored === null) return null;
    await endOnRecord(client, stored, 'signed_out', { cooperativeId, now, correlationId });
    return stored.sessionId;
  });
}
