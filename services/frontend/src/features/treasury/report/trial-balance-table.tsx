// The trial balance in both bases side by side, by the parts of the chart, and what book has more than tax.
import { useTranslations } from 'next-intl';
import { Table } from '../../../components/print/table.tsx';
import { differenceOf, isNothing } from '../../../lib/amount.ts';
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
