// The share of an open period as a draft: the same arithmetic in pencil, as far as it is known, and nothing of it posted.
import { useTranslations } from 'next-intl';
import type { ResultOf } from '../../lib/api/graphql.ts';
import { Figure } from '../../components/print/money.tsx';
import { DraftArea } from '../../components/print/draft.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { totalOf } from '../../lib/amount.ts';
import type { myAllocationDocument } from './allocation.documents.ts';
import { GivenTable } from './given-table.tsx';
import { Step } from './share-story.tsx';
import { Link } from '../../components/link.tsx';

type Page = ResultOf<typeof myAllocationDocument>;
type Draft = NonNullable<Page['myDraftAllocation']>;

export function DraftStory({ draft, cooperative }: { draft: Draft; cooperative: Page['cooperative'] }) {
  const { decimalText, moneyText, instantText } = useFormat();
  const t = useTranslations('allocation');
  const { currency, timeZone } = cooperative;
  const percent = `${decimalText(draft.percent, 4)}%`;
  return (
    <div className="grid gap-x-14 gap-y-8 wide:grid-cols-[minmax(0,1fr)_312px]">
      <DraftArea id="draft-result" title={t('draftResult')} className="self-start wide:col-start-2">
        <p className="mt-2 mb-3">
          <Figure value={draft.allocation} currency={currency} tone="draft" />
        </p>
        {draft.notCountedCount > 0 ? (
          <Notice>
            {t('draftWaiting', {
              count: draft.notCountedCount,
              value: moneyText(draft.notCountedValue, { currency }),
            })}
          </Notice>
        ) : null}
        <p className="t-small mt-3 text-ink-2">
          {t('draftComputed', { time: instantText(draft.computedAt, timeZone, 'long') })}
        </p>
      </DraftArea>
      <div className="border-t-2 border-ink wide:col-start-1 wide:row-start-1">
        <Step number={1} title={t('gave')}>
          {draft.categories.length > 0 ? (
            <>
              <GivenTable
                categories={draft.categories}
                total={totalOf(draft.categories.map(({ counts }) => counts))}
              />
              <p className="t-small mt-3">
                <Link href={`/contributions?period=${encodeURIComponent(draft.period.id)}`} className="link">
                  {t('draftAll')}
                </Link>
              </p>
            </>
          ) : (
            <p className="t-body text-ink-2">{t('draftNothing')}</p>
          )}
        </Step>
        <Step number={2} title={t('draftShare')}>
          <p className="flex flex-wrap items-baseline gap-x-3.5 font-serif text-[25px]/[1.3] text-pencil desk:text-[31px]/[1.25]">
            {moneyText(draft.surplus, { currency })} <span className="text-[17px]">×</span> {percent}{' '}
            <span className="flex items-baseline gap-x-3.5">
              <span className="text-[17px]">=</span>
              <span className="dash-rule">{moneyText(draft.allocation, { currency })}</span>
            </span>
          </p>
          <p className="t-small mt-2 text-ink-2">{t('draftNote')}</p>
        </Step>
      </div>
    </div>
  );
}
