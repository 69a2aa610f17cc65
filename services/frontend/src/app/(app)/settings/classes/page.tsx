// Classes of membership.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Table } from '../../../../components/print/table.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { ClassActs } from '../../../../features/setting/policy/class-acts.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { classesDocument } from '../../../../features/setting/policy/policy.documents.ts';
import { VersionHistory } from '../../../../features/setting/version-history.tsx';
import { read } from '../../../../lib/api/request.ts';
import { Link } from '../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.classes'))('title') };
}

export default async function ClassesPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.classes');
  const answer = await read(classesDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, memberClasses, policyVersions } = answer.data;
  const seesAll = me.acts.includes('member.view_all');
  return (
    <RoomPage title={t('title')} lead={t('lead')} said={(await searchParams).said}>
      <Table
        caption={t('title')}
        rows={memberClasses}
        keyOf={(one) => one.class}
        csv="/settings/csv/classes"
        className="max-w-2xl"
        columns={[
          { head: t('name'), name: ({ name }) => name },
          { head: t('state'), text: ({ retired }) => t(retired ? 'retired' : 'open'), tone: 'text-ink-2' },
          seesAll && {
            head: t('members'),
            figure: (one) => (
              <Link href={`/members?class=${encodeURIComponent(one.class)}`} className="cell">
                {one.members ?? 0}
              </Link>
            ),
          },
        ]}
      />
      {me.acts.includes('policy.manage') ? (
        <ClassActs classes={memberClasses.filter(({ retired }) => !retired)} />
      ) : null}
      <VersionHistory
        csv="/settings/csv/class-versions"
        versions={policyVersions}
        inForce={policyVersions[0]?.version ?? 0}
        today={cooperative.today}
        timeZone={cooperative.timeZone}
      />
    </RoomPage>
  );
}
