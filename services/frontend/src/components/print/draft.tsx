// What is not in the books yet: pencil, dashed and hatched, and always with the word.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '../icon.tsx';

export function DraftTag({ label }: { label?: string }) {
  const t = useTranslations('draft');
  return (
    <span className="t-label inline-flex items-center gap-1.5 rounded-[2px] border border-dashed border-edge px-2 py-1 text-pencil">
      <Icon name="pencil" className="size-3.5" />
      {label ?? t('tag')}
    </span>
  );
}

type DraftAreaProps = { title: string; id: string; tag?: string; children: ReactNode; className?: string };

/** A hatched area whose heading and tag say that nothing in it is posted. */
export function DraftArea({ title, id, tag, children, className = '' }: DraftAreaProps) {
  return (
    <section aria-labelledby={id} className={`draft p-4 desk:px-5 ${className}`}>
      <div className="mb-1 flex items-start justify-between gap-3">
        <h2 id={id} className="t-head">
          {title}
        </h2>
        <DraftTag {...(tag ? { label: tag } : {})} />
      </div>
      {children}
    </section>
  );
}
