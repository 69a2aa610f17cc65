// Income and expenses of each month or quarter as bars from zero, drawn on the server. Both sides carry their own mark,
// and the table beside the plot prints every value.
import { axisText, gridSteps, highestOf } from '../../../components/plot/step-plot.geometry.ts';
import type { IncomeStep } from './trend.ts';

type MonthBarsProps = {
  steps: readonly (IncomeStep & { label: string })[];
  /** The sentence that stands for the picture. */
  label: string;
  words: { revenue: string; expense: string };
  width: number;
  height: number;
};

export function MonthBars({ steps, label, words, width, height }: MonthBarsProps) {
  const values = steps.flatMap(({ revenue, expense }) => [Number(revenue), Number(expense)]);
  const [low, high] = [Math.min(0, ...values), highestOf(values)];
  const [left, top, bottom] = [46, 30, height - 28];
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const each = (width - left) / Math.max(1, steps.length);
  const bar = Math.max(2, Math.min(26, each / 2 - 4));
  const labelled = Math.ceil(44 / each);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="plot block w-full">
      <defs>
        <pattern
          id="expense"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" className="fill-paper" />
          <rect width="2.5" height="6" className="fill-ink-2" />
        </pattern>
      </defs>
      <rect x={left} y="4" width="12" height="12" className="fill-pen" />
      <text x={left + 18} y="14">
        {words.revenue}
      </text>
      <rect x={left + 108} y="4" width="12" height="12" fill="url(#expense)" className="stroke-ink-2" />
      <text x={left + 126} y="14">
        {words.expense}
      </text>
      {gridSteps(low, high).map((value) => (
        <g key={value}>
          <line
            x1={left}
            x2={width}
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? 'stroke-ink' : 'stroke-rule'}
          />
          <text x={left - 8} y={y(value) + 4} textAnchor="end">
            {axisText(value)}
          </text>
        </g>
      ))}
      {steps.map((step, index) => {
        const x = left + index * each + each / 2;
        return (
          <g key={step.from}>
            <Bar x={x - bar - 1} width={bar} value={Number(step.revenue)} y={y} className="fill-pen" />
            <Bar
              x={x + 1}
              width={bar}
              value={Number(step.expense)}
              y={y}
              fill="url(#expense)"
              className="stroke-ink-2"
            />
            {index % labelled === 0 ? (
              <text x={x} y={height - 8} textAnchor="middle">
                {step.label}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

type BarProps = {
  x: number;
  width: number;
  value: number;
  y: (value: number) => number;
  className: string;
  fill?: string;
};

function Bar({ x, width, value, y, className, fill }: BarProps) {
  const [from, to] = [y(0), y(value)];
  if (value === 0) return null;
  return (
    <rect
      x={x}
      width={width}
      y={Math.min(from, to)}
      height={Math.max(1, Math.abs(from - to))}
      className={className}
      {...(fill ? { fill } : {})}
    />
  );
}
