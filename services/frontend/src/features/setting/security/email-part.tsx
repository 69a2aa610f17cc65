// One's email: the address in force, one that waits for its link, and asking for another.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { requestEmailChange } from './security.actions.ts';
import type { SecurityRoom } from './security.documents.ts';

type EmailProps = Pick<SecurityRoom['me'], 'email' | 'pendingEmail'> & {
  mailIsSent: boolean;
  timeZone: string;
};

export function Email({ email, pendingEmail, mailIsSent, timeZone }: EmailProps) {
  const t = useTranslations('security.email');
  const { instantText } = useFormat();
  return (
    <>
      <p className="t-body mb-4 text-ink-2">
        {t.rich('about', { email: () => <strong className="break-all">{email}</strong> })}
      </p>
      {pendingEmail ? (
        <p className="notice t-ui mb-4 break-words">
          {t('pending', {
            email: pendingEmail.email,
            date: instantText(pendingEmail.expiresAt, timeZone),
          })}
        </p>
      ) : null}
      {mailIsSent ? (
        <PageForm
          form="email"
          empties
          act={requestEmailChange}
          actionKey={randomUUID()}
          returnTo="/settings/me/security"
          label={t('act')}
          tone="plain"
        >
          <TextField
            name="email"
            label={t('new')}
            hint={t('hint')}
            type="email"
            autoComplete="email"
            required
          />
        </PageForm>
      ) : (
        <p className="t-small text-ink-2">{t('noMail')}</p>
      )}
    </>
  );
}
