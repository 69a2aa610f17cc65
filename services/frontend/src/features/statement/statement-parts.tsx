// The parts of a statement: what was given, how the share came out, what is got, and capital from opening to closing.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FactList } from '../../components/print/fact-list.tsx';
import { Money } from '../../components/print/money.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { bySize } from '../../lib/amount.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { Statement } from './statement.documents.ts';

export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="border-t border-ink pt-2">
      <h2 id={id} className="t-head mb-2">
        {title}
      </h2>
      {children}
    </section>
  );
}

export function GaveTable({ statement }: { statement: Statement }) {
  const { weightText, decimalText } = useFormat();
  const t = useTranslations('statement');
  const words = useKindWords();
  return (
    <table className="book">
      <thead>
        <tr>
          <th scope="col">{t('kind')}</th>
          <th scope="col" className="num">
            {t('value')}
          </th>
          <th scope="col" className="num">
            {t('weight')}
          </th>
          <th scope="col" className="num">
            {t('counts')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bySize(statement.gave, ({ value }) => value).map((line) => (
          <tr key={line.category}>
            <th scope="row">
              {words.category(line.category)}, {words.amount(line)}
            </th>
            <td className="num">
              <Money value={line.value} />
            </td>
            <td className="num">{line.weight ? `× ${weightText(line.weight)}` : null}</td>
            <td className="num">{line.counts ? decimalText(line.counts, 2) : null}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="sum">
          <th scope="row">{t('yourTotal')}</th>
          <td className="num">
            <Money value={statement.gaveTotal} />
          </td>
          <td />
          <td className="num">{decimalText(statement.gaveCounts, 2)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

export function ShareFacts({ statement }: { statement: Statement }) {
  const { decimalText } = useFormat();
  const t = useTranslations('statement');
  return (
    <FactList
      lines={[
        { key: 'total', label: t('yourTotal'), value: decimalText(statement.gaveCounts, 2) },
        { key: 'everyone', label: t('everyoneTotal'), value: decimalText(statement.everyoneTotal, 2) },
        { key: 'part', label: t('yourPart'), value: `${decimalText(statement.percent, 4)}%` },
        { key: 'surplus', label: t('surplus'), value: <Money value={statement.surplus} /> },
      ]}
      total={{ label: t('yourShare'), value: <Money value={statement.allocation} /> }}
    />
  );
}

export function GetFacts({ statement }: { statement: Statement }) {
  const { percentText } = useFormat();
  const t = useTranslations('statement');
  return (
    <FactList
      lines={[
        {
          key: 'cash',
          label: t('cash', { rate: percentText(statement.cashRate) }),
          value: <Money value={statement.cash} />,
        },
        { key: 'retained', label: t('retained'), value: <Money value={statement.retained} /> },
      ]}
    />
  );
}

export function CapitalTable({ statement }: { statement: Statement }) {
  const { dateMonthDay } = useFormat();
  const t = useTranslations('statement');
  return (
    <table className="book">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{t('change')}</span>
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
        {statement.capital.map((line) => (
          <tr key={`${line.kind}${line.label}`} className={line.kind === 'closing' ? 'total' : ''}>
            <th scope="row">{capitalLabel(line, t, dateMonthDay)}</th>
            <td className="num">
              <Money value={line.book} />
            </td>
            <td className="num">
              <Money value={line.tax} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function capitalLabel(
  line: Statement['capital'][number],
  t: ReturnType<typeof useTranslations<'statement'>>,
  dateMonthDay: (date: string) => string,
): string {
  const date = line.on ? dateMonthDay(line.on) : '';
  if (line.kind === 'opening') return t('opening', { date });
  return line.kind === 'closing' ? t('closing', { date }) : line.label;
}
