// One's own forms: name, preferences, password, sessions.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CheckField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { kinds } from '../../contribution/kind.ts';
import {
  changeMyPreferences,
  changeMyProfile,
  changePassword,
  endOtherSessions,
  endSession,
} from './me.actions.ts';
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

export function PasswordForm() {
  const t = useTranslations('settings.me');
  return (
    <PageForm
      form="password"
      act={changePassword}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('passwordAct')}
      tone="plain"
    >
      <TextField
        name="currentPassword"
        label={t('current')}
        type="password"
        autoComplete="current-password"
        required
      />
      <TextField
        name="newPassword"
        label={t('new')}
        hint={t('newHint')}
        type="password"
        autoComplete="new-password"
        required
      />
    </PageForm>
  );
}

export function Sessions({ sessions, timeZone }: { sessions: MyRoom['me']['sessions']; timeZone: string }) {
  const t = useTranslations('settings.me');
  const { instantText } = useFormat();
  return (
    <>
      <ul className="mb-4">
        {sessions.map((session) => (
          <li key={session.id} className="t-ui border-b border-rule py-2.5">
            <p>
              {t('since', { date: instantText(session.startedAt, timeZone) })}
              <span className="t-small text-ink-2">
                {' · '}
                {session.current
                  ? t('thisOne')
                  : t('seen', { date: instantText(session.lastSeenAt, timeZone) })}
              </span>
            </p>
            {session.current ? null : (
              <PageForm
                form={session.id}
                act={endSession}
                actionKey={randomUUID()}
                returnTo={at}
                label={t('endOne')}
                tone="stop"
                about={{ sessionId: session.id }}
                className="mt-2"
              />
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 2 ? (
        <PageForm
          form="others"
          act={endOtherSessions}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('endOthers')}
          tone="stop"
        />
      ) : null}
    </>
  );
}
