'use client';
// Who gets what, in figures: in force, tried, and the difference to the cent. A draft, so its total is dashed.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Comparison } from './outcome.ts';

export function ResultTable({ comparison, digits }: { comparison: Comparison; digits: number }) {
  const t = useTranslations('whatIf.table');
  const { moneyText, decimalText } = useFormat();
  const money = (minor: bigint, signed = false) => moneyText(formatMinor(minor, digits), { signed });
  const percent = (share: string) => `${decimalText(share, 2)}%`;
  return (
    <table className="book">
      <caption className="sr-only">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('member')}</th>
          <th scope="col" className="num max-desk:hidden">
            {t('shareNow')}
          </th>
          <th scope="col" className="num">
            {t('now')}
          </th>
          <th scope="col" className="num max-desk:hidden">
            {t('shareNext')}
          </th>
          <th scope="col" className="num bg-pen-wash !pr-3">
            {t('next')}
          </th>
          <th scope="col" className="num">
            {t('change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {comparison.lines.map((line) => (
          <tr key={line.memberId}>
            <th scope="row">{line.name}</th>
            <td className="num text-ink-2 max-desk:hidden">{percent(line.shareNow)}</td>
            <td className="num">{money(line.now)}</td>
            <td className="num text-ink-2 max-desk:hidden">{percent(line.shareNext)}</td>
            <td className="num bg-pen-wash !pr-3 font-semibold text-pen">{money(line.next)}</td>
            <td className="num">{money(line.next - line.now, true)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="draft-total">
          <th scope="row">{t('total')}</th>
          <td className="num max-desk:hidden" />
          <td className="num">{money(comparison.now)}</td>
          <td className="num max-desk:hidden" />
          <td className="num bg-pen-wash !pr-3">{money(comparison.next)}</td>
          <td className="num">{money(comparison.next - comparison.now, true)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
