'use client';
// What happened, in sentences: who reaches the cap, who stays below the least, and that nothing has been sent.
import { useLocale, useTranslations } from 'next-intl';
import type { Comparison } from './outcome.ts';

/** So many are named; of more, the last is how many others there are. */
const most = 5;

export function ResultStory({ comparison, cap }: { comparison: Comparison; cap: string }) {
  const t = useTranslations('whatIf.story');
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  const capped = comparison.lines.filter((line) => line.capped);
  const below = comparison.lines.filter((line) => line.below);
  const named = (some: readonly Comparison['lines'][number][]) =>
    some.length > most
      ? list.format([
          ...some.slice(0, most - 1).map(({ name }) => name),
          t('others', { count: some.length - most + 1 }),
        ])
      : list.format(some.map(({ name }) => name));
  const more = comparison.lines.filter((line) => line.next > line.now);
  const less = comparison.lines.filter((line) => line.next < line.now);
  const same = comparison.lines.every((line) => line.now === line.next);
  return (
    <div className="mt-6 grid gap-x-9 gap-y-4 desk:grid-cols-[1.2fr_1fr]">
      <div className="notice t-body" aria-live="polite">
        {capped.length > 0 ? <p>{t('capped', { names: named(capped), count: capped.length, cap })}</p> : null}
        {below.length > 0 ? <p>{t('below', { names: named(below), count: below.length })}</p> : null}
        {same ? <p>{t('same')}</p> : null}
        {!same && capped.length + below.length === 0 ? <p>{t('moved')}</p> : null}
        {more.length > 0 ? <p>{t('more', { names: named(more), count: more.length })}</p> : null}
        {less.length > 0 ? <p>{t('less', { names: named(less), count: less.length })}</p> : null}
      </div>
      <p className="t-small text-ink-2">{t('here')}</p>
    </div>
  );
}
