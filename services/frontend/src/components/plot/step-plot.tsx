// Capital through time, drawn on the server. A step line, because a balance stays until something is posted; the draft
// end is dashed with an open dot. The sentence and the table beside it say the same in words.
import { buildStepPlot } from './step-plot.geometry.ts';
import type { StepPlotData } from './step-plot.geometry.ts';

type StepPlotProps = {
  data: StepPlotData;
  /** The sentence that stands for the picture. */
  label: string;
  words: { book: string; tax: string; draft: string | null; note: string | null };
  width: number;
  height: number;
  /** Names at the line itself instead of amounts at its end: for a narrow screen. */
  narrow?: boolean;
};

export function StepPlot({ data, label, words, width, height, narrow }: StepPlotProps) {
  const plot = buildStepPlot(data, { width, height, right: narrow ? 14 : 166, top: narrow ? 34 : 30 });
  const end = plot.end;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="plot block w-full">
      {plot.gridlines.map(({ y, text }, index) => (
        <g key={text}>
          <line
            x1={plot.left}
            x2={plot.right}
            y1={y}
            y2={y}
            className={index === 0 ? 'stroke-ink' : 'stroke-rule'}
          />
          <text x={plot.left - 8} y={y + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {plot.years.map(({ x, text }) => (
        <g key={text}>
          <line x1={x} x2={x} y1={plot.bottom} y2={plot.bottom + 5} className="stroke-ink" />
          <text x={x} y={plot.bottom + 20}>
            {text}
          </text>
        </g>
      ))}
      <path d={plot.taxPath} className="fill-none stroke-tax [stroke-width:1.5]" />
      <path d={plot.bookPath} className="fill-none stroke-pen [stroke-width:2.25]" />
      {plot.draftY !== null ? (
        <>
          <line
            x1={end.x}
            x2={end.x}
            y1={end.bookY}
            y2={plot.draftY}
            className="stroke-pencil [stroke-dasharray:3_3]"
          />
          <circle cx={end.x} cy={plot.draftY} r="4" className="fill-paper stroke-pencil [stroke-width:1.5]" />
        </>
      ) : null}
      <circle cx={end.x} cy={end.bookY} r="4" className="fill-pen" />
      <circle cx={end.x} cy={end.taxY} r="3" className="fill-tax" />
      {narrow ? <NarrowLabels plot={plot} words={words} /> : <WideLabels plot={plot} words={words} />}
    </svg>
  );
}

type LabelsProps = { plot: ReturnType<typeof buildStepPlot>; words: StepPlotProps['words'] };

function WideLabels({ plot, words }: LabelsProps) {
  const x = plot.end.x + 12;
  const [bookY, taxY] = plot.labelYs;
  return (
    <>
      {plot.draftY !== null && words.draft ? (
        <text x={x} y={Math.min(plot.draftY + 4, bookY - 12)}>
          {words.draft}
        </text>
      ) : null}
      <text x={x} y={bookY + 4} className="!fill-pen !font-semibold">
        {words.book}
      </text>
      <text x={x} y={taxY + 4} className="!fill-tax !font-semibold">
        {words.tax}
      </text>
      {plot.note && words.note ? (
        <>
          <line
            x1={plot.note.x}
            x2={plot.note.x}
            y1={plot.note.y + (plot.note.textY > plot.note.y ? 4 : -4)}
            y2={plot.note.textY + (plot.note.textY > plot.note.y ? -6 : 8)}
            className="stroke-edge"
          />
          <text x={plot.note.x - 4} y={plot.note.textY + 4} textAnchor="end">
            {words.note}
          </text>
        </>
      ) : null}
    </>
  );
}

function NarrowLabels({ plot, words }: LabelsProps) {
  return (
    <>
      {plot.draftY !== null && words.draft ? (
        <text x={plot.end.x} y={plot.draftY - 12} textAnchor="end">
          {words.draft}
        </text>
      ) : null}
      <text
        x={plot.middle.x}
        y={plot.middle.bookY - 12}
        className="!fill-pen !font-semibold"
        textAnchor="middle"
      >
        {words.book}
      </text>
      <text
        x={plot.middle.x}
        y={plot.middle.taxY + 18}
        className="!fill-tax !font-semibold"
        textAnchor="middle"
      >
        {words.tax}
      </text>
    </>
  );
}
