// Signing in with another's sign-in. It stands for the password and for nothing more: an account with a second factor is
// still asked for its code.
import type { Database } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { selectOwnMemberships } from '../login/login.store.ts';
import { takeChallenge } from '../secret/challenge.ts';
import type { Provider, ProviderRefusal } from '../provider/provider.ts';
import { markIdentityUsed, selectLoginOfIdentity } from '../provider/provider.store.ts';
import { selectFactor } from '../second-factor/second-factor.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { providerKeys } from '../throttle/throttle.ts';
import { countAttempt, throttled } from '../throttle/throttle.store.ts';
import type { TokenSettings } from './access-token.ts';
import { CHALLENGE_SECONDS, issueChallenge } from './challenge.ts';
import type { Origin, SessionTokens } from './open-session.ts';
import { openSession } from './open-session.ts';
import type { SignInRefusal } from './session.commands.ts';

export interface ProviderSignInInput extends Origin {
  /** The query of the address the browser came back to. */
  readonly query: string;
  /** What the browser was given along with the request. */
  readonly state: string;
}

/** In the order checked. */
export type ProviderSignInRefusal =
  | TooManyAttempts
  | ProviderRefusal
  | { readonly code: 'IDENTITY_UNKNOWN' }
  | Extract<SignInRefusal, { code: 'SECOND_FACTOR_REQUIRED' }>;

const SECOND_STEP = {
  code: 'SECOND_FACTOR_REQUIRED',
  message: 'The provider knows you. Now a code of your second factor.',
} as const;

/**
 * Signs in whom the provider says has come back, if an account here is linked to them; no address they have makes one so.
 * Whoever belongs to several cooperatives comes to the first by name and goes over from there.
 */
export async function signInWithProvider(
  database: Database,
  settings: TokenSettings,
  provider: Provider,
  now: Date,
  input: ProviderSignInInput,
): Promise<Result<SessionTokens, ProviderSignInRefusal>> {
  const keys = providerKeys(input.address);
  const waiting = await throttled(database, keys, now);
  if (waiting !== null) return refuse(waiting);
  const refused = async (refusal: ProviderSignInRefusal) => {
    await countAttempt(database, keys, now);
    return refuse(refusal);
  };
  const answer = await provider.answer('provider', input, now);
  if (!answer.ok) return refused(answer.refusal);
  const { identity, state, expiresAt } = answer.value;
  const known = await database.read('platform', {}, (client) => selectLoginOfIdentity(client, identity));
  if (known === null) return refused({ code: 'IDENTITY_UNKNOWN' });
  const { loginId, identityId } = known;
  const [home] = await database.read('platform', { loginId }, (client) =>
    selectOwnMemberships(client, loginId),
  );
  if (home === undefined) return refused({ code: 'IDENTITY_UNKNOWN' });
  const scope = { cooperativeId: home.cooperativeId, command: 'signInWithProvider' };
  return database.transaction(
    'platform',
    scope,
    async (client): Promise<Result<SessionTokens, ProviderSignInRefusal>> => {
      if (!(await takeChallenge(client, state, expiresAt, now)))
        return refuse({ code: 'PROVIDER_REQUEST_OVER' });
      if (!(await markIdentityUsed(client, identityId, now))) return refuse({ code: 'IDENTITY_UNKNOWN' });
      const factor = await selectFactor(client, loginId);
      if (factor === null || factor.confirmedAt === null)
        return accept(await openSession(client, settings, home, { ...input, by: 'provider' }, now));
      const challenge = await issueChallenge(client, home, now);
      return refuse({ ...SECOND_STEP, challenge, expiresInSeconds: CHALLENGE_SECONDS });
    },
  );
}
