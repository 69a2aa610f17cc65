// A part of a page: opened by an ink rule and a serif heading, with at most one way on at its right.
import type { ReactNode } from 'react';

type SectionProps = {
  title: string;
  id: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
};

export function Section({ title, id, aside, children, className = '' }: SectionProps) {
  return (
    <section aria-labelledby={id} className={`section ${className}`}>
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 id={id} className="t-head">
          {title}
        </h2>
        {aside ? <div className="t-small text-ink-2">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
