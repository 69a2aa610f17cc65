// New rules for contributions, and the tax basis of services.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import {
  ContributionForm,
  ServicesTaxForm,
} from '../../../../../features/setting/policy/contribution-rules.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { contributionPolicyDocument } from '../../../../../features/setting/policy/policy.documents.ts';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.contributions'))('changeTitle') };
}

export default async function ChangeContributionRulesPage() {
  const t = await getTranslations('settings.contributions');
  const answer = await read(contributionPolicyDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('changeTitle')} />;
  const { me, cooperative, contributionPolicy, servicesTaxPolicy } = answer.data;
  if (!me.acts.includes('policy.manage')) return <NoPermission subject={t('changeTitle')} />;
  return (
    <RoomPage title={t('changeTitle')} back={{ href: '/settings/contributions', label: t('title') }}>
      <ContributionForm policy={contributionPolicy} currency={cooperative.currency} />
      <div className="mt-12">
        <ServicesTaxForm tax={servicesTaxPolicy} />
      </div>
    </RoomPage>
  );
}
