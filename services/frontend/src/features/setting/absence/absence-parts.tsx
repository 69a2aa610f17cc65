// Who is away as a table, how one comes back, and the form that announces an absence.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { announceAbsence, endAbsence } from './absence.actions.ts';
import type { AbsenceRoom } from './absence.documents.ts';

const at = '/settings/approval/away';

export function AbsenceTable({ room }: { room: AbsenceRoom }) {
  const t = useTranslations('settings.approval.away');
  const { dateLong } = useFormat();
  return (
    <Table
      caption={t('list')}
      rows={room.absences}
      keyOf={(absence) => absence.id}
      csv="/settings/csv/absences"
      empty={t('none')}
      columns={[
        { head: t('who'), name: ({ member }) => member.displayName },
        { head: t('from'), text: ({ startsOn }) => dateLong(startsOn) },
        { head: t('to'), text: ({ endsOn }) => dateLong(endsOn) },
        { head: t('backup'), text: ({ backup }) => backup?.displayName ?? t('others') },
      ]}
    />
  );
}

export function AbsenceEnds({ room }: { room: AbsenceRoom }) {
  const t = useTranslations('settings.approval.away');
  return room.absences
    .filter(({ viewerMayEnd }) => viewerMayEnd)
    .map(({ id, member }) => (
      <PageForm
        key={id}
        form={`end-${id}`}
        fold={{ label: t('end', { name: member.displayName }) }}
        act={endAbsence}
        actionKey={randomUUID()}
        returnTo={at}
        label={t('endAct')}
        about={{ absenceId: id }}
        className="max-w-xl"
      >
        <p className="t-body text-ink-2">{t('endText', { name: member.displayName })}</p>
      </PageForm>
    ));
}

const choicesOf = (members: AbsenceRoom['standIns']) =>
  members
    .map(({ id, displayName }) => ({ value: id, label: displayName }))
    .sort((left, right) => left.label.localeCompare(right.label));

export function AbsenceForm({ room }: { room: AbsenceRoom }) {
  const t = useTranslations('settings.approval.away');
  const { me, cooperative } = room;
  const reviewers = choicesOf(room.standIns);
  const absent = choicesOf(room.absentees);
  const own = me.member?.id ?? '';
  const ofOthers = me.acts.includes('role.assign') && absent.length > 0;
  return (
    <PageForm
      form="new"
      act={announceAbsence}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('act')}
      className="max-w-2xl"
    >
      {ofOthers ? <SelectField name="memberId" label={t('who')} value={own} choices={absent} /> : null}
      <div className="grid gap-5 desk:grid-cols-2">
        <TextField name="startsOn" label={t('from')} type="date" value={cooperative.today} required />
        <TextField name="endsOn" label={t('to')} type="date" min={cooperative.today} required />
      </div>
      {reviewers.length > 0 ? (
        <SelectField
          name="backupMemberId"
          label={t('backup')}
          choices={[
            { value: '', label: t('nobody') },
            ...reviewers.filter(({ value }) => ofOthers || value !== own),
          ]}
        />
      ) : null}
    </PageForm>
  );
}
