// Allocation and distribution: what is agreed, what waits for a second person, and every version before.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState } from '../../../../components/state/states.tsx';
import { AgreementFacts, SurplusLines } from '../../../../features/setting/terms/agreement-facts.tsx';
import { Provenance } from '../../../../features/setting/provenance.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { agreementsDocument } from '../../../../features/setting/terms/terms.documents.ts';
import { VersionHistory } from '../../../../features/setting/version-history.tsx';
import { WaitingTerms } from '../../../../features/setting/terms/waiting-terms.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.allocation'))('title') };
}

export default async function AgreementsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.allocation');
  const answer = await read(agreementsDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, policies, agreementPolicyVersions: versions } = answer.data;
  const current = versions.find(({ id }) => id === policies.id);
  const { currency, timeZone, today } = cooperative;
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead')}
      said={(await searchParams).said}
      change={me.acts.includes('policy.manage') ? { href: '/settings/allocation/change' } : null}
    >
      {versions
        .filter(({ status }) => status === 'waiting')
        .map((version) => (
          <WaitingTerms
            key={version.id}
            version={version}
            room="allocation"
            viewer={me.displayName}
            timeZone={timeZone}
          >
            <div className="grid items-start gap-x-14 gap-y-6 desk:grid-cols-2">
              <AgreementFacts agreement={version} place={{ currency }} />
              <SurplusLines agreement={version} currency={currency} />
            </div>
          </WaitingTerms>
        ))}
      {current ? (
        <>
          <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
            <AgreementFacts agreement={current} place={{ currency, regime: policies.regime }} />
            <SurplusLines agreement={current} currency={currency} />
          </div>
          <Provenance version={current} timeZone={timeZone} />
        </>
      ) : null}
      <VersionHistory
        csv="/settings/csv/allocation"
        versions={versions}
        inForce={current?.version ?? 0}
        today={today}
        timeZone={timeZone}
      />
    </RoomPage>
  );
}
