// Signing in with a passkey, and proving with one who is there before something sensitive: no name and no password are typed.
// Whatever is wrong sounds the same, and an answer of a device works once.
import type { CommandContext, Database } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { selectOwnMemberships } from '../login/login.store.ts';
import type { ChallengePurpose } from '../secret/challenge.ts';
import { takeChallenge } from '../secret/challenge.ts';
import type { PasskeySettings, ProvenPasskey } from '../passkey/passkey.ts';
import { readCredential, verifyUse } from '../passkey/passkey.ts';
import { markPasskeyUsed, selectByCredential } from '../passkey/passkey.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { passkeyKeys } from '../throttle/throttle.ts';
import { countAttempt, throttled } from '../throttle/throttle.store.ts';
import type { TokenSettings } from './access-token.ts';
import type { Origin, SessionTokens } from './open-session.ts';
import { openSession } from './open-session.ts';
import type { SignInRefusal } from './session.commands.ts';
import { chooseMembership } from './session.commands.ts';
import { markAuthenticated } from './session.store.ts';

export interface PasskeySignInInput extends Origin {
  /** What the browser answered, as JSON. */
  readonly credential: string;
  /** Which cooperative, for people who belong to several. */
  readonly cooperativeSlug: string | null;
}

/** In the order checked. */
export type PasskeySignInRefusal =
  | TooManyAttempts
  | { readonly code: 'PASSKEY_REFUSED'; readonly message: string }
  | Extract<SignInRefusal, { code: 'CHOOSE_COOPERATIVE' | 'SIGN_IN_FAILED' }>;

const REFUSED = {
  code: 'PASSKEY_REFUSED',
  message: 'This passkey opens nothing here, or it took too long. Try again, or give your password.',
} as const;

async function prove(
  database: Database,
  settings: PasskeySettings,
  purpose: ChallengePurpose,
  text: string,
  now: Date,
): Promise<ProvenPasskey | null> {
  const credential = readCredential(text);
  if (credential === null) return null;
  const known = await database.read('platform', {}, (client) => selectByCredential(client, credential.id));
  return known === null ? null : verifyUse(settings, purpose, known, credential, now);
}

/**
 * Signs a person in with what a device signed and begins a session. A device's answer is only used up when it lets
 * somebody in: whoever belongs to several cooperatives names one and sends it again.
 */
export async function signInWithPasskey(
  database: Database,
  tokens: TokenSettings,
  settings: PasskeySettings,
  now: Date,
  input: PasskeySignInInput,
): Promise<Result<SessionTokens, PasskeySignInRefusal>> {
  const keys = passkeyKeys(input.address);
  const waiting = await throttled(database, keys, now);
  if (waiting !== null) return refuse(waiting);
  const proven = await prove(database, settings, 'sign-in', input.credential, now);
  if (proven === null) {
    await countAttempt(database, keys, now);
    return refuse(REFUSED);
  }
  const { loginId, passkeyId } = proven.passkey;
  const memberships = await database.read('platform', { loginId }, (client) =>
    selectOwnMemberships(client, loginId),
  );
  const chosen = chooseMembership(memberships, input.cooperativeSlug);
  if (!chosen.ok) return chosen;
  const { cooperativeId } = chosen.value;
  return database.transaction(
    'platform',
    { cooperativeId, command: 'signInWithPasskey' },
    async (client): Promise<Result<SessionTokens, PasskeySignInRefusal>> => {
      if (!(await takeChallenge(client, proven.challenge, proven.expiresAt, now))) return refuse(REFUSED);
      if (!(await markPasskeyUsed(client, passkeyId, proven.signCount, now))) return refuse(REFUSED);
      return accept(await openSession(client, tokens, chosen.value, { ...input, by: 'passkey' }, now));
    },
  );
}

export interface ProveWithPasskeyInput {
  /** What the browser answered, as JSON. */
  readonly credential: string;
  readonly sessionId: string;
  /** Where it comes from, for throttling only. */
  readonly address: string;
}

/** In the order checked. */
export type ProveWithPasskeyRefusal = TooManyAttempts | typeof REFUSED;

/**
 * Proves once more who is behind a session by a passkey of that very account, in the place of password and code. Nothing a
 * device signed to sign in counts here, nor the other way round.
 */
export async function proveWithPasskey(
  database: Database,
  settings: PasskeySettings,
  context: CommandContext,
  input: ProveWithPasskeyInput,
): Promise<Result<{ loginId: string }, ProveWithPasskeyRefusal>> {
  const { cooperativeId, now, actor } = context;
  const { loginId } = actor;
  if (loginId === null) throw new Error('only a person has passkeys');
  const keys = passkeyKeys(input.address);
  const waiting = await throttled(database, keys, now);
  if (waiting !== null) return refuse(waiting);
  const proven = await prove(database, settings, `prove:${loginId}`, input.credential, now);
  if (proven === null || proven.passkey.loginId !== loginId) {
    await countAttempt(database, keys, now);
    return refuse(REFUSED);
  }
  const { passkey, challenge, expiresAt, signCount } = proven;
  return database.transaction(
    'platform',
    { cooperativeId },
    async (client): Promise<Result<{ loginId: string }, ProveWithPasskeyRefusal>> => {
      if (!(await takeChallenge(client, challenge, expiresAt, now))) return refuse(REFUSED);
      if (!(await markPasskeyUsed(client, passkey.passkeyId, signCount, now))) return refuse(REFUSED);
      await markAuthenticated(client, input.sessionId, now);
      return accept({ loginId });
    },
  );
}
