// Where the link of a password reset leads: the new password, once.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageForm } from '../../../components/control/page-form.tsx';
import { EntryPage } from '../../../features/session/entry-page.tsx';
import { resetPassword } from '../../../features/session/link/link.actions.ts';
import { passwordResetDocument } from '../../../features/session/link/link.documents.ts';
import { NewPassword } from '../../../features/session/link/new-password.tsx';
import { ShutLink } from '../../../features/session/link/shut-link.tsx';
import { ask } from '../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.reset'))('title') };
}

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations('wayIn.reset');
  const answer = await ask(passwordResetDocument, { token });
  if (!answer.ok) return <ShutLink fault={answer.faults[0]} purpose="reset" />;
  const { email } = answer.data.passwordReset;
  return (
    <EntryPage title={t('title')} lead={t('lead', { email })}>
      <PageForm
        act={resetPassword}
        actionKey={randomUUID()}
        returnTo={`/reset/${token}`}
        label={t('act')}
        about={{ token }}
      >
        <NewPassword email={email} />
      </PageForm>
    </EntryPage>
  );
}
