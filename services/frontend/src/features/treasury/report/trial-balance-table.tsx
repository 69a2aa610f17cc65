// The trial balance in both bases side by side, by the parts of the chart, and what book has more than tax.
import { useLocale, useTranslations } from 'next-intl';
import { Table } from '../../../components/print/table.tsx';
import { differenceOf, isNothing, totalOf } from '../../../lib/amount.ts';
import { negated } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { AccountLink } from '../account-name.tsx';
import { useSides } from '../sides.ts';
import { sectionOf, sections } from '../two-bases.ts';
import type { Basis } from './report-model.ts';
import type { TrialBalance } from './report.documents.ts';

type Line = TrialBalance['lines'][number];

export function TrialBalanceTable({ balance, basis }: { balance: TrialBalance; basis: Basis }) {
  const t = useTranslations('treasury');
  const sides = useSides<Line>();
  const both = basis === 'both';
  const parts = sections.map((section) => ({
    key: section,
    head: t(`section.${section}`),
    rows: balance.lines.filter(({ account }) => sectionOf(account.type) === section),
  }));
  const grouped = (of: 'book' | 'tax') => (both ? { group: t(of), tax: of === 'tax' } : {});
  return (
    <Table
      caption={t('trialBalance')}
      parts={parts.filter(({ rows }) => rows.length > 0)}
      keyOf={({ account }) => account.id}
      total="total"
      scroll
      className="min-w-[560px]"
      columns={[
        { head: t('no'), text: ({ account }) => account.code, className: 'w-24', tone: 'text-ink-2' },
        {
          head: t('account'),
          name: ({ account }) => <AccountLink account={account} days={{ to: balance.asOf }} />,
          total: t('total'),
        },
        ...(basis === 'tax'
          ? []
          : sides(({ book }) => book, { ...grouped('book'), total: balance.bookTotal })),
        ...(basis === 'book' ? [] : sides(({ tax }) => tax, { ...grouped('tax'), total: balance.taxTotal })),
        both && {
          head: t('difference'),
          money: (line) => {
            const difference = differenceOf(line.book, line.tax);
            return isNothing(difference) ? null : difference;
          },
          total: '0.00',
          from: 'wide',
          tone: 'text-ink-2',
        },
      ]}
    />
  );
}

/** What the figures come to, in a sentence: what was earned and not closed yet, and where book has more than tax. */
export function TrialBalanceNote({ balance }: { balance: TrialBalance }) {
  const t = useTranslations('treasury.note');
  const { moneyText } = useFormat();
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  // Credits are negative, so that what was earned is what revenue and expenses leave, turned around.
  const earned = balance.lines.filter(({ account }) =>
    ['revenue', 'expense'].includes(sectionOf(account.type)),
  );
  const [book, tax] = (['book', 'tax'] as const).map((of) =>
    negated(totalOf(earned.map((line) => line[of]))),
  );
  const apart = balance.lines
    .map(({ account, ...line }) => ({ account, more: differenceOf(line.book, line.tax) }))
    .filter(({ account, more }) => sectionOf(account.type) === 'asset' && !isNothing(more))
    .map(({ account, more }) => t('apart', { account: account.name, amount: moneyText(more) }));
  if (!book || !tax) return null;
  return (
    <p className="t-small mt-3 text-ink-2">
      {earned.length === 0
        ? t('closed')
        : t(book === tax ? 'earned' : 'earnedApart', { book: moneyText(book), tax: moneyText(tax) })}{' '}
      {apart.length > 0 ? t('difference', { parts: list.format(apart) }) : t('same')}
    </p>
  );
}
