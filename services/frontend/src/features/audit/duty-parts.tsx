// The report on separation of duties as a table, and from which day it looks.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { DutyConflict } from './duty.documents.ts';

export function DutySpan({ from }: { from: string }) {
  const t = useTranslations('audit.duties');
  return (
    <form action="/audit/duties" className="mb-6 flex flex-wrap items-end gap-3">
      <div>
        <label htmlFor="from" className="t-strong mb-1.5 block">
          {t('from')}
        </label>
        <input id="from" name="from" type="date" defaultValue={from} className="field" />
      </div>
      <Button type="submit">{t('show')}</Button>
    </form>
  );
}

type DutyTableProps = { conflicts: readonly DutyConflict[]; from: string; timeZone: string };

export function DutyTable({ conflicts, from, timeZone }: DutyTableProps) {
  const t = useTranslations('audit.duties');
  const role = useTranslations('shell.role');
  const { instantText } = useFormat();
  const roles = ({ firstRoles, secondRoles }: DutyConflict) =>
    firstRoles.length === 0 || secondRoles.length === 0
      ? t('past')
      : [...firstRoles, ...secondRoles].map((name) => role(name as 'reviewer')).join(', ');
  return (
    <Table
      caption={t('title')}
      rows={conflicts}
      keyOf={({ pair, member }) => `${pair} ${member.id}`}
      csv={`/audit/csv/duties?from=${from}`}
      empty={t('none')}
      columns={[
        { head: t('pair'), name: ({ pair }) => t(`pairs.${pair as 'audits_own_work'}`) },
        { head: t('who'), text: ({ member }) => member.displayName },
        { head: t('holds'), text: roles, from: 'desk' },
        {
          head: t('done'),
          text: ({ firstDone, secondDone }) => t('counts', { first: firstDone, second: secondDone }),
          from: 'desk',
        },
        { head: t('both'), figure: ({ bothDone }) => bothDone },
        {
          head: t('last'),
          text: ({ lastAt }) => (lastAt === null ? t('never') : instantText(lastAt, timeZone)),
          from: 'wide',
        },
      ]}
    />
  );
}
