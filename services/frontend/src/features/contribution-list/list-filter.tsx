// The filters of the list: links and a form without a script behind them, so that a filtered list has an address.
import { useTranslations } from 'next-intl';
import { FilterDays } from '../../components/filter/filter-fields.tsx';
import { FilterForm } from '../../components/filter/filter-form.tsx';
import { opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { KindFields } from './kind-fields.tsx';
import type { ListQuery, StatusGroup } from './list-query.ts';
import { listAddress, narrowings, statusGroups } from './list-query.ts';
import { Link } from '../../components/link.tsx';

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
          {periods.slice(0, 4).map((one, index) => (
            <Link
              key={one.id}
              href={listAddress(query, { period: one.id })}
              // On a phone the row holds three; what is older is found by its days.
              className={index === 3 && one.id !== query.period ? 'max-desk:hidden' : undefined}
              {...current(one.id === query.period)}
            >
              {opening(periodName(one.name))}
            </Link>
          ))}
        </nav>
      </div>
      <FilterForm
        action="/contributions"
        clearTo={listAddress(query, { search: null, kind: null, category: null, from: null, to: null })}
        set={narrowings(query)}
        search={{ label: t('searchHint'), value: query.search }}
        keep={{
          member: query.member,
          status: query.status === 'all' ? null : query.status,
          period: query.period,
        }}
      >
        <KindFields kind={query.kind} category={query.category} categories={categories} />
        <FilterDays
          from={{ name: 'from', label: t('from'), value: query.from }}
          until={{ name: 'to', label: t('to'), value: query.to }}
        />
      </FilterForm>
    </div>
  );
}
