// The way in. A visitor who was signed out is told so, and goes back to where they were.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { Said } from '../../components/state/said.tsx';
import { EntryPage } from '../../features/session/entry-page.tsx';
import { SignInForm } from '../../features/session/sign-in/sign-in-form.tsx';
import { returnPath } from '../../lib/session/return-path.ts';

type Search = { searchParams: Promise<{ return?: string; ended?: string; said?: string }> };

const sayings = ['accepted', 'reset', 'undone'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

export default async function SignInPage({ searchParams }: Search) {
  const search = await searchParams;
  const t = await getTranslations('signIn');
  const said = sayings.find((one) => one === search.said);
  return (
    <EntryPage title={t('title')} lead={t('lead')}>
      {search.ended ? <p className="notice t-ui mb-6">{t('ended')}</p> : null}
      {said ? <Said>{t(`said.${said}`)}</Said> : null}
      <SignInForm returnTo={returnPath(search.return)} />
      <p className="t-ui mt-5">
        <Link href="/forgotten" className="link">
          {t('forgotten')}
        </Link>
      </p>
      <p className="t-small mt-7 text-ink-2">{t('invited')}</p>
    </EntryPage>
  );
}
