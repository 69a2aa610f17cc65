// The trial balance of any day, in both bases.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Icon } from '../../../components/icon.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { basisOf } from '../../../features/treasury/report/report-model.ts';
import { ReportFault } from '../../../features/treasury/report/report-fault.tsx';
import { Choice, ReportForm } from '../../../features/treasury/report/report-form.tsx';
import { trialBalanceDocument } from '../../../features/treasury/report/report.documents.ts';
import {
  TrialBalanceNote,
  TrialBalanceTable,
} from '../../../features/treasury/report/trial-balance-table.tsx';
import type { Search } from '../../../features/treasury/search.ts';
import { addressOf, dayOf } from '../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../features/treasury/treasury-head.tsx';
import { read } from '../../../lib/api/request.ts';
import { getFormat } from '../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('trialBalance') };
}

export default async function TrialBalancePage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const basis = basisOf(String(search.basis));
  const all = search.all === '1';
  const answer = await read(trialBalanceDocument, { asOf: dayOf(search, 'asOf'), all });
  if (!answer.ok) {
    return <ReportFault fault={answer.faults[0]} title={t('trialBalance')} subject={t('title')} />;
  }
  const { trialBalance: balance } = answer.data;
  const at = balance.asOf;
  const kept = { basis: basis === 'both' ? null : basis, all: all ? '1' : null };
  const address = (path: string, change: object = {}) => addressOf(path, { asOf: at, ...kept, ...change });
  return (
    <Page>
      <TreasuryHead title={t('trialBalance')} json csv={address('/treasury/csv/trial-balance')} print />
      <ReportForm
        path="/treasury"
        days={[{ name: 'asOf', label: t('asOf'), value: at }]}
        kept={kept}
        basis={basis}
      >
        <Choice
          label={t('showWhich')}
          options={[
            { key: 'some', text: t('withBalance'), href: address('/treasury', { all: null }), current: !all },
            { key: 'all', text: t('allAccounts'), href: address('/treasury', { all: '1' }), current: all },
          ]}
        />
        <p className="t-note ml-auto flex items-center gap-1.5 text-done">
          <Icon name="check" />
          {t('balances')}
        </p>
      </ReportForm>
      <p className="print-only t-small mb-3">{t('printedAt', { day: dateLong(at) })}</p>
      <TrialBalanceTable balance={balance} basis={basis} />
      <TrialBalanceNote balance={balance} />
    </Page>
  );
}
