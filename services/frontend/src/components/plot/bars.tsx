// Bars from zero with their value printed: how one amount stands to the largest, or to the whole.
import { fractionOf } from './fraction.ts';

/** A thin bar on a pale ground; decoration beside a printed amount, so a reader skips it. */
export function AmountBar({ value, largest }: { value: string; largest: string }) {
  const width = fractionOf(value, largest) * 1000;
  return (
    <svg viewBox="0 0 1000 6" preserveAspectRatio="none" className="block h-1.5 w-full" aria-hidden="true">
      <rect width="1000" height="6" className="fill-sunk" />
      <rect width={width} height="6" className="fill-pen" />
    </svg>
  );
}

type SplitBarProps = {
  first: string;
  second: string;
  label: string;
  height?: number;
  kind: 'mine' | 'others';
};

/** Two parts of a whole: paid out and left in, or you and everyone else. The label says it in words. */
export function SplitBar({ first, second, label, height = 14, kind }: SplitBarProps) {
  const share = fractionOf(first, first, second) * 1000;
  return (
    <svg
      viewBox={`0 0 1000 ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      height={height}
      role="img"
      aria-label={label}
    >
      <rect width={Math.max(0, share - 2)} height={height} className="fill-pen" />
      <rect
        x={share + 2}
        width={Math.max(0, 998 - share)}
        height={height}
        className={kind === 'mine' ? 'fill-pen-soft' : 'fill-others'}
      />
    </svg>
  );
}

/** A grey bar in a proposal's table: the same shape for everybody, no ranking. */
export function ShareBar({ percent, largest }: { percent: string; largest: string }) {
  return (
    <svg viewBox="0 0 1000 8" preserveAspectRatio="none" className="h-2 w-full min-w-10" aria-hidden="true">
      <rect width={fractionOf(percent, largest) * 1000} height="8" className="fill-pencil" />
    </svg>
  );
}

export type QuarterBar = { key: string; name: string; amount: string; text: string; current: boolean };

/** Allocations of the last quarters around a common zero line; a loss hangs below it. */
export function QuarterBars({
  bars,
  label,
  width,
}: {
  bars: readonly QuarterBar[];
  label: string;
  width: number;
}) {
  const sizes = bars.map(({ amount }) => Number(amount));
  const high = Math.max(0, ...sizes);
  const low = Math.min(0, ...sizes);
  const span = high - low || 1;
  const top = 26;
  const room = 76;
  const zero = top + (high / span) * room;
  const step = width / Math.max(bars.length, 1);
  return (
    <svg viewBox={`0 0 ${width} 140`} role="img" aria-label={label} className="plot block w-full">
      {bars.map((bar, index) => {
        const size = ((sizes[index] ?? 0) / span) * room;
        const x = index * step + 4;
        return (
          <g key={bar.key}>
            <rect
              x={x}
              y={size >= 0 ? zero - size : zero}
              width={Math.min(58, step - 12)}
              height={Math.max(1, Math.abs(size))}
              className={bar.current ? 'fill-pen' : 'fill-pen-soft'}
            />
            <text
              x={x}
              y={(size >= 0 ? zero - size : zero) - 7}
              className={bar.current ? '!fill-pen !font-semibold' : ''}
            >
              {bar.text}
            </text>
            <text x={x} y={134}>
              {bar.name}
            </text>
          </g>
        );
      })}
      <line x1="0" x2={width} y1={zero} y2={zero} className="stroke-ink" />
    </svg>
  );
}
