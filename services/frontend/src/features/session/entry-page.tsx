// The frame of every page before the sign-in: the product's name, one column to act in, the ledger beside it on a desk.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Brand } from '../../components/shell/brand.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { PrintedLedger } from './printed-ledger.tsx';

export function EntryPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations('signIn');
  return (
    <div className="flex min-h-dvh">
      <main className="flex w-full flex-col px-[18px] py-8 desk:w-[520px] desk:flex-none desk:px-16">
        <Brand name={t('product')} />
        {/* From a fixed height: centred, it would move while the rest of the page still arrives. */}
        <div className="w-full max-w-md grow pt-[8dvh] pb-10 desk:pt-[12dvh]">
          <h1 className="font-serif text-[40px]/[1.15]">{title}</h1>
          {lead ? <p className="t-body mt-1.5 mb-8 text-ink-2">{lead}</p> : <div className="mb-8" />}
          {children}
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
