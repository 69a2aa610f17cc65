// A report over some days, beside the same days a year before when asked: its head, what may be chosen, and the table.
import { useTranslations } from 'next-intl';
import { Page } from '../../../components/shell/page.tsx';
import { Empty } from '../../../components/state/states.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { addressOf } from '../search.ts';
import { TreasuryHead } from '../treasury-head.tsx';
import { Choice, ReportForm } from './report-form.tsx';
import type { Basis, Report } from './report-model.ts';
import { ReportTable } from './report-table.tsx';

type Span = { from: string; to: string };

type SpanReportProps = {
  /** Its name in the catalogue, and in the address of its page and file. */
  name: 'cashFlow' | 'incomeStatement';
  slug: 'cash-flow' | 'income-statement';
  basis: Basis;
  now: Span;
  /** Null where it stands alone. */
  before: Span | null;
  report: Report;
  /** Said instead of the table where the days hold nothing. */
  nothing: 'noCash' | 'noIncome' | null;
};

export function SpanReport({ name, slug, basis, now, before, report, nothing }: SpanReportProps) {
  const t = useTranslations('treasury');
  const { dateLong } = useFormat();
  const path = `/treasury/${slug}`;
  const kept = { basis: basis === 'both' ? null : basis, compare: before ? 'year' : null };
  const span = { from: now.from, to: now.to };
  const beside = (compare: string | null) => addressOf(path, { ...span, ...kept, compare });
  return (
    <Page>
      <TreasuryHead
        title={t(name)}
        json
        csv={addressOf(`/treasury/csv/${slug}`, { ...span, ...kept })}
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
            { key: 'none', text: t('alone'), href: beside(null), current: !before },
            { key: 'year', text: t('yearBefore'), href: beside('year'), current: before !== null },
          ]}
        />
      </ReportForm>
      <p className="print-only t-small mb-3">
        {t('printedSpan', { from: dateLong(now.from), to: dateLong(now.to) })}
      </p>
      {nothing ? (
        <Empty title={t(`${nothing}.title`)} text={t(`${nothing}.text`)} />
      ) : (
        <ReportTable
          report={report}
          name={t(name)}
          heads={{ now: now.to.slice(0, 4), before: before?.to.slice(0, 4) ?? '' }}
          days={span}
        />
      )}
    </Page>
  );
}
