// Providers for tests of signing in by OpenID Connect: a certified one (oidc-provider) that a person is led through as a browser
// would be, and one that signs whatever a test has it say.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { PAGES } from './served-cooperative.ts';

export const CLIENT = { clientId: 'habitat', clientSecret: 'what habitat shows' };

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export interface TestProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** A real provider; whoever signs in there has the email of their name at mail.example, which it says it has verified. */
export async function startProvider(): Promise<
  TestProvider & { signIn(url: string, as: string): Promise<string> }
> {
  const server = createServer();
  const issuer = await listening(server);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [new URL('/sign-in/provider/back', PAGES).href],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id.includes('@') ? id : `${id}@mail.example`, email_verified: true }),
    }),
  });
  server.on('request', provider.callback());
  return { issuer, stop: () => closed(server), signIn: (url, as) => walk(issuer, url, as) };
}

/** Goes through the provider's pages as a browser would; answers the query it is sent back with. */
async function walk(issuer: string, url: string, as: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = { address: url, form: null as Record<string, string> | null };
  for (let step = 0; step < 12; step += 1) {
    const response = await fetch(next.address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form === null ? {} : { method: 'POST', body: new URLSearchParams(next.form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) {
      const target = new URL(location, issuer);
      if (target.origin === PAGES) return target.search.slice(1);
      next = { address: target.href, form: null };
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined) throw new Error(`the provider says: ${page.slice(0, 500)}`);
    next = { address: next.address, form: { prompt, login: as, password: 'any' } };
  }
  throw new Error('the provider goes in circles');
}

/** What a hostile provider changes of an answer that would be believed. */
export interface Lie {
  readonly claims?: JWTPayload;
  /** `none`: nothing is signed; `other`: by a key it doesn't publish. */
  readonly signed?: 'none' | 'other';
}

/** A provider that answers every code; what it says is right but for the lie it was told to tell. */
export async function startLiar(): Promise<
  TestProvider & { lie: Lie; answer(url: string, more?: Record<string, string>): string }
> {
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
