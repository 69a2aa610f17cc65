// One member: what is known of them, their roles and standing with their history, and an administrator's acts. Everyone
// sees themselves here; others only those whose role sees all members.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../../components/shell/page-head.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { Said } from '../../../../components/state/said.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { MemberActs, RevokeAct } from '../../../../features/member/member-acts.tsx';
import { memberDocument } from '../../../../features/member/member.documents.ts';
import { LatelyGiven, ProfileFacts } from '../../../../features/member/profile-facts.tsx';
import { RolesHeld, StandingHistory } from '../../../../features/member/profile-roles.tsx';
import { Standing } from '../../../../features/member/standing.tsx';
import { read } from '../../../../lib/api/request.ts';
import { Link } from '../../../../components/link.tsx';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ said?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function MemberPage({ params, searchParams }: Props) {
  const t = await getTranslations('members');
  const { said } = await searchParams;
  const answer = await read(memberDocument, { id: decodeURIComponent((await params).id) });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('oneSubject')} />;
  const { me, cooperative, member, memberClasses, contributions, mailIsSent } = answer.data;
  if (!member) return <FaultState fault={nothing} subject={t('oneSubject')} />;
  const own = me.member?.id === member.id;
  const mayManage = me.acts.includes('member.manage');
  const mayAssign = me.acts.includes('role.assign');
  return (
    <Page>
      <PageHead
        title={member.displayName}
        above={
          <>
            {me.acts.includes('member.view_all') ? (
              <>
                <Link href="/members" className="link">
                  {t('profile.back')}
                </Link>{' '}
                ·{' '}
              </>
            ) : null}
            {t('profile.above', { number: member.number })}
            {own ? ` · ${t('profile.you')}` : null}
          </>
        }
        acts={member.status ? <Standing status={member.status} /> : null}
      />
      {said && t.has(`said.${said}` as 'said.added') ? (
        <Said>{t(`said.${said}` as 'said.added')}</Said>
      ) : null}
      <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <div className="grid gap-9">
          <ProfileFacts member={member} />
          <LatelyGiven contributions={contributions} />
        </div>
        <div className="grid gap-9">
          <RolesHeld
            member={member}
            place={cooperative}
            {...(mayAssign
              ? { revoke: (role: (typeof member.roles)[number]) => <RevokeAct member={member} role={role} /> }
              : {})}
          />
          <StandingHistory member={member} timeZone={cooperative.timeZone} />
        </div>
      </div>
      {mayManage ? (
        <MemberActs
          member={member}
          classes={memberClasses}
          currency={cooperative.currency}
          timeZone={cooperative.timeZone}
          isMailed={mailIsSent}
          own={own}
          mayAssign={mayAssign}
        />
      ) : null}
    </Page>
  );
}

const nothing = {
  kind: 'not-found',
  reason: 'NOT_FOUND',
  message: '',
  field: null,
  correlationId: null,
  facts: {},
} as const;
