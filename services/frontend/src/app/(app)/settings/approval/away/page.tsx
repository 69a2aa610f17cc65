// Which stewards are away, and announcing that one is.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../../components/print/section.tsx';
import { FaultState } from '../../../../../components/state/states.tsx';
import {
  AbsenceEnds,
  AbsenceForm,
  AbsenceTable,
} from '../../../../../features/setting/absence/absence-parts.tsx';
import { absenceRoomDocument } from '../../../../../features/setting/absence/absence.documents.ts';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.approval.away'))('title') };
}

export default async function AwayPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.approval');
  const answer = await read(absenceRoomDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('away.title')} />;
  const room = answer.data;
  const announces = ['contribution.approve', 'role.assign'].some((act) => room.me.acts.includes(act));
  return (
    <RoomPage
      title={t('away.title')}
      lead={t('away.lead')}
      said={(await searchParams).said}
      back={{ href: '/settings/approval', label: t('title') }}
    >
      <Section title={t('away.list')} id="absences">
        <AbsenceTable room={room} />
        <AbsenceEnds room={room} />
      </Section>
      {announces ? (
        <Section title={t('away.new')} id="new" className="mt-9">
          <AbsenceForm room={room} />
        </Section>
      ) : null}
    </RoomPage>
  );
}
