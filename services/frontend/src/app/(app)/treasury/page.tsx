// The trial balance of any day, in both bases.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { Button, ButtonLink } from '../../../components/control/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { FaultState, Notice } from '../../../components/state/states.tsx';
import { trialBalanceDocument } from '../../../features/treasury/treasury.documents.ts';
import type { Basis } from '../../../features/treasury/trial-balance-table.tsx';
import { TrialBalanceTable } from '../../../features/treasury/trial-balance-table.tsx';
import { read } from '../../../lib/api/request.ts';

type Search = { asOf?: string; basis?: string };
const bases = ['book', 'tax', 'both'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('trialBalance') };
}

export default async function TrialBalancePage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const asOf = search.asOf && /^\d{4}-\d{2}-\d{2}$/.test(search.asOf) ? search.asOf : null;
  const basis: Basis = bases.find((one) => one === search.basis) ?? 'both';
  const answer = await read(trialBalanceDocument, { asOf });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { trialBalance: balance } = answer.data;
  const at = balance.asOf;
  return (
    <Page>
      <PageHead
        title={t('trialBalance')}
        above={t('title')}
        acts={<ButtonLink href="/treasury/journal">{t('journal')}</ButtonLink>}
      />
      <div className="mb-5 flex flex-wrap items-center gap-x-6 gap-y-3">
        <form className="flex items-center gap-2.5" action="/treasury">
          <label htmlFor="asOf" className="t-strong">
            {t('asOf')}
          </label>
          <input
            id="asOf"
            name="asOf"
            type="date"
            defaultValue={at}
            className="field !min-h-9 !w-auto !py-1"
          />
          {basis === 'both' ? null : <input type="hidden" name="basis" value={basis} />}
          <Button type="submit" className="!min-h-9">
            {t('show')}
          </Button>
        </form>
        <nav aria-label={t('basis')} className="flex items-center gap-2.5">
          <span className="t-strong">{t('basis')}</span>
          <span className="segment">
            {bases.map((one) => (
              <Link
                key={one}
                href={`/treasury?asOf=${at}&basis=${one}`}
                {...(one === basis ? { 'aria-current': 'true' as const } : {})}
              >
                {t(one)}
              </Link>
            ))}
          </span>
        </nav>
        {balance.balanced ? (
          <p className="t-note ml-auto flex items-center gap-1.5 text-done">
            <Icon name="check" />
            {t('balances')}
          </p>
        ) : null}
      </div>
      {balance.balanced ? (
        <TrialBalanceTable balance={balance} basis={basis} />
      ) : (
        <Notice tone="stop">{t('unbalanced')}</Notice>
      )}
    </Page>
  );
}
