// Another's sign-in, by OpenID Connect: where to send a person, and whom the provider says has come back. Authorization code
// with PKCE, state and nonce; an answer is believed only from this provider, for this installation, to this very request.
import { createHmac } from 'node:crypto';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import * as client from 'openid-client';
import type { ChallengePurpose } from '../secret/challenge.ts';
import { endOfChallenge, newChallenge } from '../secret/challenge.ts';
import { derivedKey } from '../secret/derived-key.ts';
import type { Secrets } from '../secret/sealed.ts';

const PATIENCE_SECONDS = 10;
const LONGEST_SHOWN = 254;

/** The provider of an installation, as its operator named it. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** What people know it by. */
  readonly label: string;
}

/** A person as the provider names them. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly shownAs: string;
}

/** The request an answer belongs to: it still has to be used up. */
export interface ProviderAnswer {
  readonly identity: ProvenIdentity;
  readonly state: string;
  readonly expiresAt: Date;
}

/** What sends a browser to the provider. */
export interface ProviderRequest {
  readonly url: string;
  /** Kept by that browser alone: an answer that comes without it was asked for by somebody else. */
  readonly state: string;
}

/** In the order checked. */
export type ProviderRefusal =
  | { readonly code: 'PROVIDER_REQUEST_OVER' }
  | { readonly code: 'PROVIDER_DENIED' }
  | { readonly code: 'PROVIDER_UNREACHABLE' }
  | { readonly code: 'PROVIDER_NOT_BELIEVED' };

/** What a request to the provider is for: signing in, or linking one account. */
export type ProviderPurpose = Extract<ChallengePurpose, 'provider' | `provider-link:${string}`>;

/** The sign-in of another, with what is known of it once it was asked. */
export interface Provider {
  readonly label: string;
  /** Where to send the browser and what it has to bring back, or why the provider cannot be asked. */
  request(purpose: ProviderPurpose, now: Date): Promise<Result<ProviderRequest, ProviderRefusal>>;
  /** Whom an answer names, or why it is not believed. `query` is that of the address the browser came back to. */
  answer(
    purpose: ProviderPurpose,
    given: { readonly query: string; readonly state: string },
    now: Date,
  ): Promise<Result<ProviderAnswer, ProviderRefusal>>;
}

/** Nonce and verifier belong to a state and to nobody else: they are derived, so nothing has to be kept in between. */
function derived(secret: string, what: 'nonce' | 'verifier', state: string): string {
  return createHmac('sha256', derivedKey(secret, 'provider')).update(`${what}:${state}`).digest('base64url');
}

/** Why the provider did not do; what is a fault of ours is thrown on. */
function refusalFor(fault: unknown): ProviderRefusal {
  if (fault instanceof client.AuthorizationResponseError) return { code: 'PROVIDER_DENIED' };
  if (fault instanceof TypeError && fault.message === 'fetch failed') return { code: 'PROVIDER_UNREACHABLE' };
  if (fault instanceof client.ClientError) {
    const isAway = fault.code === 'OAUTH_TIMEOUT' || fault.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
    return { code: isAway ? 'PROVIDER_UNREACHABLE' : 'PROVIDER_NOT_BELIEVED' };
  }
  const isTheirs =
    fault instanceof client.ResponseBodyError || fault instanceof client.WWWAuthenticateChallengeError;
  if (isTheirs) return { code: 'PROVIDER_NOT_BELIEVED' };
  throw fault;
}

/** What the provider says of itself: where people sign in, where a code is exchanged, with which keys it signs. */
function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<client.Configuration> {
  const server = new URL(issuer);
  const execute = [
    // The signature is checked too, though the token comes straight from the provider: `alg: none` says nothing.
    client.enableNonRepudiationChecks,
    ...(server.protocol === 'http:' ? [client.allowInsecureRequests] : []),
  ];
  const authentication = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret);
  return client.discovery(server, clientId, {}, authentication, { execute, timeout: PATIENCE_SECONDS });
}

/** The provider these settings name. It is asked for its endpoints and keys when somebody first needs it. */
export function createProvider(
  settings: ProviderSettings,
  { secrets, publicUrl }: { readonly secrets: Secrets; readonly publicUrl: string },
): Provider {
  const back = new URL('/sign-in/provider/back', publicUrl);
  let known: Promise<client.Configuration> | null = null;

  function configuration(): Promise<client.Configuration> {
    known ??= discover(settings);
    // What could not be asked is asked again by the next who needs it.
    known.catch(() => (known = null));
    return known;
  }

  return {
    label: settings.label,
    async request(purpose, now) {
      let provider: client.Configuration;
      try {
        provider = await configuration();
      } catch (fault) {
        return refuse(refusalFor(fault));
      }
      const state = Buffer.from(newChallenge(secrets, purpose, now)).toString('base64url');
      const [secret] = secrets;
      const url = client.buildAuthorizationUrl(provider, {
        redirect_uri: back.href,
        scope: 'openid email',
        state,
        nonce: derived(secret, 'nonce', state),
        code_challenge: await client.calculatePKCECodeChallenge(derived(secret, 'verifier', state)),
        code_challenge_method: 'S256',
      });
      return accept({ url: url.href, state });
    },

    async answer(purpose, { query, state }, now) {
      const expiresAt = endOfChallenge(secrets, purpose, state, now);
      if (expiresAt === null) return refuse({ code: 'PROVIDER_REQUEST_OVER' });
      const arrived = new URL(back);
      arrived.search = query;
      // A request from just before the secret was replaced was made with the one before.
      const secret = secrets.find((one) => endOfChallenge([one], purpose, state, now) !== null) ?? secrets[0];
      try {
        const tokens = await client.authorizationCodeGrant(await configuration(), arrived, {
          expectedState: state,
          expectedNonce: derived(secret, 'nonce', state),
          pkceCodeVerifier: derived(secret, 'verifier', state),
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) return refuse({ code: 'PROVIDER_NOT_BELIEVED' });
        const called = typeof claims['email'] === 'string' ? claims['email'] : claims.sub;
        const identity = { issuer: claims.iss, subject: claims.sub, shownAs: called.slice(0, LONGEST_SHOWN) };
        return accept({ identity, state, expiresAt });
      } catch (fault) {
        return refuse(refusalFor(fault));
      }
    },
  };
}
