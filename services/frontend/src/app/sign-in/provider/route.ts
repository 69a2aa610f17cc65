// Sends the browser to the provider, to sign in or to link who one is there. A link and no form leads here: a form may go
// nowhere but to this site, and stays so.
import { randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import {
  providerRequestDocument,
  requestIdentityLinkDocument,
} from '../../../features/session/sign-in/provider.documents.ts';
import { ask, send } from '../../../lib/api/request.ts';
import { cookieOptions } from '../../../lib/session/cookie.ts';
import { providerCookie, stepSeconds } from '../../../lib/session/provider-cookie.ts';
import { returnPath } from '../../../lib/session/return-path.ts';
import { isSecure } from '../../../lib/session/secure.ts';

const security = '/settings/me/security';

async function requestFor(links: boolean) {
  if (!links) {
    const answer = await send(providerRequestDocument, {}, randomUUID());
    return answer.ok ? ({ ok: true, data: answer.data.providerRequest } as const) : answer;
  }
  const answer = await ask(requestIdentityLinkDocument, { input: { idempotencyKey: randomUUID() } });
  return answer.ok ? ({ ok: true, data: answer.data.requestIdentityLink.request } as const) : answer;
}

export async function GET(request: Request): Promise<Response> {
  const wanted = new URL(request.url).searchParams;
  const links = wanted.has('link');
  // Linking begins on our own page and nowhere else: no other site's link makes somebody part of an account.
  if (links && request.headers.get('sec-fetch-site') !== 'same-origin') redirect(security);
  const answer = await requestFor(links);
  if (!answer.ok) {
    const { reason } = answer.faults[0];
    if (reason === 'REAUTHENTICATION_REQUIRED') redirect(`/confirm?return=${security}`);
    redirect(`${links ? security : '/sign-in'}?provider=${reason ?? 'PROVIDER_UNREACHABLE'}`);
  }
  const { url, state } = answer.data;
  const kept = JSON.stringify({ state, links, returnTo: returnPath(wanted.get('return')) });
  (await cookies()).set(providerCookie, kept, cookieOptions(await isSecure(), stepSeconds));
  redirect(url);
}
