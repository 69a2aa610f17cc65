// How one wants to be told: each kind of notice, on the pages and by mail.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Notice } from '../../../../../components/state/notice.tsx';
import { Empty, FaultState } from '../../../../../components/state/states.tsx';
import { notificationPreferencesDocument } from '../../../../../features/notification/notification.documents.ts';
import { PreferenceForm } from '../../../../../features/notification/preference-form.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications'))('settings') };
}

export default async function NotificationSettingsPage({
  searchParams,
}: {
  searchParams: Promise<{ said?: string }>;
}) {
  const t = await getTranslations('notifications');
  const answer = await read(notificationPreferencesDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('settings')} />;
  const { me, mailIsSent } = answer.data;
  const back = { href: '/settings/me', label: (await getTranslations('settings.me'))('title') };
  return (
    <RoomPage
      title={t('settings')}
      lead={t('settingsLead', { email: me.email })}
      said={(await searchParams).said}
      back={back}
    >
      {mailIsSent ? null : (
        <div className="mb-6 max-w-3xl">
          <Notice tone="wait">{t('noMail')}</Notice>
        </div>
      )}
      {me.notificationPreferences.length === 0 ? (
        <Empty title={t('noMember.title')} text={t('noMember.text')} />
      ) : (
        <PreferenceForm preferences={me.notificationPreferences} />
      )}
    </RoomPage>
  );
}
