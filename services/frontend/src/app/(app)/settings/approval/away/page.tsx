// Who is away of those whom approvals ask, and announcing that one is: stewards, and peers for themselves.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../../components/print/section.tsx';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
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
  const { acts, isPeer } = room.me;
  const announces = isPeer || acts.includes('contribution.approve') || acts.includes('role.assign');
  const seesAll = acts.includes('contribution.view_all');
  if (!announces && !seesAll && room.absences.length === 0) return <NoPermission subject={t('away.title')} />;
  return (
    <RoomPage
      title={t('away.title')}
      lead={seesAll ? t('away.lead') : t('away.peerLead')}
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
