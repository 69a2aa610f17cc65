// Where the link to a new email leads: whoever is signed in to the account that asked takes the address over. Others are
// sent to the sign-in first, and back here.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageForm } from '../../../components/control/page-form.tsx';
import { EntryPage } from '../../../features/session/entry-page.tsx';
import { confirmEmail } from '../../../features/session/link/link.actions.ts';
import { emailChangeDocument } from '../../../features/session/link/link.documents.ts';
import { ShutLink } from '../../../features/session/link/shut-link.tsx';
import { ask } from '../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.emailChange'))('title') };
}

export default async function EmailChangePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations('wayIn.emailChange');
  const answer = await ask(emailChangeDocument, { token });
  if (!answer.ok) return <ShutLink fault={answer.faults[0]} purpose="email" />;
  const { email } = answer.data.emailChange;
  const { email: now } = answer.data.me;
  return (
    <EntryPage title={t('title')} lead={t('lead', { email, now })}>
      <PageForm
        act={confirmEmail}
        actionKey={randomUUID()}
        returnTo={`/email/${token}`}
        label={t('act')}
        cancel={{ href: '/settings/me/security', label: t('not') }}
        about={{ token }}
      />
    </EntryPage>
  );
}
