// My share if the period closed today: pencil on a hatched ground, with the time it was computed.
import { useTranslations } from 'next-intl';
import { DraftArea } from '../../components/print/draft.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Figure, Money } from '../../components/print/money.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Overview } from './overview.documents.ts';
import { Link } from '../../components/link.tsx';

type DraftPanelProps = {
  draft: NonNullable<Overview['myDraftAllocation']>;
  cooperative: Overview['cooperative'];
};

export function DraftPanel({ draft, cooperative }: DraftPanelProps) {
  const { percentText, moneyText, decimalText, instantText, periodShort } = useFormat();
  const t = useTranslations('overview.draft');
  const pencil = (value: string) => ({ value: <Money value={value} />, tone: 'draft' as const });
  const isLoss = draft.surplus.startsWith('-');
  const lines = [
    { key: 'cash', label: t('cash', { rate: percentText(draft.cashRate) }), ...pencil(draft.cash) },
    { key: 'retained', label: t('retained'), ...pencil(draft.retained) },
  ];
  const waiting = {
    key: 'waiting',
    label: t('notCounted'),
    value: t('items', { count: draft.notCountedCount, value: moneyText(draft.notCountedValue) }),
    tone: 'draft' as const,
  };
  return (
    <DraftArea id="draft" title={t('title', { period: periodShort(draft.period.name) })}>
      <p className="mb-3">
        <Figure value={draft.allocation} currency={cooperative.currency} tone="draft" />
      </p>
      <p className="t-body mb-3 text-ink-2">
        {t(isLoss ? 'loss' : 'share', {
          percent: decimalText(draft.percent, 2),
          surplus: moneyText(draft.surplus, { currency: cooperative.currency }),
        })}
      </p>
      <FactList draft lines={draft.notCountedCount > 0 ? [...lines, waiting] : lines} />
      <p className="t-small mt-1 flex items-baseline justify-between gap-3">
        <Link href={`/allocation?period=${encodeURIComponent(draft.period.id)}`} className="link">
          {t('how')}
        </Link>
        <span className="text-ink-2">
          {t('computed', { time: instantText(draft.computedAt, cooperative.timeZone, 'time') })}
        </span>
      </p>
    </DraftArea>
  );
}
