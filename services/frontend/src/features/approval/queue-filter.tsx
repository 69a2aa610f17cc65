// What of the queue is wanted.
import { useTranslations } from 'next-intl';
import { FilterInput, FilterSearch } from '../../components/filter/filter-fields.tsx';
import { FilterForm } from '../../components/filter/filter-form.tsx';
import { KindFields } from '../contribution-list/kind-fields.tsx';
import type { QueueFilter } from './queue-place.ts';
import { filtersSet } from './queue-place.ts';

type QueueFilterFormProps = {
  filter: QueueFilter;
  /** Categories to offer while one is typed. */
  categories: readonly string[];
  staleDays: number;
};

export function QueueFilterForm({ filter, categories, staleDays }: QueueFilterFormProps) {
  const t = useTranslations('approvals.filter');
  return (
    <FilterForm action="/approvals" clearTo="/approvals" set={filtersSet(filter)} side="right">
      <FilterSearch label={t('search')} value={filter.search} />
      <KindFields kind={filter.kind} category={filter.category} categories={categories} />
      <FilterInput name="from" label={t('from')} value={filter.from} look="amount" />
      <label className="t-ui flex min-h-11 items-center gap-2.5">
        <input
          type="checkbox"
          name="stale"
          value="1"
          key={filter.stale}
          defaultChecked={filter.stale !== null}
          className="size-4 accent-[var(--pen)]"
        />
        {t('stale', { days: staleDays })}
      </label>
    </FilterForm>
  );
}
