// Two columns of a small account: what it is, and how much. A sum closes it with a double rule when it is final.
import type { ReactNode } from 'react';

export type FactLine = {
  key: string;
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  tone?: 'tax' | 'draft';
};

type FactListProps = {
  lines: readonly FactLine[];
  total?: { label: ReactNode; value: ReactNode };
  /** Dashed rules between the lines of a draft. */
  draft?: boolean;
};

const valueTone = { tax: 'text-tax', draft: 'text-pencil' };

export function FactList({ lines, total, draft }: FactListProps) {
  const rule = draft ? 'border-dashed border-edge/60' : 'border-rule';
  return (
    <dl className="t-ui">
      {lines.map((line, index) => (
        <div
          key={line.key}
          className={`flex items-baseline justify-between gap-4 py-[7px] ${index > 0 ? `border-t ${rule}` : ''}`}
        >
          <dt className="min-w-0">
            {line.label}
            {line.note ? <span className="t-small block text-ink-2">{line.note}</span> : null}
          </dt>
          <dd className={`text-right ${line.tone ? valueTone[line.tone] : ''}`}>{line.value}</dd>
        </div>
      ))}
      {total ? (
        <div className="double-rule flex items-baseline justify-between gap-4 border-t border-t-ink py-[8px] font-semibold">
          <dt>{total.label}</dt>
          <dd className="text-right">{total.value}</dd>
        </div>
      ) : null}
    </dl>
  );
}
