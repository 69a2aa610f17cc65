'use client';
// Each member as two marks on one line that begins at zero: open for the rules in force, filled for those tried. The
// table below says the same in figures.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Comparison, Line } from './outcome.ts';
import type { PlotFrame } from './result-plot.geometry.ts';
import { mostLines, narrowFrame, plotScale, shownName, wideFrame } from './result-plot.geometry.ts';

/** Where the cap cuts off: what one at it gets, and the cap in words. */
export type Cap = { minor: bigint; text: string };

type PlotProps = { comparison: Comparison; version: number; cap: Cap | null; digits: number };

export function ResultPlot({ version, ...plot }: PlotProps) {
  const t = useTranslations('whatIf');
  return (
    <figure className="mt-2 mb-4">
      <figcaption className="t-small flex flex-wrap gap-x-5 text-ink-2 desk:justify-end">
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
      <div className="max-desk:hidden">
        <Picture {...plot} frame={wideFrame} />
      </div>
      <div className="desk:hidden">
        <Picture {...plot} frame={narrowFrame} />
      </div>
    </figure>
  );
}

type PictureProps = Omit<PlotProps, 'version'> & { frame: PlotFrame };

function Picture({ comparison, cap, digits, frame }: PictureProps) {
  const t = useTranslations('whatIf');
  const { decimalText } = useFormat();
  const lines = comparison.lines.slice(0, mostLines);
  const bottom = frame.top + lines.length * frame.row;
  const { x, steps } = plotScale(lines, digits, frame);
  const capX = cap ? x(cap.minor) : null;
  return (
    <svg
      viewBox={`0 0 ${frame.width} ${bottom + 26}`}
      className="plot w-full"
      role="img"
      aria-label={t('plot', { count: lines.length })}
    >
      {steps.map(({ at, value }) => (
        <g key={value}>
          <path
            d={`M${at} ${frame.top - 12}V${bottom}`}
            className={value === 0 ? 'stroke-ink' : 'stroke-rule'}
          />
          <text x={at} y={bottom + 18} textAnchor="middle">
            {decimalText(String(value), 0)}
          </text>
        </g>
      ))}
      {cap && capX !== null ? (
        <>
          <path d={`M${capX} ${frame.top - 12}V${bottom}`} className="stroke-pen [stroke-dasharray:2_3]" />
          <text
            x={capX + (capX > frame.width / 2 ? -6 : 6)}
            y={bottom - 4}
            textAnchor={capX > frame.width / 2 ? 'end' : 'start'}
            className="!fill-pen"
          >
            {cap.text}
          </text>
        </>
      ) : null}
      {lines.map((line, index) => (
        <Row
          key={line.memberId}
          {...{ line, x, digits, frame }}
          y={frame.top + index * frame.row + frame.mark}
        />
      ))}
    </svg>
  );
}

type RowProps = { line: Line; y: number; x: (minor: bigint) => number; digits: number; frame: PlotFrame };

function Row({ line, y, x, digits, frame }: RowProps) {
  const { moneyText } = useFormat();
  const [now, next] = [x(line.now), x(line.next)];
  const same = line.now === line.next;
  const nowEnd = line.now > line.next ? 'start' : 'end';
  const money = (minor: bigint) => moneyText(formatMinor(minor, digits));
  return (
    <g>
      <text
        x={frame.nameX}
        y={y + frame.nameY}
        textAnchor={frame.nameEnd}
        className="!fill-ink stroke-paper [font-weight:600] [paint-order:stroke] [stroke-width:4]"
      >
        {shownName(line.name)}
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
