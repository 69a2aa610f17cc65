// Erasures: what was asked for, what waits for a second administrator, and asking for somebody who left.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../components/print/section.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import {
  ErasureTable,
  RequestForm,
  WaitingErasures,
} from '../../../../features/setting/privacy/erasure-parts.tsx';
import { erasureRoomDocument } from '../../../../features/setting/privacy/privacy.documents.ts';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacy'))('room') };
}

export default async function PrivacyPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('privacy');
  const answer = await read(erasureRoomDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('room')} />;
  const room = answer.data;
  return (
    <RoomPage title={t('room')} lead={t('roomLead')} said={(await searchParams).said}>
      <div className="grid gap-y-9">
        <Section title={t('requests')} id="requests">
          <ErasureTable room={room} />
          <div className="mt-5">
            <WaitingErasures room={room} />
          </div>
        </Section>
        <Section title={t('request')} id="request">
          <RequestForm room={room} />
        </Section>
      </div>
    </RoomPage>
  );
}
