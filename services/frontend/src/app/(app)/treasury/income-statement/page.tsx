// Revenue less expenses over some days, before any closing entries.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { basisOf, columnsOf, incomeReport } from '../../../../features/treasury/report/report-model.ts';
import { ReportFault } from '../../../../features/treasury/report/report-fault.tsx';
import { incomeStatementDocument } from '../../../../features/treasury/report/report.documents.ts';
import { SpanReport } from '../../../../features/treasury/report/span-report.tsx';
import type { Search } from '../../../../features/treasury/search.ts';
import { askedDays } from '../../../../features/treasury/search.ts';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('incomeStatement') };
}

export default async function IncomeStatementPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const basis = basisOf(String(search.basis));
  const days = askedDays(search);
  const answer = await read(incomeStatementDocument, days);
  if (!answer.ok)
    return <ReportFault fault={answer.faults[0]} title={t('incomeStatement')} subject={t('title')} />;
  const { now, before = null } = answer.data;
  const report = incomeReport(now, before, columnsOf(basis, days.compare));
  const isEmpty = report.parts.every(({ lines }) => lines.length === 0);
  return (
    <SpanReport
      name="incomeStatement"
      slug="income-statement"
      basis={basis}
      now={now}
      before={before}
      report={report}
      nothing={isEmpty ? 'noIncome' : null}
    />
  );
}
