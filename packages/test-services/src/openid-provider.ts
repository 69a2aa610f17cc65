// A real OpenID Connect provider (oidc-provider) on this machine, which a person can be led through as a browser would be.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** Whom the provider lets ask. */
export interface OpenIdClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where it sends browsers back to. */
  readonly back: string;
}

export interface TestOpenIdProvider {
  readonly issuer: string;
  /** Goes through its pages as somebody; answers the query they are sent back with. */
  signIn(url: string, as: string): Promise<string>;
  stop(): Promise<void>;
}

/** Listens on a port of its own; answers with its address. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A real provider; whoever signs in there has the email of their name at mail.example, which it says it has verified. */
export async function startOpenIdProvider(client: OpenIdClient): Promise<TestOpenIdProvider> {
  const server = createServer();
  const issuer = await listening(server);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [client.back],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id.includes('@') ? id : `${id}@mail.example`, email_verified: true }),
    }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    stop: () => closed(server),
    signIn: (url, as) => walk({ issuer, back: client.back }, url, as),
  };
}

/** Goes through the provider's pages as a browser would; answers the query it is sent back with. */
async function walk(
  { issuer, back }: { issuer: string; back: string },
  url: string,
  as: string,
): Promise<string> {
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
      if (target.href.startsWith(`${back}?`)) return target.search.slice(1);
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
