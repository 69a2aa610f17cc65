// Who gets into one's account: the email, the second factor, passkeys, where one is signed in, the password.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../../components/print/section.tsx';
import { FaultState } from '../../../../../components/state/states.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { Email } from '../../../../../features/setting/security/email-part.tsx';
import { SecondFactor } from '../../../../../features/setting/security/factor-parts.tsx';
import { Identities } from '../../../../../features/setting/security/identity-parts.tsx';
import { Passkeys } from '../../../../../features/setting/security/passkey-parts.tsx';
import { securityRoomDocument } from '../../../../../features/setting/security/security.documents.ts';
import { PasswordForm, Sessions } from '../../../../../features/setting/security/session-parts.tsx';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('security'))('title') };
}

type Search = { searchParams: Promise<{ said?: string; provider?: string }> };

export default async function SecurityPage({ searchParams }: Search) {
  const search = await searchParams;
  const t = await getTranslations('security');
  const answer = await read(securityRoomDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, mailIsSent, provider } = answer.data;
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead', { email: me.email })}
      said={search.said}
      back={{ href: '/settings/me', label: t('back') }}
    >
      <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <Section title={t('factor')} id="factor">
          <SecondFactor factor={me.secondFactor} timeZone={cooperative.timeZone} />
        </Section>
        <Section title={t('passkey.title')} id="passkeys">
          <Passkeys passkeys={me.passkeys} passkeySetup={me.passkeySetup} timeZone={cooperative.timeZone} />
        </Section>
        {provider === null ? null : (
          <Section title={t('identity.title', { provider })} id="identities">
            <Identities
              identities={me.identities}
              provider={provider}
              fault={search.provider}
              timeZone={cooperative.timeZone}
            />
          </Section>
        )}
        <Section title={t('sessions')} id="sessions">
          <Sessions sessions={me.sessions} timeZone={cooperative.timeZone} />
        </Section>
        <Section title={t('password')} id="password">
          <PasswordForm />
        </Section>
        <Section title={t('email.title')} id="email">
          <Email
            email={me.email}
            pendingEmail={me.pendingEmail}
            mailIsSent={mailIsSent}
            timeZone={cooperative.timeZone}
          />
        </Section>
      </div>
    </RoomPage>
  );
}
