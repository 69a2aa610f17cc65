// The table twin of the capital plot: the same steps, newest first, for who would rather read them.
import { useTranslations } from 'next-intl';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { OverviewMember } from './overview.documents.ts';

type CapitalTableProps = { points: OverviewMember['capitalHistory']; note: string };

export function CapitalTable({ points, note }: CapitalTableProps) {
  const { dateLong } = useFormat();
  const t = useTranslations('overview');
  return (
    <details className="desk:pl-[46px]">
      <summary className="t-small cursor-pointer text-ink-2">
        {note} <span className="link">{t('plot.asTable')}</span>
      </summary>
      <Table
        caption={t('plot.tableName')}
        rows={points.toReversed()}
        keyOf={({ on }, index) => `${on}-${index}`}
        scroll="mt-3 max-h-80"
        columns={[
          {
            head: t('plot.day'),
            name: ({ on, label }) => (
              <>
                {dateLong(on)}
                {label ? <span className="text-ink-2">, {label}</span> : null}
              </>
            ),
          },
          { head: t('plot.bookShort'), money: ({ book }) => book },
          { head: t('plot.taxShort'), money: ({ tax }) => tax, tax: true },
        ]}
      />
    </details>
  );
}
