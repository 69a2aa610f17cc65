// Where the provider sends the browser back to, with its answer: on to the pages, to the choice among several cooperatives,
// to the code of a second factor, or to why it was not believed.
import { randomUUID } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { keepSession } from '../../../../features/session/keep-session.ts';
import {
  linkIdentityDocument,
  signInWithProviderDocument,
} from '../../../../features/session/sign-in/provider.documents.ts';
import { ask, send } from '../../../../lib/api/request.ts';
import { cookieOptions } from '../../../../lib/session/cookie.ts';
import {
  challengeCookie,
  choiceCookie,
  providerCookie,
  readKeptRequest,
  stepSeconds,
} from '../../../../lib/session/provider-cookie.ts';
import { isSecure } from '../../../../lib/session/secure.ts';

const security = '/settings/me/security';

async function link(input: { query: string; state: string }): Promise<never> {
  const answer = await ask(linkIdentityDocument, { input: { ...input, idempotencyKey: randomUUID() } });
  revalidatePath('/', 'layout');
  if (answer.ok) redirect(`${security}?said=identityLinked`);
  redirect(`${security}?provider=${answer.faults[0].reason ?? 'PROVIDER_UNREACHABLE'}`);
}

export async function GET(request: Request): Promise<Response> {
  const jar = await cookies();
  const kept = readKeptRequest(jar.get(providerCookie)?.value);
  jar.delete(providerCookie);
  if (kept === null) redirect('/sign-in?provider=PROVIDER_REQUEST_OVER');
  const { state, links, returnTo } = kept;
  const input = { query: new URL(request.url).search.slice(1), state };
  if (links) return link(input);
  const answer = await send(signInWithProviderDocument, { input }, randomUUID());
  if (answer.ok) {
    await keepSession(answer.data.signInWithProvider);
    redirect(returnTo);
  }
  const [fault] = answer.faults;
  const back = `return=${encodeURIComponent(returnTo)}`;
  if (fault.reason === 'CHOOSE_COOPERATIVE') {
    jar.set(choiceCookie, fault.facts.proof ?? '', cookieOptions(await isSecure(), stepSeconds));
    redirect(`/sign-in?step=choose&${back}`);
  }
  if (fault.reason !== 'SECOND_FACTOR_REQUIRED')
    redirect(`/sign-in?provider=${fault.reason ?? 'PROVIDER_UNREACHABLE'}&${back}`);
  jar.set(challengeCookie, fault.facts.challenge ?? '', cookieOptions(await isSecure(), stepSeconds));
  redirect(`/sign-in?step=code&${back}`);
}
