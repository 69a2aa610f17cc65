// The plots of the books, each with its sentence and the table that says the same.
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AmountBar, ShareBar } from '../../../components/plot/bars.tsx';
import { StepPlot } from '../../../components/plot/step-plot.tsx';
import { Section } from '../../../components/print/section.tsx';
import { Table } from '../../../components/print/table.tsx';
import { largestOf, totalOf } from '../../../lib/amount.ts';
import { opening } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { causes } from '../report/capital-table.tsx';
import { addressOf } from '../search.ts';
import { MonthBars } from './month-bars.tsx';
import type { Trend } from './trend.documents.ts';
import type { IncomeStep, Step } from './trend.ts';
import { byCause, capitalPoints } from './trend.ts';
import { Link } from '../../../components/link.tsx';

/** A bar beside an amount, where there is room. */
const beside = { from: 'desk', className: 'w-1/3 align-middle' } as const;

function Twin({ name, open, children }: { name: string; open?: boolean; children: ReactNode }) {
  const t = useTranslations('treasury.trend');
  return (
    <details className="mt-2" open={open ?? false}>
      <summary className="t-small w-fit cursor-pointer text-ink-2">
        <span className="link">{t('asTable')}</span>
      </summary>
      <div className="scroll-region mt-3 max-h-96" tabIndex={0} role="region" aria-label={name}>
        {children}
      </div>
    </details>
  );
}

type IncomePanelProps = { steps: readonly IncomeStep[]; step: Step; basis: 'book' | 'tax'; aside: ReactNode };

export function IncomePanel({ steps, step, basis, aside }: IncomePanelProps) {
  const t = useTranslations('treasury.trend');
  const { moneyText, periodName } = useFormat();
  const locale = useLocale();
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const nameOf = ({ name, from }: IncomeStep) =>
    step === 'quarter'
      ? periodName(name)
      : `${month.format(new Date(`${from}T12:00:00Z`))} ${from.slice(0, 4)}`;
  const sum = (of: 'revenue' | 'expense' | 'net') => totalOf(['0.00', ...steps.map((one) => one[of])]);
  const sums = { revenue: sum('revenue'), expense: sum('expense'), net: sum('net') };
  const sentence = t('incomeSentence', {
    revenue: moneyText(sums.revenue),
    expense: moneyText(sums.expense),
    net: moneyText(sums.net),
  });
  const labelled = steps.map((one) => ({
    ...one,
    label:
      step === 'quarter'
        ? periodName(one.name).replace(' 20', ' ’')
        : month.format(new Date(`${one.from}T12:00:00Z`)),
  }));
  const words = { revenue: t('revenue'), expense: t('expense') };
  return (
    <Section title={t('income')} id="income" aside={aside}>
      <p className="t-body mb-3 max-w-2xl">{sentence}</p>
      <div className="hidden desk:block">
        <MonthBars steps={labelled} label={sentence} words={words} width={900} height={260} />
      </div>
      <div className="desk:hidden">
        <MonthBars steps={labelled} label={sentence} words={words} width={354} height={210} />
      </div>
      <Twin name={t('income')}>
        <IncomeTable
          steps={steps.map((one) => ({ ...one, name: nameOf(one) }))}
          sums={sums}
          step={step}
          basis={basis}
        />
      </Twin>
    </Section>
  );
}

type IncomeTableProps = Omit<IncomePanelProps, 'aside'> & {
  sums: Pick<IncomeStep, 'revenue' | 'expense' | 'net'>;
};

function IncomeTable({ steps, step, basis, sums }: IncomeTableProps) {
  const t = useTranslations('treasury.trend');
  return (
    <Table
      caption={t('income')}
      rows={steps}
      keyOf={({ from }) => from}
      total="sum"
      columns={[
        {
          head: t(step),
          name: ({ from, to, name }) => (
            <Link href={addressOf('/treasury/income-statement', { from, to, basis })} className="cell">
              {name}
            </Link>
          ),
          total: t('together'),
        },
        { head: t('revenue'), money: ({ revenue }) => revenue, total: sums.revenue },
        { head: t('expense'), money: ({ expense }) => expense, total: sums.expense },
        { head: t('left'), money: ({ net }) => net, total: sums.net },
      ]}
    />
  );
}

type CapitalPanelProps = { movements: Trend['capitalMovements']; from: string; to: string };

