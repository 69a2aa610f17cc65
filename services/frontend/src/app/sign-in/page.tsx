// The way in. A visitor who was signed out is told so, and goes back to where they were.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Brand } from '../../components/shell/brand.tsx';
import { LanguageChoice } from '../../features/session/language-choice.tsx';
import { PrintedLedger } from '../../features/session/printed-ledger.tsx';
import { SignInForm } from '../../features/session/sign-in-form.tsx';
import { returnPath } from '../../lib/session/return-path.ts';

type Search = { searchParams: Promise<{ return?: string; ended?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

export default async function SignInPage({ searchParams }: Search) {
  const search = await searchParams;
  const t = await getTranslations('signIn');
  return (
    <div className="flex min-h-dvh">
      <main className="flex w-full flex-col px-[18px] py-8 desk:w-[520px] desk:flex-none desk:px-16">
        <Brand name={t('product')} />
        <div className="my-auto w-full max-w-md py-10">
          <h1 className="font-serif text-[40px]/[1.15]">{t('title')}</h1>
          <p className="t-body mt-1.5 mb-8 text-ink-2">{t('lead')}</p>
          {search.ended ? <p className="notice t-ui mb-6">{t('ended')}</p> : null}
          <SignInForm returnTo={returnPath(search.return)} />
          <p className="t-small mt-7 text-ink-2">{t('invited')}</p>
        </div>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <p className="t-small text-ink-2">{t('foot')}</p>
          <LanguageChoice />
        </div>
      </main>
      <PrintedLedger />
    </div>
  );
}
