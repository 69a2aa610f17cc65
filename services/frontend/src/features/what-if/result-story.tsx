'use client';
// What happened, in sentences: who reaches the cap and where the rest of their share goes, who stays below the least, and
// that nothing has been sent.
import { formatMinor } from '@habitat/kernel';
import { useLocale, useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Comparison, Line } from './outcome.ts';

/** So many are named; of more, the last is how many others there are. */
const most = 5;

type StoryProps = { comparison: Comparison; cap: string; digits: number; currency: string };

export function ResultStory(props: StoryProps) {
  const { comparison } = props;
  const t = useTranslations('whatIf.story');
  const { named } = useLists();
  const capped = comparison.lines.filter((line) => line.capped);
  const below = comparison.lines.filter((line) => line.below);
  const more = comparison.lines.filter((line) => line.next > line.now);
  const less = comparison.lines.filter((line) => line.next < line.now);
  const same = comparison.lines.every((line) => line.now === line.next);
  return (
    <div className="mt-6 grid gap-x-9 gap-y-4 desk:grid-cols-[1.2fr_1fr]">
      <div className="notice t-body" aria-live="polite">
        {capped.length > 0 ? <Capped {...props} capped={capped} /> : null}
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

/** The arithmetic of the cap: the share by weight, what is above the cap, and to whom it goes in which proportion. */
function Capped({ comparison, cap, digits, currency, capped }: StoryProps & { capped: readonly Line[] }) {
  const t = useTranslations('whatIf.story');
  const { decimalText, moneyText } = useFormat();
  const { named, listed } = useLists();
  const money = (minor: bigint) => moneyText(formatMinor(minor, digits), { currency });
  const above = capped.filter((line) => line.uncapped > line.next);
  const others = comparison.lines.filter((line) => !line.capped && !line.below);
  const excess = above.reduce((sum, line) => sum + line.uncapped - line.next, 0n);
  return (
    <p>
      <strong className="font-semibold">
        {t('capped', { names: named(capped), count: capped.length, cap })}
      </strong>{' '}
      {above.length <= most
        ? above
            .map((line) => t('byWeight', { name: line.name, percent: decimalText(line.byWeight, 2) }))
            .join(' ')
        : null}{' '}
      {others.length > 0 && excess > 0n
        ? t(others.length <= most ? 'spread' : 'spreadMany', {
            amount: money(excess),
            cap,
            names: named(others),
            totals: listed(others.map((line) => decimalText(line.total, 2))),
          })
        : null}{' '}
      {t(above.length < capped.length ? 'lifted' : 'once')}
    </p>
  );
}

/** Names and figures as lists of the reader's language. */
function useLists() {
  const t = useTranslations('whatIf.story');
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  const listed = (texts: readonly string[]) => list.format(texts);
  const named = (some: readonly Line[]) =>
    some.length > most
      ? listed([
          ...some.slice(0, most - 1).map(({ name }) => name),
          t('others', { count: some.length - most + 1 }),
        ])
      : listed(some.map(({ name }) => name));
  return { listed, named };
}
