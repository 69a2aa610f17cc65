// The filters of the list: plain links, so that a filtered list has an address and works without a script.
import { useTranslations } from 'next-intl';
import Link from 'next/link';

export const statusGroups = {
  all: [],
  waiting: ['SUBMITTED', 'CLARIFICATION'],
  drafts: ['DRAFT'],
  posted: ['APPROVED', 'VALUED', 'APPLIED', 'RESOLVED'],
  closed: ['REJECTED', 'WITHDRAWN', 'DISPUTED'],
} as const;

export type StatusGroup = keyof typeof statusGroups;

export const isStatusGroup = (text: string | undefined): text is StatusGroup =>
  text !== undefined && text in statusGroups;

type ListFilterProps = {
  group: StatusGroup;
  period: string | null;
  periods: readonly { id: string; name: string }[];
};

export function ListFilter({ group, period, periods }: ListFilterProps) {
  const t = useTranslations('contributions.filter');
  const href = (change: { status?: string; period?: string | null }) => {
    const query = new URLSearchParams();
    const status = change.status ?? group;
    const inPeriod = change.period === undefined ? period : change.period;
    if (status !== 'all') query.set('status', status);
    if (inPeriod) query.set('period', inPeriod);
    return query.size > 0 ? `/contributions?${query.toString()}` : '/contributions';
  };
  const current = (is: boolean) => (is ? { 'aria-current': 'true' as const } : {});
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-6 gap-y-3">
      <nav aria-label={t('status')} className="segment max-w-full flex-wrap">
        {(Object.keys(statusGroups) as StatusGroup[]).map((name) => (
          <Link key={name} href={href({ status: name })} {...current(name === group)}>
            {t(name)}
          </Link>
        ))}
      </nav>
      <nav aria-label={t('period')} className="segment max-w-full flex-wrap">
        <Link href={href({ period: null })} {...current(period === null)}>
          {t('everyPeriod')}
        </Link>
        {periods.slice(0, 4).map((one) => (
          <Link key={one.id} href={href({ period: one.id })} {...current(one.id === period)}>
            {one.name}
          </Link>
        ))}
      </nav>
    </div>
  );
}
