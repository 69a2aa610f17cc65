// The parts of a statement: what was given, how the share came out, what is got, and capital from opening to closing.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FactList } from '../../components/print/fact-list.tsx';
import { Money } from '../../components/print/money.tsx';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { bySize, isNothing } from '../../lib/amount.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { usePaymentWords } from '../distribution/payment-words.ts';
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
    <Table
      caption={t('gave')}
      rows={bySize(statement.gave, ({ value }) => value)}
      keyOf={({ category }) => category}
      total="sum"
      columns={[
        {
          head: t('kind'),
          name: (line) => `${words.category(line.category)}, ${words.amount(line)}`,
          total: t('yourTotal'),
        },
        { head: t('value'), money: ({ value }) => value, total: statement.gaveTotal },
        { head: t('weight'), figure: ({ weight }) => (weight ? `× ${weightText(weight)}` : null) },
        {
          head: t('counts'),
          figure: ({ counts }) => (counts ? decimalText(counts, 2) : null),
          total: decimalText(statement.gaveCounts, 2),
        },
      ]}
    />
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
  const payment = usePaymentWords();
  return (
    <FactList
      lines={[
        {
          key: 'cash',
          label: t('cash', { rate: percentText(statement.cashRate) }),
          value: <Money value={statement.cash} />,
          ...(isNothing(statement.cash) ? {} : { note: payment(statement.payment) }),
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
    <Table
      caption={t('capital')}
      rows={statement.capital}
      keyOf={({ kind, label }) => `${kind}${label}`}
      ruleOf={({ kind }) => (kind === 'closing' ? 'total' : null)}
      columns={[
        { head: t('change'), unseen: true, name: (line) => capitalLabel(line, t, dateMonthDay) },
        { head: t('book'), money: ({ book }) => book },
        { head: t('tax'), money: ({ tax }) => tax, tax: true },
      ]}
    />
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
