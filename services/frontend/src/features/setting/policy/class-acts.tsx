// Adding, renaming and retiring a class of membership.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { addClass, renameClass, retireClass } from './policy.actions.ts';

const at = '/settings/classes';

export function ClassActs({ classes }: { classes: readonly { class: string; name: string }[] }) {
  const t = useTranslations('settings.classes');
  const s = useTranslations('settings.form');
  const why = <AreaField name="rationale" label={s('why')} required />;
  const choices = classes.map((one) => ({ value: one.class, label: one.name }));
  const common = { returnTo: at, className: 'max-w-xl' };
  return (
    <div className="mt-7 max-w-3xl">
      <PageForm
        {...common}
        form="add"
        fold={{ label: t('add') }}
        act={addClass}
        actionKey={randomUUID()}
        label={t('addAct')}
      >
        <TextField name="name" label={t('name')} required maxLength={60} />
        {why}
      </PageForm>
      <PageForm
        {...common}
        form="rename"
        fold={{ label: t('rename') }}
        act={renameClass}
        actionKey={randomUUID()}
        label={t('renameAct')}
      >
        <SelectField name="class" label={t('which')} choices={choices} />
        <TextField name="name" label={t('newName')} required maxLength={60} />
        {why}
      </PageForm>
      <PageForm
        {...common}
        form="retire"
        fold={{ label: t('retire'), tone: 'stop' }}
        act={retireClass}
        actionKey={randomUUID()}
        label={t('retireAct')}
        tone="stop"
      >
        <SelectField name="class" label={t('which')} choices={choices} />
        {why}
      </PageForm>
    </div>
  );
}
