// Where an invitation leads: a name and a password, and one is in. With an account already, its password alone.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { EntryPage } from '../../../features/session/entry-page.tsx';
import { acceptInvitation } from '../../../features/session/link/link.actions.ts';
import { invitationDocument } from '../../../features/session/link/link.documents.ts';
import { ShutLink } from '../../../features/session/link/shut-link.tsx';
import { ask } from '../../../lib/api/request.ts';
import { getFormat } from '../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.invitation'))('page') };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations('wayIn');
  const { instantText } = await getFormat();
  const answer = await ask(invitationDocument, { token });
  if (!answer.ok) return <ShutLink fault={answer.faults[0]} purpose="invitation" />;
  const { cooperativeName, displayName, email, expiresAt, timeZone, hasAccount } = answer.data.invitation;
  return (
    <EntryPage
      title={t('invitation.title', { cooperative: cooperativeName })}
      lead={t(hasAccount ? 'invitation.leadAccount' : 'invitation.lead')}
    >
      <PageForm
        act={acceptInvitation}
        actionKey={randomUUID()}
        returnTo={`/invitation/${token}`}
        label={t('invitation.act')}
        about={{ token }}
      >
        <p className="t-ui">
          {t('email')}: <strong className="break-all">{email}</strong>
        </p>
        {/* Tells a password manager whose password it keeps. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {hasAccount ? (
          <TextField
            name="password"
            type="password"
            label={t('invitation.password')}
            autoComplete="current-password"
            required
          />
        ) : (
          <>
            <TextField
              name="displayName"
              label={t('invitation.name')}
              value={displayName}
              autoComplete="name"
              maxLength={200}
              required
            />
            <TextField
              name="password"
              type="password"
              label={t('newPassword')}
              hint={t('newHint')}
              autoComplete="new-password"
              required
            />
          </>
        )}
      </PageForm>
      <p className="t-small mt-7 text-ink-2">
        {t('invitation.until', { date: instantText(expiresAt, timeZone) })}
      </p>
    </EntryPage>
  );
}
