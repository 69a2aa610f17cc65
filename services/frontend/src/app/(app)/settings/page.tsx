// The settings: a quiet list of rooms, each with what is in force in it.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { FaultState } from '../../../components/state/states.tsx';
import { RoomList } from '../../../features/setting/room-list.tsx';
import { settingsDocument } from '../../../features/setting/setting.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { readEnvironment } from '../../../lib/environment.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function SettingsPage() {
  const t = await getTranslations('settings');
  const answer = await read(settingsDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  return (
    <Page>
      <PageHead title={t('title')} above={t('lead', { name: answer.data.cooperative.name })} />
      <RoomList settings={answer.data} />
      <p className="t-small mt-8 text-ink-3">{t('release', readEnvironment().release)}</p>
    </Page>
  );
}
