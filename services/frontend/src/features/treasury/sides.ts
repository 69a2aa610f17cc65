// Debit and credit as two columns of a table, in one basis or in each of both.
import { useTranslations } from 'next-intl';
import type { Column } from '../../components/print/table.tsx';
import { sidesOf } from './two-bases.ts';

type Sides = {
  /** What both stand below, where there is more than one basis. */
  group?: string;
  tax?: boolean;
  /** Both sides come to the same: that is what a balance is. */
  total: string;
};

/** The two columns of a signed amount. Tax stands divided from book before it. */
export function useSides<Row>() {
  const t = useTranslations('treasury');
  return (amountOf: (row: Row) => string, { total, ...kept }: Sides): Column<Row>[] => [
    {
      ...kept,
      head: t('debit'),
      money: (row) => sidesOf(amountOf(row)).debit,
      total,
      lined: kept.tax === true && kept.group !== undefined,
    },
    { ...kept, head: t('credit'), money: (row) => sidesOf(amountOf(row)).credit, total },
  ];
}
