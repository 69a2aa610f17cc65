// Where cash came from and went over some days, by what stood on its other side.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import {
  basisOf,
  cashFlowReport,
  columnsOf,
  hasNoFlow,
} from '../../../../features/treasury/report/report-model.ts';
import { ReportFault } from '../../../../features/treasury/report/report-fault.tsx';
import { cashFlowDocument } from '../../../../features/treasury/report/report.documents.ts';
import { SpanReport } from '../../../../features/treasury/report/span-report.tsx';
import type { Search } from '../../../../features/treasury/search.ts';
import { askedDays } from '../../../../features/treasury/search.ts';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('cashFlow') };
}

export default async function CashFlowPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const basis = basisOf(String(search.basis));
  const days = askedDays(search);
  const answer = await read(cashFlowDocument, days);
  if (!answer.ok) return <ReportFault fault={answer.faults[0]} title={t('cashFlow')} subject={t('title')} />;
  const { now, before = null } = answer.data;
  const report = cashFlowReport(now, before, columnsOf(basis, days.compare));
  const isEmpty = [now, before].every((one) => !one || hasNoFlow(one));
  return (
    <SpanReport
      name="cashFlow"
      slug="cash-flow"
      basis={basis}
      now={now}
      before={before}
      report={report}
      nothing={isEmpty ? 'noCash' : null}
    />
  );
}
