// New rules of allocation and distribution, from the first day of the next period unless another is chosen.
import { addDays } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import { AgreementForm } from '../../../../../features/setting/terms/agreement-form.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { agreementsDocument } from '../../../../../features/setting/terms/terms.documents.ts';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.allocation'))('changeTitle') };
}

export default async function ChangeAgreementsPage() {
  const t = await getTranslations('settings.allocation');
  const answer = await read(agreementsDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('changeTitle')} />;
  const { me, cooperative, policies, memberClasses, currentPeriod } = answer.data;
  if (!me.acts.includes('policy.manage')) return <NoPermission subject={t('changeTitle')} />;
  const current = answer.data.agreementPolicyVersions.find(({ id }) => id === policies.id);
  return (
    <RoomPage title={t('changeTitle')} back={{ href: '/settings/allocation', label: t('title') }}>
      {current ? (
        <AgreementForm
          agreement={current}
          classes={memberClasses.filter(({ retired }) => !retired)}
          currency={cooperative.currency}
          from={currentPeriod ? addDays(currentPeriod.to as LocalDate, 1) : ''}
        />
      ) : null}
    </RoomPage>
  );
}
