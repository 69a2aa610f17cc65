// New weights, from the first day of the next period unless another is chosen.
import { addDays } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { weightsDocument } from '../../../../../features/setting/terms/terms.documents.ts';
import { WeightsForm } from '../../../../../features/setting/terms/weights-parts.tsx';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.weights'))('changeTitle') };
}

export default async function ChangeWeightsPage() {
  const t = await getTranslations('settings.weights');
  const answer = await read(weightsDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('changeTitle')} />;
  const { me, policies, weights, currentPeriod } = answer.data;
  if (!me.acts.includes('weight.set')) return <NoPermission subject={t('changeTitle')} />;
  const current = weights.find(({ id }) => id === policies.weights.id);
  return (
    <RoomPage
      title={t('changeTitle')}
      lead={t('changeLead')}
      back={{ href: '/settings/weights', label: t('title') }}
    >
      <WeightsForm
        weights={current?.weights ?? []}
        from={currentPeriod ? addDays(currentPeriod.to as LocalDate, 1) : ''}
      />
    </RoomPage>
  );
}
