// Which members are wanted, as the address of their list says it.
import { useTranslations } from 'next-intl';
import { FilterSelect } from '../../components/filter/filter-fields.tsx';
import { FilterForm } from '../../components/filter/filter-form.tsx';

const memberStatuses = [
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
  /** As the address says it. */
  wanted: MemberSearch;
  classes: readonly { class: string; name: string; retired: boolean }[];
};

export function MemberFilter({ wanted, classes }: MemberFilterProps) {
  const t = useTranslations('members');
  const { search, status, class: memberClass } = variablesOf(wanted);
  return (
    <FilterForm
      action="/members"
      clearTo="/members"
      set={[status, memberClass].filter((value) => value !== null).length}
      search={{ label: t('filter.search'), value: search }}
      className="mb-5"
    >
      <FilterSelect
        name="status"
        label={t('filter.status')}
        value={status}
        any={t('filter.everyStatus')}
        options={memberStatuses.map((one) => ({ value: one, text: t(`status.${one}`) }))}
      />
      <FilterSelect
        name="class"
        label={t('filter.class')}
        value={memberClass}
        any={t('filter.everyClass')}
        options={classes.map((one) => ({ value: one.class, text: one.name }))}
      />
    </FilterForm>
  );
}
