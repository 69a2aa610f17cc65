// Keys of programs: who has one, what waits for its supervisor, and a new one.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../components/print/section.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { KeyForm } from '../../../../features/setting/key/key-form.tsx';
import { KeyActs, KeyTable } from '../../../../features/setting/key/key-list.tsx';
import { keyRoomDocument } from '../../../../features/setting/key/key.documents.ts';
import { PendingList } from '../../../../features/setting/key/pending-list.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.apiKeys'))('title') };
}

export default async function ApiKeysPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.apiKeys');
  const answer = await read(keyRoomDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const room = answer.data;
  return (
    <RoomPage title={t('title')} lead={t('lead')} said={(await searchParams).said}>
      <div className="grid gap-y-9">
        {room.pendingActs.length > 0 ? (
          <Section title={t('waits')} id="waits">
            <PendingList room={room} />
          </Section>
        ) : null}
        <Section title={t('inUse')} id="keys">
          <KeyTable room={room} />
          <KeyActs room={room} />
        </Section>
        {room.me.acts.includes('api_key.create') ? (
          <Section title={t('create')} id="new">
            <KeyForm room={room} />
          </Section>
        ) : null}
      </div>
    </RoomPage>
  );
}
