// What I gave this period, by kind: bars from zero, each with its value printed.
import { useTranslations } from 'next-intl';
import { AmountBar } from '../../components/plot/bars.tsx';
import { Money } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { bySize, largestOf, totalOf } from '../../lib/amount.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { Overview } from './overview.documents.ts';
import { Link } from '../../components/link.tsx';

type GivenPanelProps = { draft: NonNullable<Overview['myDraftAllocation']> };

export function GivenPanel({ draft }: GivenPanelProps) {
  const t = useTranslations('overview.given');
  const { periodName } = useFormat();
  const words = useKindWords();
  const largest = largestOf(draft.categories.map(({ value }) => value));
  const count = draft.categories.reduce((sum, category) => sum + category.count, 0);
  return (
    <Section
      id="given"
      title={t('title')}
      aside={
        <Link href={`/contributions?period=${encodeURIComponent(draft.period.id)}`} className="link">
          {t('all', { count: count + draft.notCountedCount })}
        </Link>
      }
    >
      {draft.categories.length === 0 ? (
        <p className="t-body text-ink-2">{t('none', { period: periodName(draft.period.name) })}</p>
      ) : (
        <>
          <ul className="grid gap-3.5 pt-1">
            {bySize(draft.categories, ({ value }) => value).map((category) => (
              <li key={category.category}>
                <p className="t-ui mb-1.5 flex items-baseline justify-between">
                  <span>
                    <strong className="font-semibold">{words.category(category.category)}</strong>{' '}
                    <span className="text-ink-2">{words.amount(category)}</span>
                  </span>
                  <Money value={category.value} />
                </p>
                <AmountBar value={category.value} largest={largest} />
              </li>
            ))}
          </ul>
          <p className="double-rule t-strong mt-4 flex justify-between border-t border-t-ink py-2">
            <span>{t('total')}</span>
            <Money value={totalOf(draft.categories.map(({ value }) => value))} />
          </p>
        </>
      )}
    </Section>
  );
}
