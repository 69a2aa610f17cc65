'use client';
// Who gets what, in figures: in force, tried, and the difference to the cent. A draft, so its total is dashed.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Comparison } from './outcome.ts';

const share = { from: 'desk', tone: 'text-ink-2' } as const;

export function ResultTable({ comparison, digits }: { comparison: Comparison; digits: number }) {
  const t = useTranslations('whatIf.table');
  const { moneyText, decimalText } = useFormat();
  const money = (minor: bigint, signed = false) => moneyText(formatMinor(minor, digits), { signed });
  const percent = (share: string) => `${decimalText(share, 2)}%`;
  return (
    <Table
      caption={t('caption')}
      rows={comparison.lines}
      keyOf={({ memberId }) => memberId}
      total="draft"
      columns={[
        { head: t('member'), name: ({ name }) => name, total: t('total') },
        { head: t('shareNow'), figure: (line) => percent(line.shareNow), total: '100%', ...share },
        { head: t('now'), figure: (line) => money(line.now), total: money(comparison.now) },
        { head: t('shareNext'), figure: (line) => percent(line.shareNext), total: '100%', ...share },
        {
          head: t('next'),
          figure: (line) => money(line.next),
          total: money(comparison.next),
          className: 'bg-pen-wash !pr-3',
          tone: 'font-semibold text-pen',
        },
        {
          head: t('change'),
          figure: (line) => money(line.next - line.now, true),
          total: money(comparison.next - comparison.now, true),
        },
      ]}
    />
  );
}
