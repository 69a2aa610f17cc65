// One's own forms: name and preferences.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CheckField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { kinds } from '../../contribution/kind.ts';
import { changeMyPreferences, changeMyProfile } from './me.actions.ts';
import type { MyRoom } from './me.documents.ts';

const at = '/settings/me';
const themes = ['system', 'light', 'dark'] as const;
const languages = ['en', 'es'] as const;

export function ProfileForm({ name }: { name: string }) {
  const t = useTranslations('settings.me');
  return (
    <PageForm
      form="profile"
      act={changeMyProfile}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('profileAct')}
      tone="plain"
    >
      <TextField name="displayName" label={t('displayName')} value={name} required maxLength={200} />
    </PageForm>
  );
}

export function PreferencesForm({ preferences }: { preferences: MyRoom['me']['preferences'] }) {
  const t = useTranslations('settings.me');
  const kind = useTranslations('kind');
  return (
    <PageForm
      form="preferences"
      act={changeMyPreferences}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('preferencesAct')}
      tone="plain"
    >
      <div className="grid gap-5 desk:grid-cols-2">
        <SelectField
          name="locale"
          label={t('language')}
          value={preferences.locale?.toLowerCase() ?? ''}
          choices={[
            { value: '', label: t('languages.browser') },
            ...languages.map((value) => ({ value, label: t(`languages.${value}`) })),
          ]}
        />
        <SelectField
          name="theme"
          label={t('theme')}
          value={preferences.theme.toLowerCase()}
          choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        />
        <SelectField
          name="defaultKind"
          label={t('kind')}
          value={preferences.defaultKind ?? ''}
          choices={[
            { value: '', label: t('lastKind') },
            ...kinds.map((value) => ({ value, label: kind(value) })),
          ]}
        />
      </div>
      <CheckField
        name="singleKeyShortcuts"
        label={t('keys')}
        hint={t('keysHint')}
        checked={preferences.singleKeyShortcuts}
      />
    </PageForm>
  );
}
