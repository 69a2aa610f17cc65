// The way in: a password, a passkey, or somebody else's sign-in where the operator named one. A visitor who was signed out
// is told so, and goes back to where they were.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { Said } from '../../components/state/said.tsx';
import { EntryPage } from '../../features/session/entry-page.tsx';
import { ProviderFault } from '../../features/session/sign-in/provider-fault.tsx';
import { cooperativesIn } from '../../features/session/sign-in/cooperative-choice.ts';
import {
  chooseCooperativeDocument,
  providerDocument,
} from '../../features/session/sign-in/provider.documents.ts';
import { SignInForm } from '../../features/session/sign-in/sign-in-form.tsx';
import type { SignInState } from '../../features/session/session.actions.ts';
import { send } from '../../lib/api/request.ts';
import { challengeCookie, choiceCookie } from '../../lib/session/provider-cookie.ts';
import { returnPath } from '../../lib/session/return-path.ts';

type Search = {
  searchParams: Promise<{ return?: string; ended?: string; said?: string; provider?: string; step?: string }>;
};

const sayings = ['accepted', 'reset', 'undone'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

/** Where somebody stands whom the provider has named. */
async function begunAtProvider(step: string | undefined): Promise<SignInState | null> {
  const jar = await cookies();
  const challenge = jar.get(challengeCookie)?.value;
  if (step === 'code' && challenge) return { status: 'second', challenge, by: 'provider', wrong: false };
  const proof = jar.get(choiceCookie)?.value;
  if (step !== 'choose' || !proof) return null;
  // Without a choice nothing is done: it is refused with the list.
  const asked = await send(chooseCooperativeDocument, { input: { proof } }, randomUUID());
  if (asked.ok || asked.faults[0].reason !== 'CHOOSE_COOPERATIVE')
    return { status: 'refused', reason: 'OVER', code: null };
  return {
    status: 'choose',
    cooperatives: cooperativesIn(asked.faults[0]),
    sent: { name: 'proof', value: proof },
  };
}

export default async function SignInPage({ searchParams }: Search) {
  const search = await searchParams;
  const t = await getTranslations('signIn');
  const said = sayings.find((one) => one === search.said);
  const returnTo = returnPath(search.return);
  const asked = await send(providerDocument, {}, randomUUID());
  const provider = asked.ok ? asked.data.provider : null;
  return (
    <EntryPage title={t('title')} lead={t('lead')}>
      {search.ended ? <p className="notice t-ui mb-6">{t('ended')}</p> : null}
      {said ? <Said>{t(`said.${said}`)}</Said> : null}
      <ProviderFault named={search.provider} provider={provider} />
      <SignInForm returnTo={returnTo} begun={await begunAtProvider(search.step)}>
        {provider === null ? null : (
          // No link of the router's: it would begin the request before anybody wants it.
          <a
            href={`/sign-in/provider?return=${encodeURIComponent(returnTo)}`}
            className="button min-h-[46px] w-full"
          >
            {t('provider.act', { provider })}
          </a>
        )}
      </SignInForm>
      <p className="t-small mt-7 text-ink-2">{t('invited')}</p>
    </EntryPage>
  );
}
