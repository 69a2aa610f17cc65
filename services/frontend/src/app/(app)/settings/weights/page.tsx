// Weights: those in force, any that wait for a second person, and every version before.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState } from '../../../../components/state/states.tsx';
import { Provenance } from '../../../../features/setting/provenance.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { weightsDocument } from '../../../../features/setting/terms/terms.documents.ts';
import { VersionHistory } from '../../../../features/setting/version-history.tsx';
import { WaitingTerms } from '../../../../features/setting/terms/waiting-terms.tsx';
import { WeightTable, WeightsLine } from '../../../../features/setting/terms/weights-parts.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.weights'))('title') };
}

export default async function WeightsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.weights');
  const answer = await read(weightsDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, policies, weights } = answer.data;
  const current = weights.find(({ id }) => id === policies.weights.id);
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead')}
      said={(await searchParams).said}
      change={me.acts.includes('weight.set') ? { href: '/settings/weights/change' } : null}
    >
      {weights
        .filter(({ status }) => status === 'waiting')
        .map((version) => (
          <WaitingTerms
            key={version.id}
            version={version}
            room="weights"
            viewer={me.displayName}
            timeZone={cooperative.timeZone}
          >
            <WeightTable weights={version.weights} />
          </WaitingTerms>
        ))}
      {current ? (
        <>
          <WeightTable weights={current.weights} />
          <Provenance version={current} timeZone={cooperative.timeZone} />
        </>
      ) : null}
      <VersionHistory
        csv="/settings/csv/weights"
        versions={weights}
        inForce={current?.version ?? 0}
        today={cooperative.today}
        timeZone={cooperative.timeZone}
        what={(version) => <WeightsLine weights={version.weights} />}
      />
    </RoomPage>
  );
}
