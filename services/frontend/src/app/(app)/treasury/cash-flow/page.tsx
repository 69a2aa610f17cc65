// Where cash came from and went over some days, by what stood on its other side; beside the same days a year before when
// asked.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '../../../../components/shell/page.tsx';
import { Empty } from '../../../../components/state/states.tsx';
import {
  basisOf,
  cashFlowReport,
  columnsOf,
  hasNoFlow,
} from '../../../../features/treasury/report/report-model.ts';
import { ReportFault } from '../../../../features/treasury/report/report-fault.tsx';
import { Choice, ReportForm } from '../../../../features/treasury/report/report-form.tsx';
import { ReportTable } from '../../../../features/treasury/report/report-table.tsx';
import { cashFlowDocument } from '../../../../features/treasury/report/report.documents.ts';
import type { Search } from '../../../../features/treasury/search.ts';
import { addressOf, askedDays } from '../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('cashFlow') };
}

const path = '/treasury/cash-flow';

export default async function CashFlowPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const basis = basisOf(String(search.basis));
  const days = askedDays(search);
  const answer = await read(cashFlowDocument, days);
  if (!answer.ok) {
    return <ReportFault fault={answer.faults[0]} title={t('cashFlow')} subject={t('title')} />;
  }
  const { now, before } = answer.data;
  const report = cashFlowReport(now, before ?? null, columnsOf(basis, days.compare));
  const shown = basis === 'both' ? null : basis;
  const compare = days.compare ? 'year' : null;
  const kept = { basis: shown, compare };
  const span = { from: now.from, to: now.to };
  const beside = (value: string | null) => addressOf(path, { ...span, ...kept, compare: value });
  return (
    <Page>
      <TreasuryHead
        title={t('cashFlow')}
        json
        csv={addressOf('/treasury/csv/cash-flow', { ...span, ...kept })}
        print
      />
      <ReportForm
        path={path}
        days={[
          { name: 'from', label: t('from'), value: now.from },
          { name: 'to', label: t('to'), value: now.to },
        ]}
        kept={kept}
        basis={basis}
      >
        <Choice
          label={t('beside')}
          options={[
            { key: 'none', text: t('alone'), href: beside(null), current: !days.compare },
            { key: 'year', text: t('yearBefore'), href: beside('year'), current: days.compare },
          ]}
        />
      </ReportForm>
      <p className="print-only t-small mb-3">
        {t('printedSpan', { from: dateLong(now.from), to: dateLong(now.to) })}
      </p>
      {[now, before].every((one) => !one || hasNoFlow(one)) ? (
        <Empty title={t('noCash.title')} text={t('noCash.text')} />
      ) : (
        <ReportTable
          report={report}
          name={t('cashFlow')}
          heads={{ now: now.to.slice(0, 4), before: before?.to.slice(0, 4) ?? '' }}
          days={span}
        />
      )}
    </Page>
  );
}
