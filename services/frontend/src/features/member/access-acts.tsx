// Letting a member sign in: an invitation they answer themselves, and a way back in for somebody who forgot their password
// where no mail is sent, or who lost the device of their second factor.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField, TextField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { inviteMember, makeResetLink, resetSecondFactor, revokeInvitation } from './member.actions.ts';
import type { MemberProfile } from './member.documents.ts';

type AccessProps = { member: MemberProfile; isMailed: boolean; timeZone: string; at: string; own: boolean };

export function AccessActs(props: AccessProps) {
  if (!props.member.hasLogin) return <InviteAct {...props} />;
  const hasDevice = props.member.hasSecondFactor || props.member.hasPasskey;
  return (
    <>
      {props.isMailed ? null : <ResetAct {...props} />}
      {hasDevice && !props.own ? <FactorAct {...props} /> : null}
    </>
  );
}

function FactorAct({ member, at }: AccessProps) {
  const t = useTranslations('members.acts');
  return (
    <PageForm
      form="factor"
      fold={{ label: t('factor'), tone: 'stop' }}
      act={resetSecondFactor}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('factorAct')}
      tone="stop"
      about={{ memberId: member.id }}
      className="max-w-xl"
    >
      <p className="t-body text-ink-2">{t('factorText')}</p>
      <AreaField name="reason" label={t('reason')} hint={t('reasonHint')} required />
    </PageForm>
  );
}

function InviteAct({ member, isMailed, timeZone, at }: AccessProps) {
  const t = useTranslations('members.acts');
  const { instantText } = useFormat();
  const { invitation } = member;
  return (
    <>
      <PageForm
        form="invite"
        fold={{ label: t(invitation ? 'inviteAgain' : 'invite') }}
        act={inviteMember}
        actionKey={randomUUID()}
        returnTo={at}
        label={t('inviteAct')}
        about={{ memberId: member.id }}
        className="max-w-xl"
      >
        <p className="t-body text-ink-2">{t('inviteText')}</p>
        {isMailed ? null : <p className="t-body text-ink-2">{t('inviteByHand')}</p>}
        <TextField
          name="email"
          label={t('inviteTo')}
          type="email"
          value={invitation?.email ?? member.email}
          required
        />
      </PageForm>
      {invitation ? (
        <PageForm
          form="uninvite"
          act={revokeInvitation}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('revokeInvitation')}
          tone="stop"
          about={{ memberId: member.id }}
          className="border-b border-rule py-4"
        >
          <p className="t-ui">
            {t('invited', { email: invitation.email, date: instantText(invitation.expiresAt, timeZone) })}
          </p>
        </PageForm>
      ) : null}
    </>
  );
}

function ResetAct({ member, at }: AccessProps) {
  const t = useTranslations('members.acts');
  return (
    <PageForm
      form="reset"
      fold={{ label: t('reset') }}
      act={makeResetLink}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('resetAct')}
      about={{ memberId: member.id }}
      className="max-w-xl"
    >
      <p className="t-body text-ink-2">{t('resetText')}</p>
    </PageForm>
  );
}
