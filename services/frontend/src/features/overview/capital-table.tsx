// The table twin of the capital plot: the same steps, newest first, for who would rather read them.
import { useTranslations } from 'next-intl';
import { Money } from '../../components/print/money.tsx';
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
      <div
        className="mt-3 max-h-80 overflow-y-auto"
        tabIndex={0}
        role="region"
        aria-label={t('plot.tableName')}
      >
        <table className="book">
          <thead>
            <tr>
              <th scope="col">{t('plot.day')}</th>
              <th scope="col" className="num">
                {t('plot.bookShort')}
              </th>
              <th scope="col" className="num tax">
                {t('plot.taxShort')}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point, index) => (
              <tr key={`${point.on}-${index}`}>
                <th scope="row">
                  {dateLong(point.on)}
                  {point.label ? <span className="text-ink-2">, {point.label}</span> : null}
                </th>
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
      </div>
    </details>
  );
}
