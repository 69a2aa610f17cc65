// Looking for somebody: a form that asks by address, so that a search can be kept, sent on, and works without a script.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { Icon } from '../../components/icon.tsx';

export const memberStatuses = [
  'ACTIVE',
  'PENDING',
  'SUSPENDED',
  'INACTIVE',
  'WITHDRAWING',
  'WITHDRAWN',
  'EXPELLED',
] as const;
export type MemberStatus = (typeof memberStatuses)[number];

const isMemberStatus = (value: string | undefined): value is MemberStatus =>
  memberStatuses.some((status) => status === value);

export type MemberSearch = {
  search?: string | undefined;
  status?: string | undefined;
  class?: string | undefined;
};

/** What a list of members is narrowed by, as its address says it. */
export const variablesOf = ({ search, status, class: memberClass }: MemberSearch) => ({
  search: search?.trim().slice(0, 200) || null,
  status: isMemberStatus(status) ? status : null,
  class: memberClass || null,
});

type MemberFilterProps = {
  search: string;
  status: string;
  memberClass: string;
  classes: readonly { class: string; name: string; retired: boolean }[];
};

export function MemberFilter({ search, status, memberClass, classes }: MemberFilterProps) {
  const t = useTranslations('members');
  return (
    <form role="search" className="mb-5 grid items-end gap-3 desk:grid-cols-[minmax(0,1fr)_170px_170px_auto]">
      <label className="grid gap-1.5">
        <span className="t-strong">{t('filter.search')}</span>
        <input type="search" name="search" defaultValue={search} maxLength={200} className="field" />
      </label>
      <label className="grid gap-1.5">
        <span className="t-strong">{t('filter.status')}</span>
        <select name="status" defaultValue={status} className="field">
          <option value="">{t('filter.everyStatus')}</option>
          {memberStatuses.map((one) => (
            <option key={one} value={one}>
              {t(`status.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1.5">
        <span className="t-strong">{t('filter.class')}</span>
        <select name="class" defaultValue={memberClass} className="field">
          <option value="">{t('filter.everyClass')}</option>
          {classes.map((one) => (
            <option key={one.class} value={one.class}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" icon={<Icon name="search" />} className="!min-h-11">
        {t('filter.find')}
      </Button>
    </form>
  );
}
