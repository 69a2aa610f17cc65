// The plots of the books, each with its sentence and the table that says the same.
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { AmountBar, ShareBar } from '../../../components/plot/bars.tsx';
import { StepPlot } from '../../../components/plot/step-plot.tsx';
import { Money } from '../../../components/print/money.tsx';
import { Section } from '../../../components/print/section.tsx';
import { largestOf, totalOf } from '../../../lib/amount.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { causes } from '../report/capital-table.tsx';
import { addressOf } from '../search.ts';
import { MonthBars } from './month-bars.tsx';
import type { Trend } from './trend.documents.ts';
import type { IncomeStep, Step } from './trend.ts';
import { byCause, capitalPoints } from './trend.ts';

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
  const { moneyText } = useFormat();
  const locale = useLocale();
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const nameOf = ({ name, from }: IncomeStep) =>
    step === 'quarter' ? name : `${month.format(new Date(`${from}T12:00:00Z`))} ${from.slice(0, 4)}`;
  const revenue = totalOf(['0.00', ...steps.map((one) => one.revenue)]);
  const expense = totalOf(['0.00', ...steps.map((one) => one.expense)]);
  const net = totalOf(['0.00', ...steps.map((one) => one.net)]);
  const sentence = t('incomeSentence', {
    revenue: moneyText(revenue),
    expense: moneyText(expense),
    net: moneyText(net),
  });
  const labelled = steps.map((one) => ({
    ...one,
    label:
      step === 'quarter' ? one.name.replace(' 20', ' ’') : month.format(new Date(`${one.from}T12:00:00Z`)),
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
          sums={[revenue, expense, net]}
          step={step}
          basis={basis}
        />
      </Twin>
    </Section>
  );
}

type IncomeTableProps = Omit<IncomePanelProps, 'aside'> & { sums: readonly string[] };

function IncomeTable({ steps, step, basis, sums }: IncomeTableProps) {
  const t = useTranslations('treasury.trend');
  return (
    <table className="book">
      <thead>
        <tr>
          <th scope="col">{t(step)}</th>
          <th scope="col" className="num">
            {t('revenue')}
          </th>
          <th scope="col" className="num">
            {t('expense')}
          </th>
          <th scope="col" className="num">
            {t('left')}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((one) => (
          <tr key={one.from}>
            <th scope="row">
              <Link
                href={addressOf('/treasury/income-statement', { from: one.from, to: one.to, basis })}
                className="cell"
              >
                {one.name}
              </Link>
            </th>
            {[one.revenue, one.expense, one.net].map((value, index) => (
              <td key={index} className="num">
                <Money value={value} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="sum">
          <th scope="row">{t('together')}</th>
          {sums.map((value, index) => (
            <td key={index} className="num">
              <Money value={value} />
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
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
        <table className="book">
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className="num">
                {t('book')}
              </th>
              <th scope="col" className="num tax">
                {t('tax')}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.on}>
                <th scope="row">{dateLong(point.on)}</th>
                <td className="num">
                  <Money value={point.book} />
                </td>
                <td className="num tax">
                  <Money value={point.tax} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
      <table className="book">
        <thead>
          <tr>
            <th scope="col">{t('trend.kind')}</th>
            <th scope="col" className="w-1/3 max-desk:hidden">
              <span className="sr-only">{t('trend.size')}</span>
            </th>
            <th scope="col" className="num">
              {t('book')}
            </th>
            <th scope="col" className="num tax">
              {t('tax')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.cause}>
              <th scope="row">{t(`cause.${row.cause}`)}</th>
              <td className="align-middle max-desk:hidden">
                <AmountBar value={row.book} largest={largest} />
              </td>
              <td className="num">
                <Money value={row.book} signed />
              </td>
              <td className="num tax">
                <Money value={row.tax} signed />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
  const { decimalText } = useFormat();
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
            {period.name}
          </Link>
        ))}
      </nav>
      {lines && allocation ? (
        <table className="book">
          <thead>
            <tr>
              <th scope="col">{t('member')}</th>
              <th scope="col" className="w-1/3 max-desk:hidden">
                <span className="sr-only">{t('size')}</span>
              </th>
              <th scope="col" className="num">
                {t('percent')}
              </th>
              <th scope="col" className="num">
                {t('share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.member.displayName}>
                <th scope="row">{line.member.displayName}</th>
                <td className="align-middle max-desk:hidden">
                  <ShareBar percent={line.percent} largest={largest} />
                </td>
                <td className="num text-ink-2">{decimalText(line.percent, 2)}%</td>
                <td className="num">
                  <Money value={line.allocation} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="total">
              <th scope="row">{t('together')}</th>
              <td className="max-desk:hidden" />
              <td />
              <td className="num">
                <Money value={allocation.total} />
              </td>
            </tr>
          </tfoot>
        </table>
      ) : (
        <p className="t-body text-ink-2">{closed.length > 0 ? t('choosePeriod') : t('noneClosed')}</p>
      )}
    </Section>
  );
}
