'use client';
// Each member as two marks on one line: open for the rules in force, filled for those tried. The table below says the
// same in figures.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { fractionOf } from '../../components/plot/fraction.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Comparison, Line } from './outcome.ts';

const width = 660;
const left = 124;
const right = 60;
const rowHeight = 54;
const top = 30;
/** More than these are only in the table. */
const most = 12;

type PlotProps = { comparison: Comparison; version: number; cap: bigint | null; digits: number };

export function ResultPlot({ comparison, version, cap, digits }: PlotProps) {
  const t = useTranslations('whatIf');
  const lines = comparison.lines.slice(0, most);
  const height = top + lines.length * rowHeight + 26;
  const x = (minor: bigint) =>
    left +
    (width - left - right) *
      (minor < 0n
        ? 0
        : fractionOf(minor.toString(), (comparison.largest + comparison.largest / 8n).toString()));
  const bottom = height - 22;
  return (
    <figure className="mt-2 mb-4 max-desk:hidden">
      <figcaption className="t-small flex flex-wrap justify-end gap-x-5 text-ink-2">
        <span>
          <svg viewBox="0 0 12 12" className="mr-1.5 inline size-3 align-[-1px]" aria-hidden="true">
            <circle cx="6" cy="6" r="4.5" className="fill-paper stroke-ink stroke-[1.5]" />
          </svg>
          {t('legend.now', { version })}
        </span>
        <span>
          <svg viewBox="0 0 12 12" className="mr-1.5 inline size-3 align-[-1px]" aria-hidden="true">
            <circle cx="6" cy="6" r="5" className="fill-pen" />
          </svg>
          {t('legend.next')}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="plot w-full"
        role="img"
        aria-label={t('plot', { count: lines.length })}
      >
        <path d={`M${left} ${top - 12}V${bottom}`} className="stroke-rule" />
        {cap === null ? null : (
          <path d={`M${x(cap)} ${top - 12}V${bottom}`} className="stroke-pen [stroke-dasharray:2_3]" />
        )}
        {lines.map((line, index) => (
          <Row key={line.memberId} line={line} y={top + index * rowHeight + 22} x={x} digits={digits} />
        ))}
      </svg>
    </figure>
  );
}

type RowProps = { line: Line; y: number; x: (minor: bigint) => number; digits: number };

function Row({ line, y, x, digits }: RowProps) {
  const { moneyText } = useFormat();
  const [now, next] = [x(line.now), x(line.next)];
  const same = line.now === line.next;
  const nowEnd = line.now > line.next ? 'start' : 'end';
  const money = (minor: bigint) => moneyText(formatMinor(minor, digits));
  return (
    <g>
      <text x={left - 12} y={y + 4} textAnchor="end" className="!fill-ink [font-weight:600]">
        {line.name.length > 17 ? `${line.name.slice(0, 16)}…` : line.name}
      </text>
      <path d={`M${now} ${y}H${next}`} className="stroke-pen stroke-[1.5]" />
      {same ? null : (
        <text x={now} y={y - 12} textAnchor={nowEnd}>
          {money(line.now)}
        </text>
      )}
      <text
        x={next}
        y={y - 12}
        textAnchor={same ? 'middle' : nowEnd === 'start' ? 'end' : 'start'}
        className="!fill-pen [font-weight:600]"
      >
        {money(line.next)}
      </text>
      <circle cx={now} cy={y} r="5" className="fill-paper stroke-ink stroke-[1.75]" />
      <circle cx={next} cy={y} r={same ? 3 : 5.5} className="fill-pen" />
    </g>
  );
}
