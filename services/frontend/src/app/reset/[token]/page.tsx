// Where the link of a password reset leads: the new password, once.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { EntryPage } from '../../../features/session/entry-page.tsx';
import { resetPassword } from '../../../features/session/link/link.actions.ts';
import { passwordResetDocument } from '../../../features/session/link/link.documents.ts';
import { ShutLink } from '../../../features/session/link/shut-link.tsx';
import { ask } from '../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.reset'))('title') };
}

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations('wayIn');
  const answer = await ask(passwordResetDocument, { token });
  if (!answer.ok) return <ShutLink fault={answer.faults[0]} purpose="reset" />;
  const { email } = answer.data.passwordReset;
  return (
    <EntryPage title={t('reset.title')} lead={t('reset.lead', { email })}>
      <PageForm
        act={resetPassword}
        actionKey={randomUUID()}
        returnTo={`/reset/${token}`}
        label={t('reset.act')}
        about={{ token }}
      >
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <TextField
          name="password"
          type="password"
          label={t('newPassword')}
          hint={t('newHint')}
          autoComplete="new-password"
          required
        />
      </PageForm>
    </EntryPage>
  );
}
