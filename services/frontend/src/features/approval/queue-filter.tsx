// What of the queue is wanted, as a form that asks for an address: it works without a script, and a filtered queue can be
// kept and shared.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button, Kbd } from '../../components/control/button.tsx';
import { Field } from '../../components/control/field.tsx';
import { Icon } from '../../components/icon.tsx';
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
  const set = filtersSet(filter);
  return (
    <details className="desk:relative">
      <summary data-key="f" className="button cursor-pointer list-none">
        <Icon name="filter" />
        {t('title', { count: set })}
        <Kbd>F</Kbd>
      </summary>
      <form
        action="/approvals"
        role="search"
        className="sheet absolute top-full right-0 z-20 mt-1 grid w-[min(340px,calc(100vw-36px))] gap-3.5 p-4 shadow-(--lift-2)"
      >
        <FilterFields filter={filter} categories={categories} staleDays={staleDays} />
        <div className="flex items-center justify-between gap-3">
          <Button type="submit" tone="primary">
            {t('apply')}
          </Button>
          {set > 0 ? (
            <Link href="/approvals" className="link t-ui">
              {t('clear')}
            </Link>
          ) : null}
        </div>
      </form>
    </details>
  );
}

function FilterFields({ filter, categories, staleDays }: QueueFilterFormProps) {
  const t = useTranslations('approvals.filter');
  return (
    <>
      <Field id="queue-search" label={t('search')}>
        <input
          id="queue-search"
          type="search"
          name="search"
          defaultValue={filter.search ?? ''}
          maxLength={200}
          className="field"
        />
      </Field>
      <KindFields kind={filter.kind} category={filter.category} categories={categories} />
      <Field id="queue-from" label={t('from')}>
        <input
          id="queue-from"
          name="from"
          inputMode="decimal"
          defaultValue={filter.from ?? ''}
          className="field text-right"
        />
      </Field>
      <label className="t-ui flex min-h-11 items-center gap-2.5">
        <input
          type="checkbox"
          name="stale"
          value="1"
          defaultChecked={filter.stale !== null}
          className="size-4 accent-[var(--pen)]"
        />
        {t('stale', { days: staleDays })}
      </label>
    </>
  );
}
