// What is one's own: name and preferences, and the way to who gets in.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../../components/control/button.tsx';
import { Section } from '../../../../components/print/section.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { PreferencesForm, ProfileForm } from '../../../../features/setting/me/me-parts.tsx';
import { myRoomDocument } from '../../../../features/setting/me/me.documents.ts';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { read } from '../../../../lib/api/request.ts';
import { Link } from '../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.me'))('title') };
}

export default async function MyPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.me');
  const notices = await getTranslations('notifications');
  const s = await getTranslations('security');
  const privacy = await getTranslations('privacy');
  const payout = await getTranslations('payout');
  const answer = await read(myRoomDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me } = answer.data;
  return (
    <RoomPage title={t('title')} lead={t('lead', { email: me.email })} said={(await searchParams).said}>
      <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <Section title={t('preferences')} id="preferences">
          <PreferencesForm preferences={me.preferences} />
        </Section>
        <Section title={t('profile')} id="profile">
          <ProfileForm name={me.displayName} />
          {me.member ? (
            <p className="mt-4">
              <Link href={`/members/${encodeURIComponent(me.member.id)}`} className="t-ui link">
                {t('member')}
              </Link>
            </p>
          ) : null}
        </Section>
        <Section title={t('told')} id="told">
          <p className="t-body mb-4 text-ink-2">{notices('about')}</p>
          <ButtonLink href="/settings/me/notifications">{notices('open')}</ButtonLink>
        </Section>
        {me.acts.includes('distribution.view_own') ? (
          <Section title={payout('title')} id="payout">
            <p className="t-body mb-4 text-ink-2">
              {me.payoutAccount === null ? payout('about.none') : payout('about.given', me.payoutAccount)}
            </p>
            <ButtonLink href="/settings/me/payout">{payout('open')}</ButtonLink>
          </Section>
        ) : null}
        <Section title={s('title')} id="security">
          <p className="t-body mb-4 text-ink-2">{s('about')}</p>
          <ButtonLink href="/settings/me/security">{s('open')}</ButtonLink>
        </Section>
        <Section title={privacy('title')} id="privacy">
          <p className="t-body mb-4 text-ink-2">{privacy('about')}</p>
          <ButtonLink href="/settings/me/privacy">{privacy('open')}</ButtonLink>
        </Section>
      </div>
    </RoomPage>
  );
}
