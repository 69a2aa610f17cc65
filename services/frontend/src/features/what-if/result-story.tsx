'use client';
// What happened, in sentences: who reaches the cap, who stays below the least, and that nothing has been sent.
import { useLocale, useTranslations } from 'next-intl';
import type { Comparison } from './outcome.ts';

export function ResultStory({ comparison, cap }: { comparison: Comparison; cap: string }) {
  const t = useTranslations('whatIf.story');
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  const capped = comparison.lines.filter((line) => line.capped).map(({ name }) => name);
  const below = comparison.lines.filter((line) => line.below).map(({ name }) => name);
  const same = comparison.lines.every((line) => line.now === line.next);
  return (
    <div className="mt-6 grid gap-x-9 gap-y-4 desk:grid-cols-[1.2fr_1fr]">
      <div className="notice t-body" aria-live="polite">
        {capped.length > 0 ? (
          <p>{t('capped', { names: list.format(capped), count: capped.length, cap })}</p>
        ) : null}
        {below.length > 0 ? <p>{t('below', { names: list.format(below), count: below.length })}</p> : null}
        {same ? <p>{t('same')}</p> : null}
        {!same && capped.length + below.length === 0 ? <p>{t('moved')}</p> : null}
      </div>
      <p className="t-small text-ink-2">{t('here')}</p>
    </div>
  );
}
