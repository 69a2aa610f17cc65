// Contributions: what each kind does, and how long late entries are free.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState } from '../../../../components/state/states.tsx';
import {
  ContributionFacts,
  TreatmentTable,
} from '../../../../features/setting/policy/contribution-rules.tsx';
import { Provenance } from '../../../../features/setting/provenance.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { contributionPolicyDocument } from '../../../../features/setting/policy/policy.documents.ts';
import { VersionHistory } from '../../../../features/setting/version-history.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.contributions'))('title') };
}

export default async function ContributionRulesPage({
  searchParams,
}: {
  searchParams: Promise<{ said?: string }>;
}) {
  const t = await getTranslations('settings.contributions');
  const answer = await read(contributionPolicyDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, contributionPolicy, servicesTaxPolicy, policyVersions } = answer.data;
  const current = policyVersions.find(({ version }) => version === contributionPolicy.version);
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead')}
      said={(await searchParams).said}
      change={me.acts.includes('policy.manage') ? { href: '/settings/contributions/change' } : null}
    >
      <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <div>
          <TreatmentTable policy={contributionPolicy} />
        </div>
        <ContributionFacts
          policy={contributionPolicy}
          tax={servicesTaxPolicy}
          currency={cooperative.currency}
        />
      </div>
      {current ? <Provenance version={current} timeZone={cooperative.timeZone} /> : null}
      <VersionHistory
        csv="/settings/csv/contribution-versions"
        versions={policyVersions}
        inForce={contributionPolicy.version}
        today={cooperative.today}
        timeZone={cooperative.timeZone}
      />
    </RoomPage>
  );
}