export function CapitalTrend({ movements, from, to }: CapitalPanelProps) {
  const t = useTranslations('treasury.trend');
  const { moneyText, dateLong } = useFormat();
  const points = capitalPoints(movements, from);
  const end = points.at(-1) ?? { on: from, ...movements.opening };
  const sentence = t('capitalSentence', {
    opening: moneyText(movements.opening.book),
    book: moneyText(end.book),
    tax: moneyText(end.tax),
  });
  const data = { points, until: to, draftBook: null, noteOn: null };
  const wide = {
    book: t('bookAmount', { amount: moneyText(end.book) }),
    tax: t('taxAmount', { amount: moneyText(end.tax) }),
    draft: null,
    note: null,
  };
  const narrow = { book: t('book'), tax: t('tax'), draft: null, note: null };
  return (
    <Section title={t('capital')} id="capital">
      <p className="t-body mb-3 max-w-2xl">{sentence}</p>
      <div className="hidden desk:block">
        <StepPlot data={data} label={sentence} words={wide} width={900} height={280} />
      </div>
      <div className="desk:hidden">
        <StepPlot data={data} label={sentence} words={narrow} width={354} height={210} narrow />
      </div>
      <Twin name={t('capital')}>
        <Table
          caption={t('capital')}
          rows={points.toReversed()}
          keyOf={({ on }) => on}
          columns={[
            { head: t('day'), name: ({ on }) => dateLong(on) },
            { head: t('book'), money: ({ book }) => book },
            { head: t('tax'), money: ({ tax }) => tax, tax: true },
          ]}
        />
      </Twin>
    </Section>
  );
}

/** What changed capital, by kind: the table is the plot, a bar beside every amount. */
export function KindPanel({ movements }: { movements: Trend['capitalMovements']['movements'] }) {
  const t = useTranslations('treasury');
  const rows = byCause(movements, causes);
  const largest = largestOf(rows.map(({ book }) => book.replace('-', '')));
  return (
    <Section title={t('trend.kinds')} id="kinds">
      <p className="t-body mb-3">{t('trend.kindSentence')}</p>
      <Table
        caption={t('trend.kinds')}
        rows={rows}
        keyOf={({ cause }) => cause}
        columns={[
          { head: t('trend.kind'), name: ({ cause }) => t(`cause.${cause}`) },
          {
            head: t('trend.size'),
            unseen: true,
            text: ({ book }) => <AmountBar value={book} largest={largest} />,
            ...beside,
          },
          { head: t('book'), money: ({ book }) => book, signed: true },
          { head: t('tax'), money: ({ tax }) => tax, signed: true, tax: true },
        ]}
      />
    </Section>
  );
}

type AllocationPanelProps = {
  periods: Trend['periods'];
  chosen: string | null;
  allocation: Trend['allocation'] | null;
  hrefOf: (periodId: string) => string;
};

/** A closed period's surplus by member, in the order of names: the same shape for everybody, no ranking. */
export function AllocationPanel({ periods, chosen, allocation, hrefOf }: AllocationPanelProps) {
  const t = useTranslations('treasury.trend');
  const { decimalText, periodName } = useFormat();
  const closed = periods.filter(({ status }) => /closed|locked/i.test(status)).slice(-6);
  const lines = allocation?.lines.toSorted((a, b) =>
    a.member.displayName.localeCompare(b.member.displayName),
  );
  const largest = largestOf(lines?.map(({ percent }) => percent.replace('-', '')) ?? []);
  return (
    <Section title={t('allocation')} id="allocation">
      <nav aria-label={t('period')} className="segment no-print mb-3 max-w-full flex-wrap">
        {closed.map((period) => (
          <Link
            key={period.id}
            href={hrefOf(period.id)}
            scroll={false}
            {...(period.id === chosen ? { 'aria-current': 'true' as const } : {})}
          >
            {opening(periodName(period.name))}
          </Link>
        ))}
      </nav>
      {lines && allocation ? (
        <Table
          caption={t('allocation')}
          rows={lines}
          keyOf={({ member }) => member.displayName}
          total="total"
          columns={[
            { head: t('member'), name: ({ member }) => member.displayName, total: t('together') },
            {
              head: t('size'),
              unseen: true,
              text: ({ percent }) => <ShareBar percent={percent} largest={largest} />,
              ...beside,
            },
            {
              head: t('percent'),
              figure: ({ percent }) => `${decimalText(percent, 2)}%`,
              tone: 'text-ink-2',
            },
            { head: t('share'), money: ({ allocation }) => allocation, total: allocation.total },
          ]}
        />
      ) : (
        <p className="t-body text-ink-2">{closed.length > 0 ? t('choosePeriod') : t('noneClosed')}</p>
      )}
    </Section>
  );
}
