// Signing in with another's sign-in. It stands for the password and for nothing more: an account with a second factor is
// still asked for its code.
import type { Database } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { Membership } from '../login/login.store.ts';
import { selectOwnMemberships } from '../login/login.store.ts';
import { endOfChallenge, newChallenge, takeChallenge } from '../secret/challenge.ts';
import type { Secrets } from '../secret/sealed.ts';
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
import { choiceAmong, chooseMembership } from './session.commands.ts';

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
  | (ChooseCooperative & {
      /** Given back with the choice by `chooseCooperative`: the provider gives its own answer once. */
      readonly proof: string;
    })
  | Extract<SignInRefusal, { code: 'SECOND_FACTOR_REQUIRED' }>;

type ChooseCooperative = Extract<SignInRefusal, { code: 'CHOOSE_COOPERATIVE' }>;

const SECOND_STEP = {
  code: 'SECOND_FACTOR_REQUIRED',
  message: 'The provider knows you. Now a code of your second factor.',
} as const;

/** An account that the provider named moments ago, by one of its identities, with what may be used once to come in. */
interface Known {
  readonly loginId: string;
  readonly identityId: string;
  readonly once: string;
  readonly expiresAt: Date;
}

function membershipsOf(database: Database, loginId: string): Promise<Membership[]> {
  return database.read('platform', { loginId }, (client) => selectOwnMemberships(client, loginId));
}

/** Lets a known account in to one of its cooperatives, or asks for the code of its second factor. */
function enter(
  database: Database,
  settings: TokenSettings,
  now: Date,
  origin: Origin,
  known: Known,
  membership: Membership,
): Promise<Result<SessionTokens, ProviderSignInRefusal>> {
  const { cooperativeId } = membership;
  return database.transaction(
    'platform',
    { cooperativeId, command: 'signInWithProvider' },
    async (client): Promise<Result<SessionTokens, ProviderSignInRefusal>> => {
      if (!(await takeChallenge(client, known.once, known.expiresAt, now)))
        return refuse({ code: 'PROVIDER_REQUEST_OVER' });
      if (!(await markIdentityUsed(client, known.identityId, now)))
        return refuse({ code: 'IDENTITY_UNKNOWN' });
      const factor = await selectFactor(client, known.loginId);
      if (factor === null || factor.confirmedAt === null)
        return accept(await openSession(client, settings, membership, { ...origin, by: 'provider' }, now));
      const challenge = await issueChallenge(client, membership, now);
      return refuse({ ...SECOND_STEP, challenge, expiresInSeconds: CHALLENGE_SECONDS });
    },
  );
}

const purposeOf = (identityId: string, loginId: string) =>
  `provider-choice:${identityId}:${loginId}` as const;

/** What the browser keeps while its person chooses: nobody else can make one, and it is for this account alone. */
function newProof(secrets: Secrets, { identityId, loginId }: Known, now: Date): string {
  const challenge = Buffer.from(newChallenge(secrets, purposeOf(identityId, loginId), now));
  return [identityId, loginId, challenge.toString('base64url')].join('.');
}

function readProof(secrets: Secrets, proof: string, now: Date): Known | null {
  const [identityId = '', loginId = '', once = '', ...more] = proof.split('.');
  if (more.length > 0) return null;
  const expiresAt = endOfChallenge(secrets, purposeOf(identityId, loginId), once, now);
  return expiresAt === null ? null : { identityId, loginId, once, expiresAt };
}

/**
 * Signs in whom the provider says has come back, if an account here is linked to them; no address they have makes one so.
 * Whoever belongs to several cooperatives is asked which, with a proof for `chooseCooperative`.
 */
export async function signInWithProvider(
  database: Database,
  settings: TokenSettings,
  provider: Provider,
  secrets: Secrets,
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
  const found = await database.read('platform', {}, (client) => selectLoginOfIdentity(client, identity));
  if (found === null) return refused({ code: 'IDENTITY_UNKNOWN' });
  const known = { ...found, once: state, expiresAt };
  const chosen = chooseMembership(await membershipsOf(database, known.loginId), null);
  if (chosen.ok) return enter(database, settings, now, input, known, chosen.value);
  if (chosen.refusal.code === 'SIGN_IN_FAILED') return refused({ code: 'IDENTITY_UNKNOWN' });
  const { refusal } = chosen;
  return database.transaction('platform', {}, async (client) =>
    refuse(
      (await takeChallenge(client, state, expiresAt, now))
        ? { ...refusal, proof: newProof(secrets, known, now) }
        : { code: 'PROVIDER_REQUEST_OVER' },
    ),
  );
}

export interface ChooseCooperativeInput extends Origin {
  readonly proof: string;
  /** Null asks for the list once more, which uses nothing up. */
  readonly cooperativeSlug: string | null;
}

/**
 * Signs in whom the provider named to the one of their cooperatives they chose. A proof is good for minutes, and once.
 * Without a choice it is refused with CHOOSE_COOPERATIVE again, so that a browser keeps the proof alone.
 */
export async function chooseCooperative(
  database: Database,
  settings: TokenSettings,
  secrets: Secrets,
  now: Date,
  input: ChooseCooperativeInput,
): Promise<Result<SessionTokens, ProviderSignInRefusal>> {
  const keys = providerKeys(input.address);
  const waiting = await throttled(database, keys, now);
  if (waiting !== null) return refuse(waiting);
  const known = readProof(secrets, input.proof, now);
  const memberships = known === null ? [] : await membershipsOf(database, known.loginId);
  if (memberships.length > 0 && input.cooperativeSlug === null)
    return refuse({ ...choiceAmong(memberships), proof: input.proof });
  const chosen = memberships.find(({ slug }) => slug === input.cooperativeSlug);
  if (known === null || chosen === undefined) {
    await countAttempt(database, keys, now);
    return refuse({ code: 'PROVIDER_REQUEST_OVER' });
  }
  return enter(database, settings, now, input, known, chosen);
}
