// One's own data: taken away, erased, and what is kept for how long.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../../components/print/section.tsx';
import { FaultState } from '../../../../../components/state/states.tsx';
import {
  KeptList,
  OwnErasure,
  RetentionList,
  TakeAway,
} from '../../../../../features/setting/privacy/my-privacy.tsx';
import { myPrivacyDocument } from '../../../../../features/setting/privacy/privacy.documents.ts';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('privacy'))('title') };
}

export default async function MyPrivacyPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('privacy');
  const s = await getTranslations('security');
  const answer = await read(myPrivacyDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, retention } = answer.data;
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead')}
      said={(await searchParams).said}
      back={{ href: '/settings/me', label: s('back') }}
    >
      <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <Section title={t('takeTitle')} id="take">
          <TakeAway proven={me.recentlyProven} />
        </Section>
        <Section title={t('eraseTitle')} id="erase">
          <OwnErasure me={me} cooperative={cooperative} />
        </Section>
      </div>
      <div className="mt-9">
        <Section title={t('keptTitle')} id="kept">
          <KeptList />
        </Section>
      </div>
      <div className="mt-9">
        <Section title={t('retentionTitle')} id="retention">
          <RetentionList rules={retention} />
        </Section>
      </div>
    </RoomPage>
  );
}
