// Everything that waits for a second person, until when, a reminder of it, and a no to it with a reason.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState } from '../../../../components/state/states.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { waitingDocument } from '../../../../features/setting/waiting/waiting.documents.ts';
import { WaitingDeclines, WaitingTable } from '../../../../features/setting/waiting/waiting-parts.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.waitingRoom'))('title') };
}

export default async function WaitingPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.waitingRoom');
  const answer = await read(waitingDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const room = answer.data;
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead', { days: room.approvalPolicy.secondPersonDays })}
      said={(await searchParams).said}
    >
      <WaitingTable room={room} />
      <div className="mt-5 grid gap-2">
        <WaitingDeclines room={room} />
      </div>
    </RoomPage>
  );
}
