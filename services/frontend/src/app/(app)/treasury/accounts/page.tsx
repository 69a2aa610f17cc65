// The chart of accounts with what each stands at; an administrator adds to it here.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Icon } from '../../../../components/icon.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { chartDocument } from '../../../../features/treasury/account/account.documents.ts';
import { AccountForm } from '../../../../features/treasury/account/account-form.tsx';
import { ChartTable } from '../../../../features/treasury/account/chart-table.tsx';
import { chartRows } from '../../../../features/treasury/account/chart.ts';
import { Choice, ReportForm } from '../../../../features/treasury/report/report-form.tsx';
import type { Search } from '../../../../features/treasury/search.ts';
import { addressOf, dayOf } from '../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('accounts') };
}

const path = '/treasury/accounts';

export default async function AccountsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const retired = search.retired === '1';
  const asked = dayOf(search, 'asOf');
  const answer = await read(chartDocument, { asOf: asked });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { accounts, cooperative, me } = answer.data;
  const asOf = asked ?? cooperative.today;
  const groups = accounts.filter(({ leaf, code }) => !leaf && code !== '3100');
  return (
    <Page>
      <TreasuryHead title={t('accounts')} json csv={addressOf('/treasury/csv/accounts', { asOf })} print />
      <ReportForm
        path={path}
        days={[{ name: 'asOf', label: t('asOf'), value: asOf }]}
        kept={{ retired: retired ? '1' : null }}
      >
        <Choice
          label={t('showWhich')}
          options={[
            { key: 'active', text: t('inUse'), href: addressOf(path, { asOf: asked }), current: !retired },
            {
              key: 'retired',
              text: t('alsoRetired'),
              href: addressOf(path, { asOf: asked, retired: '1' }),
              current: retired,
            },
          ]}
        />
      </ReportForm>
      <p className="print-only t-small mb-3">{t('printedAt', { day: dateLong(asOf) })}</p>
      {me.acts.includes('account.manage') ? (
        <details className="no-print mb-6 border-y border-rule py-3">
          <summary className="t-strong flex min-h-9 cursor-pointer items-center gap-2 text-pen">
            <Icon name="plus" />
            {t('addAccount')}
          </summary>
          <AccountForm groups={groups} actionKey={randomUUID()} />
        </details>
      ) : null}
      <ChartTable rows={chartRows(accounts, { retired })} asOf={asOf} />
    </Page>
  );
}
