// Approval: from which value two people sign, who decides what, and what needs nobody.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState } from '../../../../components/state/states.tsx';
import {
  ApprovalLines,
  AutomaticRules,
  PeerRules,
  Routes,
} from '../../../../features/setting/policy/approval-facts.tsx';
import { Provenance } from '../../../../features/setting/provenance.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { approvalDocument } from '../../../../features/setting/policy/policy.documents.ts';
import { VersionHistory } from '../../../../features/setting/version-history.tsx';
import { AloneNotice, WaitingRules } from '../../../../features/setting/policy/waiting-rules.tsx';
import { read } from '../../../../lib/api/request.ts';
import { Link } from '../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.approval'))('title') };
}

export default async function ApprovalPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.approval');
  const answer = await read(approvalDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, approvalPolicy, approvalPolicyRequests, policyVersions } = answer.data;
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead')}
      said={(await searchParams).said}
      change={me.acts.includes('policy.manage') ? { href: '/settings/approval/change' } : null}
    >
      {me.isPeer || me.acts.includes('contribution.view_all') ? (
        <p className="t-ui mb-7">
          <Link href="/settings/approval/away" className="link">
            {t('away.link')}
          </Link>
        </p>
      ) : null}
      <AloneNotice room={answer.data} />
      {approvalPolicyRequests.map((request) => (
        <WaitingRules key={request.id} request={request} room={answer.data} />
      ))}
      <div className="max-w-md">
        <ApprovalLines policy={approvalPolicy} currency={cooperative.currency} />
      </div>
      <Provenance version={approvalPolicy} timeZone={cooperative.timeZone} />
      <div className="mt-9 grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <Routes policy={approvalPolicy} />
        <PeerRules rules={approvalPolicy.peerRules} />
        <AutomaticRules policy={approvalPolicy} />
      </div>
      <VersionHistory
        csv="/settings/csv/approval"
        versions={policyVersions}
        inForce={approvalPolicy.version}
        today={cooperative.today}
        timeZone={cooperative.timeZone}
      />
    </RoomPage>
  );
}
