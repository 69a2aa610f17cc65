// The filters of the list: links and a form without a script behind them, so that a filtered list has an address.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button, ButtonLink } from '../../components/control/button.tsx';
import { Field } from '../../components/control/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { KindFields } from './kind-fields.tsx';
import type { ListQuery, StatusGroup } from './list-query.ts';
import { isNarrowed, listAddress, statusGroups } from './list-query.ts';

type ListFilterProps = {
  query: ListQuery;
  periods: readonly { id: string; name: string }[];
  /** Categories to offer while one is typed. */
  categories: readonly string[];
};

export function ListFilter({ query, periods, categories }: ListFilterProps) {
  const t = useTranslations('contributions.filter');
  const { periodName } = useFormat();
  const current = (is: boolean) => (is ? { 'aria-current': 'true' as const } : {});
  return (
    <div className="mb-5 grid gap-3">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <nav aria-label={t('status')} className="segment max-w-full flex-wrap">
          {(Object.keys(statusGroups) as StatusGroup[]).map((name) => (
            <Link key={name} href={listAddress(query, { status: name })} {...current(name === query.status)}>
              {t(name)}
            </Link>
          ))}
        </nav>
        <nav aria-label={t('period')} className="segment max-w-full flex-wrap">
          <Link href={listAddress(query, { period: null })} {...current(query.period === null)}>
            {t('everyPeriod')}
          </Link>
          {periods.slice(0, 4).map((one) => (
            <Link
              key={one.id}
              href={listAddress(query, { period: one.id })}
              {...current(one.id === query.period)}
            >
              {opening(periodName(one.name))}
            </Link>
          ))}
        </nav>
      </div>
      <SearchForm query={query} categories={categories} />
    </div>
  );
}

function SearchForm({ query, categories }: Pick<ListFilterProps, 'query' | 'categories'>) {
  const t = useTranslations('contributions.filter');
  return (
    <form action="/contributions" role="search" className="grid gap-3">
      {query.member ? <input type="hidden" name="member" value={query.member} /> : null}
      {query.status === 'all' ? null : <input type="hidden" name="status" value={query.status} />}
      {query.period ? <input type="hidden" name="period" value={query.period} /> : null}
      <div className="flex flex-wrap items-center gap-2.5">
        <input
          key={query.search}
          type="search"
          name="search"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          defaultValue={query.search ?? ''}
          maxLength={200}
          data-search
          className="field desk:!w-80"
        />
        <Button type="submit" icon={<Icon name="search" />}>
          {t('find')}
        </Button>
        {query.search || isNarrowed(query) ? (
          <ButtonLink
            href={listAddress(query, { search: null, kind: null, category: null, from: null, to: null })}
            tone="quiet"
          >
            {t('clear')}
          </ButtonLink>
        ) : null}
      </div>
      <details open={isNarrowed(query)} className="given">
        <summary className="t-ui inline-flex min-h-11 items-center gap-1.5 text-pen">
          <Icon name="right" className="given-mark" />
          {t('more')}
        </summary>
        <MoreFilters query={query} categories={categories} />
      </details>
    </form>
  );
}

function MoreFilters({ query, categories }: Pick<ListFilterProps, 'query' | 'categories'>) {
  const t = useTranslations('contributions.filter');
  return (
    <div className="mt-2 grid items-end gap-3 desk:grid-cols-[1fr_1.2fr_1fr_1fr_auto]">
      <KindFields kind={query.kind} category={query.category} categories={categories} />
      {(['from', 'to'] as const).map((name) => (
        <Field key={name} id={`filter-${name}`} label={t(name)}>
          <input
            id={`filter-${name}`}
            name={name}
            type="date"
            key={query[name]}
            defaultValue={query[name] ?? ''}
            className="field"
          />
        </Field>
      ))}
      <Button type="submit">{t('apply')}</Button>
    </div>
  );
}
