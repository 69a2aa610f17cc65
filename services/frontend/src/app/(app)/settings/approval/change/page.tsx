// New approval rules, and the rules for what needs nobody.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../../components/print/section.tsx';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import { ApprovalForm, AutomaticForm } from '../../../../../features/setting/policy/approval-form.tsx';
import { AloneNotice } from '../../../../../features/setting/policy/waiting-rules.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { approvalFormDocument } from '../../../../../features/setting/policy/policy.documents.ts';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.approval'))('changeTitle') };
}

export default async function ChangeApprovalPage() {
  const t = await getTranslations('settings.approval');
  const answer = await read(approvalFormDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('changeTitle')} />;
  if (!answer.data.me.acts.includes('policy.manage')) return <NoPermission subject={t('changeTitle')} />;
  return (
    <RoomPage title={t('changeTitle')} back={{ href: '/settings/approval', label: t('title') }}>
      <AloneNotice room={answer.data} />
      <ApprovalForm data={answer.data} />
      <Section title={t('automatic')} id="automatic" className="mt-12">
        <AutomaticForm data={answer.data} />
      </Section>
    </RoomPage>
  );
}
