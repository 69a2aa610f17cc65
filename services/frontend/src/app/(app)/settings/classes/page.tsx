// Classes of membership.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { FaultState } from '../../../../components/state/states.tsx';
import { ClassActs } from '../../../../features/setting/policy/class-acts.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { classesDocument } from '../../../../features/setting/policy/policy.documents.ts';
import { VersionHistory } from '../../../../features/setting/version-history.tsx';
import { read } from '../../../../lib/api/request.ts';

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
      <table className="book max-w-2xl">
        <caption className="sr-only">{t('title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('state')}</th>
            {seesAll ? (
              <th scope="col" className="num">
                {t('members')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {memberClasses.map((one) => (
            <tr key={one.class}>
              <th scope="row">{one.name}</th>
              <td className="text-ink-2">{t(one.retired ? 'retired' : 'open')}</td>
              {seesAll ? (
                <td className="num">
                  <Link href={`/members?class=${encodeURIComponent(one.class)}`} className="cell">
                    {one.members ?? 0}
                  </Link>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {me.acts.includes('policy.manage') ? (
        <ClassActs classes={memberClasses.filter(({ retired }) => !retired)} />
      ) : null}
      <VersionHistory
        versions={policyVersions}
        inForce={policyVersions[0]?.version ?? 0}
        today={cooperative.today}
        timeZone={cooperative.timeZone}
      />
    </RoomPage>
  );
}
