// The roles somebody holds and held, each with who gave it and why, and how their standing came about.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Section } from '../../components/print/section.tsx';
import { Table } from '../../components/print/table.tsx';
import { dayIn } from '../../lib/civil-day.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import type { MemberProfile } from './member.documents.ts';
import { useRoleWord } from './standing.tsx';

type Role = MemberProfile['roles'][number];
type Place = { currency: string; timeZone: string; today: string };

export function RolesHeld({
  member,
  place,
  revoke,
}: {
  member: MemberProfile;
  place: Place;
  /** The administrator's act below a role. */
  revoke?: (role: Role) => ReactNode;
}) {
  const t = useTranslations('members.profile');
  const word = useRoleWord();
  const texts = useTranslations('members.roleText');
  return (
    <Section title={t('roles')} id="roles">
      {member.roles.length === 0 ? <p className="t-body text-ink-2">{t('noRoles')}</p> : null}
      <ul>
        {member.roles.map((role) => (
          <li key={role.id} className="border-b border-rule py-2.5">
            <p className="t-strong">
              {word(role.role)}
              {texts.has(role.role as 'member') ? (
                <span className="t-small font-normal text-ink-2"> {texts(role.role as 'member')}</span>
              ) : null}
            </p>
            <RoleNote role={role} place={place} />
            {revoke?.(role)}
          </li>
        ))}
      </ul>
      {member.formerRoles.length > 0 ? (
        <details className="disclosure mt-3">
          <summary className="t-ui text-pen">{t('former')}</summary>
          <ul>
            {member.formerRoles.map((role) => (
              <li key={role.id} className="border-b border-rule py-2.5">
                <p className="t-strong text-ink-2">{word(role.role)}</p>
                <RoleNote role={role} place={place} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Section>
  );
}

function RoleNote({ role, place }: { role: Role; place: Place }) {
  const t = useTranslations('members.profile');
  const { dateLong, moneyText } = useFormat();
  const granted = dateLong(dayIn(place.timeZone, role.grantedAt));
  const only = [...(role.kinds ?? []), ...(role.categories ?? [])].join(', ');
  const facts = [
    role.grantedBy
      ? t('granted', { date: granted, name: role.grantedBy.displayName })
      : t('grantedFounding', { date: granted }),
    role.expiresOn
      ? t(role.expiresOn < place.today ? 'expired' : 'until', { date: dateLong(role.expiresOn) })
      : null,
    role.limit ? t('limit', { amount: moneyText(role.limit, { currency: place.currency }) }) : null,
    only ? t('only', { what: only }) : null,
    role.endedAt ? t('ended', { date: dateLong(dayIn(place.timeZone, role.endedAt)) }) : null,
  ].filter(Boolean);
  return (
    <>
      <p className="t-small text-ink-2">{facts.join(' · ')}</p>
      <p className="t-small text-ink-2">
        {role.reasonCode === 'joined' && !role.endReason
          ? t('onJoining')
          : `“${role.endReason ?? role.reason}”`}
      </p>
    </>
  );
}

export function StandingHistory({ member, timeZone }: { member: MemberProfile; timeZone: string }) {
  const t = useTranslations('members.profile');
  const step = useTranslations('members.step');
  const status = useTranslations('members.status');
  const { dateLong } = useFormat();
  return (
    <Section title={t('history')} id="standing">
      <Table
        caption={t('historyCaption')}
        rows={member.history.toReversed()}
        keyOf={({ act, at }) => `${act}${at}`}
        columns={[
          {
            head: t('what'),
            name: (one) => (
              <>
                {step.has(one.act as 'joined')
                  ? step(one.act as 'joined', { from: one.from ? status(one.from) : '', to: status(one.to) })
                  : one.act}
                {one.reason ? <span className="t-small block text-ink-2">“{one.reason}”</span> : null}
              </>
            ),
          },
          { head: t('who'), text: ({ by }) => by?.displayName ?? t('system') },
          {
            head: t('when'),
            text: ({ at }) => dateLong(dayIn(timeZone, at)),
            tone: 'whitespace-nowrap text-ink-2',
          },
        ]}
      />
    </Section>
  );
}
