// A forgotten password: the email is asked for, and what is said afterwards is the same for every address.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../components/control/button.tsx';
import { TextField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import { Said } from '../../components/state/said.tsx';
import { EntryPage } from '../../features/session/entry-page.tsx';
import { requestReset } from '../../features/session/link/link.actions.ts';
import { forgottenDocument } from '../../features/session/link/link.documents.ts';
import { ask } from '../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wayIn.forgotten'))('title') };
}

export default async function ForgottenPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('wayIn');
  const answer = await ask(forgottenDocument, {});
  // An API that is away is told when the form is sent.
  const isByHand = answer.ok && !answer.data.mailIsSent;
  return (
    <EntryPage title={t('forgotten.title')} lead={t(isByHand ? 'forgotten.byHand' : 'forgotten.lead')}>
      {(await searchParams).said === 'sent' ? <Said>{t('forgotten.sent')}</Said> : null}
      {isByHand ? null : (
        <PageForm
          act={requestReset}
          actionKey={randomUUID()}
          returnTo="/forgotten"
          label={t('forgotten.act')}
        >
          <TextField name="email" type="email" label={t('email')} autoComplete="username" required />
        </PageForm>
      )}
      <p className="mt-6">
        <ButtonLink href="/sign-in" tone="quiet">
          {t('toSignIn')}
        </ButtonLink>
      </p>
    </EntryPage>
  );
}
