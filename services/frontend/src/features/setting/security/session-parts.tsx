// Who gets into one's account: the password, and where one is signed in.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { changePassword, endOtherSessions, endSession } from './security.actions.ts';
import type { SecurityRoom } from './security.documents.ts';

const at = '/settings/me/security';

export function PasswordForm() {
  const t = useTranslations('security');
  return (
    <PageForm
      form="password"
      empties
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

export function Sessions({
  sessions,
  timeZone,
}: {
  sessions: SecurityRoom['me']['sessions'];
  timeZone: string;
}) {
  const t = useTranslations('security');
  const { instantText } = useFormat();
  return (
    <>
      <ul className="mb-4">
        {sessions.map((session) => (
          <li key={session.id} className="t-ui border-b border-rule py-2.5">
            <p>
              {t(session.device ? 'sinceOn' : 'since', {
                device: session.device ?? '',
                date: instantText(session.startedAt, timeZone),
              })}
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
