// What a screen shows when it has nothing yet. It stands apart from the other states, which ask the server.
import type { ReactNode } from 'react';

/** Nothing yet: three pencil lines, a sentence, and the way to begin. */
export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center px-4 py-12 text-center">
      <svg viewBox="0 0 120 36" className="mb-5 w-28" aria-hidden="true">
        <path d="M0 4h120M0 18h120M0 32h120" className="stroke-pencil [stroke-dasharray:4_3]" />
      </svg>
      <h2 className="t-head">{title}</h2>
      <p className="t-body mt-1 max-w-sm text-ink-2">{text}</p>
      {children ? <div className="mt-5 flex flex-wrap justify-center gap-3">{children}</div> : null}
    </div>
  );
}
