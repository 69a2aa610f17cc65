// Where the way back from a change of email leads: the old address is kept or comes back, with a new password.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageForm } from '../../../components/control/page-form.tsx';
import { EntryPage } from '../../../features/session/entry-page.tsx';
import { undoEmail } from '../../../features/session/link/link.actions.ts';
import { emailUndoDocument } from '../../../features/session/link/link.documents.ts';
import { NewPassword } from '../../../features/session/link/new-password.tsx';
import { ShutLink } from '../../../features/session/link/shut-link.tsx';
import { ask } from '../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.emailUndo'))('title') };
}

export default async function EmailUndoPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations('wayIn.emailUndo');
  const answer = await ask(emailUndoDocument, { token });
  if (!answer.ok) return <ShutLink fault={answer.faults[0]} purpose="email" />;
  const { email } = answer.data.emailUndo;
  return (
    <EntryPage title={t('title')} lead={t('lead', { email })}>
      <PageForm
        act={undoEmail}
        actionKey={randomUUID()}
        returnTo={`/email-undo/${token}`}
        label={t('act')}
        about={{ token }}
      >
        <NewPassword email={email} />
      </PageForm>
    </EntryPage>
  );
}
