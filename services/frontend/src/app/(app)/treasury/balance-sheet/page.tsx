// What the cooperative has, owes and is worth to its members at the end of a day; beside an earlier day when asked.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Icon } from '../../../../components/icon.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { balanceSheetReport, basisOf, columnsOf } from '../../../../features/treasury/report/report-model.ts';
import { ReportFault } from '../../../../features/treasury/report/report-fault.tsx';
import { ReportForm } from '../../../../features/treasury/report/report-form.tsx';
import { ReportTable } from '../../../../features/treasury/report/report-table.tsx';
import { balanceSheetDocument } from '../../../../features/treasury/report/report.documents.ts';
import type { Search } from '../../../../features/treasury/search.ts';
import { addressOf, dayOf } from '../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('balanceSheet') };
}

export default async function BalanceSheetPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const basis = basisOf(String(search.basis));
  const before = dayOf(search, 'before');
  const answer = await read(balanceSheetDocument, {
    asOf: dayOf(search, 'asOf'),
    before,
    compare: before !== null,
  });
  if (!answer.ok) {
    return <ReportFault fault={answer.faults[0]} title={t('balanceSheet')} subject={t('title')} />;
  }
  const { now } = answer.data;
  const report = balanceSheetReport(now, answer.data.before ?? null, columnsOf(basis, before !== null));
  const shown = basis === 'both' ? null : basis;
  return (
    <Page>
      <TreasuryHead
        title={t('balanceSheet')}
        json
        csv={addressOf('/treasury/csv/balance-sheet', { asOf: now.asOf, before, basis: shown })}
        print
      />
      <ReportForm
        path="/treasury/balance-sheet"
        days={[
          { name: 'asOf', label: t('asOf'), value: now.asOf },
          { name: 'before', label: t('beside'), value: before },
        ]}
        kept={{ basis: shown }}
        basis={basis}
      >
        <p className="t-note ml-auto flex items-center gap-1.5 text-done">
          <Icon name="check" />
          {t('balances')}
        </p>
      </ReportForm>
      <p className="print-only t-small mb-3">{t('printedAt', { day: dateLong(now.asOf) })}</p>
      <ReportTable
        report={report}
        name={t('balanceSheet')}
        heads={{ now: dateLong(now.asOf), before: before ? dateLong(before) : '' }}
        days={{ to: now.asOf }}
        incomeHref={addressOf('/treasury/income-statement', { to: now.asOf })}
      />
    </Page>
  );
}
