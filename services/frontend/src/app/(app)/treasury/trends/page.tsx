// How the cooperative has done over some days: income and expenses, members' capital, what changed it, and who was
// allocated what of a closed period.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { Choice, ReportForm } from '../../../../features/treasury/report/report-form.tsx';
import type { Search } from '../../../../features/treasury/search.ts';
import { addressOf, askedDays, textOf } from '../../../../features/treasury/search.ts';
import { trendDocument } from '../../../../features/treasury/trend/trend.documents.ts';
import {
  AllocationPanel,
  CapitalTrend,
  IncomePanel,
  KindPanel,
} from '../../../../features/treasury/trend/trend-panels.tsx';
import type { Step } from '../../../../features/treasury/trend/trend.ts';
import { incomeSteps } from '../../../../features/treasury/trend/trend.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('trends') };
}

const path = '/treasury/trends';

export default async function TrendsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const step = search.step === 'quarter' ? 'quarter' : 'month';
  const basis = search.basis === 'tax' ? 'tax' : 'book';
  const period = textOf(search, 'period');
  const asked = askedDays(search);
  const answer = await read(trendDocument, {
    from: asked.from,
    to: asked.to,
    periodId: period ?? 'none',
    allocation: period !== null,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { incomeByMonth, capitalMovements, periods, allocation } = answer.data;
  const { from, to } = capitalMovements;
  const kept = { basis: basis === 'tax' ? 'tax' : null, step: step === 'quarter' ? 'quarter' : null, period };
  const href = (change: Record<string, string | null>) => addressOf(path, { from, to, ...kept, ...change });
  return (
    <Page>
      <TreasuryHead
        title={t('trends')}
        json
        csv={addressOf('/treasury/csv/trends', { from, to, step: kept.step, basis: kept.basis })}
        print
      />
      <TrendForm from={from} to={to} kept={kept} step={step} basis={basis} />
      <div className="grid gap-10">
        <IncomePanel
          steps={incomeSteps(incomeByMonth, { from, to }, step, basis)}
          step={step}
          basis={basis}
          aside={t(basis)}
        />
        <CapitalTrend movements={capitalMovements} from={from} to={to} />
        <div className="grid gap-x-14 gap-y-10 wide:grid-cols-2">
          <KindPanel movements={capitalMovements.movements} />
          <AllocationPanel
            periods={periods}
            chosen={period}
            allocation={allocation ?? null}
            hrefOf={(id) => `${href({ period: id })}#allocation`}
          />
        </div>
      </div>
    </Page>
  );
}

type TrendFormProps = {
  from: string;
  to: string;
  kept: Record<'basis' | 'step' | 'period', string | null>;
  step: Step;
  basis: 'book' | 'tax';
};

async function TrendForm({ from, to, kept, step, basis }: TrendFormProps) {
  const t = await getTranslations('treasury');
  const href = (change: Record<string, string | null>) => addressOf(path, { from, to, ...kept, ...change });
  return (
    <ReportForm
      path={path}
      days={[
        { name: 'from', label: t('from'), value: from },
        { name: 'to', label: t('to'), value: to },
      ]}
      kept={kept}
    >
      <Choice
        label={t('basis')}
        options={(['book', 'tax'] as const).map((one) => ({
          key: one,
          text: t(one),
          href: href({ basis: one === 'tax' ? 'tax' : null }),
          current: one === basis,
        }))}
      />
      <Choice
        label={t('trend.by')}
        options={(['month', 'quarter'] as const).map((one) => ({
          key: one,
          text: t(`trend.${one}`),
          href: href({ step: one === 'quarter' ? 'quarter' : null }),
          current: one === step,
        }))}
      />
    </ReportForm>
  );
}
