// The head of a page: where and when it speaks of, its one title, and at most three acts with one of them primary.
import type { ReactNode } from 'react';

type PageHeadProps = { title: string; above?: ReactNode; acts?: ReactNode; ruled?: boolean };

export function PageHead({ title, above, acts, ruled = true }: PageHeadProps) {
  return (
    <header
      className={`mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 ${
        ruled ? 'border-b-2 border-ink pb-4 desk:pb-[22px]' : ''
      }`}
    >
      <div className="min-w-0">
        {above ? <p className="t-small mb-0.5 text-ink-2">{above}</p> : null}
        <h1 className="text-[27px]/[1.15] font-serif desk:text-[32px]/[1.15]">{title}</h1>
      </div>
      {acts ? <div className="no-print flex flex-wrap items-center gap-2.5">{acts}</div> : null}
    </header>
  );
}
