// Before something sensitive: the password or a passkey once more, and back to the form as it was left.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import { KeepsFormBehind } from '../../components/state/keeps-form-behind.tsx';
import { ConfirmWithPasskey } from '../../features/session/sign-in/confirm-with-passkey.tsx';
import { EntryPage } from '../../features/session/entry-page.tsx';
import { confirmIdentity } from '../../features/session/session.actions.ts';
import { proofDocument } from '../../features/session/session.documents.ts';
import { ask } from '../../lib/api/request.ts';
import { returnPath } from '../../lib/session/return-path.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.confirm'))('title') };
}

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<{ return?: string }> }) {
  const t = await getTranslations('wayIn.confirm');
  const answer = await ask(proofDocument, {});
  const withCode = answer.ok && answer.data.me.secondFactor.since !== null;
  const hasPasskey = answer.ok && answer.data.me.passkeys.length > 0;
  const wanted = returnPath((await searchParams).return);
  return (
    <EntryPage title={t('title')} lead={t('lead')}>
      <KeepsFormBehind />
      <PageForm
        act={confirmIdentity}
        actionKey={randomUUID()}
        returnTo={`/confirm?return=${encodeURIComponent(wanted)}`}
        label={t('act')}
        about={{ return: wanted }}
      >
        <TextField
          name="password"
          type="password"
          label={t('password')}
          autoComplete="current-password"
          required
        />
        {withCode ? (
          <TextField
            name="code"
            label={t('code')}
            hint={t('codeHint')}
            autoComplete="one-time-code"
            required
          />
        ) : null}
      </PageForm>
      {hasPasskey ? (
        <ConfirmWithPasskey
          returnTo={wanted}
          words={{ act: t('passkey.act'), unused: t('passkey.unused') }}
        />
      ) : null}
    </EntryPage>
  );
}
