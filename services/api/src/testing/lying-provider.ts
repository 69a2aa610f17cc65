// A provider for tests of signing in by OpenID Connect that signs whatever a test has it say.
import { createServer } from 'node:http';
import type { JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { closed, listening } from '@habitat/test-services';
import { PAGES } from './served-cooperative.ts';

export const CLIENT = {
  clientId: 'habitat',
  clientSecret: 'what habitat shows',
  back: new URL('/sign-in/provider/back', PAGES).href,
};

/** What a hostile provider changes of an answer that would be believed. */
export interface Lie {
  readonly claims?: JWTPayload;
  /** `none`: nothing is signed; `other`: by a key it doesn't publish. */
  readonly signed?: 'none' | 'other';
}

/** A provider that answers every code; what it says is right but for the lie it was told to tell. */
export interface Liar {
  readonly issuer: string;
  lie: Lie;
  /** The query a browser comes back with. */
  answer(url: string, more?: Record<string, string>): string;
  stop(): Promise<void>;
}

export async function startLiar(): Promise<Liar> {
  const server = createServer();
  const issuer = await listening(server);
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const other = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'one' }] };
  let nonce = '';
  const liar = {
    issuer,
    lie: {} as Lie,
    stop: () => closed(server),
    answer(url: string, more: Record<string, string> = {}) {
      const asked = new URL(url).searchParams;
      nonce = asked.get('nonce') ?? '';
      return new URLSearchParams({
        code: 'any',
        state: asked.get('state') ?? '',
        iss: issuer,
        ...more,
      }).toString();
    },
  };
  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, sub: 'liam', aud: CLIENT.clientId, nonce, iat: now, exp: now + 300 };
    const claims: JWTPayload = { ...right, ...liar.lie.claims };
    if (liar.lie.signed === 'none') return new UnsecuredJWT(claims).encode();
    const key = liar.lie.signed === 'other' ? other.privateKey : privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  }
  server.on('request', (request, response) => {
    const send = (body: object) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    const path = new URL(request.url ?? '/', issuer).pathname;
    if (path === '/keys') return send(keys);
    if (path !== '/token') {
      return send({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      });
    }
    request.resume();
    void idToken().then((id_token) =>
      send({ access_token: 'any', token_type: 'bearer', expires_in: 60, id_token }),
    );
  });
  return liar;
}
