// What an administrator may do with a member, each act folded away until it is wanted. Nobody grants themselves a role:
// the API refuses, and the page does not offer it.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField, CheckField, SelectField, TextField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import { Section } from '../../components/print/section.tsx';
import { kinds } from '../contribution/kind.ts';
import { AccessActs } from './access-acts.tsx';
import { assignRole, changeMember, changeMemberStatus, revokeRole } from './member.actions.ts';
import type { MemberPage, MemberProfile } from './member.documents.ts';
import { useRoleWord } from './standing.tsx';

const grantable = [
  'full_member',
  'operations_steward',
  'reviewer',
  'treasurer',
  'allocator',
  'administrator',
  'board_member',
  'auditor',
  'contributor',
  'member',
] as const;

type ActsProps = {
  member: MemberProfile;
  classes: MemberPage['memberClasses'];
  currency: string;
  timeZone: string;
  isMailed: boolean;
  own: boolean;
  mayAssign: boolean;
};

export function MemberActs(props: ActsProps) {
  const { member, classes, currency, timeZone, isMailed, own, mayAssign } = props;
  const t = useTranslations('members.acts');
  const at = `/members/${encodeURIComponent(member.id)}`;
  return (
    <Section title={t('title')} id="acts" className="mt-9">
      {member.nextStatuses.length > 0 ? <StatusAct member={member} at={at} /> : null}
      <FactsAct member={member} classes={classes} currency={currency} at={at} />
      {mayAssign && !own ? <RoleAct member={member} currency={currency} at={at} /> : null}
      <AccessActs member={member} isMailed={isMailed} timeZone={timeZone} at={at} own={own} />
    </Section>
  );
}

type ActProps = { member: MemberProfile; at: string };

function StatusAct({ member, at }: ActProps) {
  const t = useTranslations('members.acts');
  const status = useTranslations('members.status');
  return (
    <PageForm
      form="status"
      fold={{ label: t('status') }}
      act={changeMemberStatus}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('statusAct')}
      about={{ memberId: member.id }}
      className="max-w-xl"
    >
      <SelectField
        name="status"
        label={t('statusTo')}
        choices={member.nextStatuses.map((one) => ({ value: one, label: status(one) }))}
      />
      <AreaField name="reason" label={t('reason')} hint={t('reasonHint')} required />
    </PageForm>
  );
}

function FactsAct({ member, classes, currency, at }: ActProps & Pick<ActsProps, 'classes' | 'currency'>) {
  const t = useTranslations('members.acts');
  const f = useTranslations('members.new');
  return (
    <PageForm
      form="facts"
      fold={{ label: t('facts') }}
      act={changeMember}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('factsAct')}
      about={{ memberId: member.id }}
      className="max-w-2xl"
    >
      <div className="grid gap-5 desk:grid-cols-2">
        <TextField name="displayName" label={f('displayName')} value={member.displayName} required />
        <TextField name="legalName" label={f('legalName')} hint={f('legalHint')} value={member.legalName} />
        <TextField name="email" label={f('email')} type="email" value={member.email} required />
        <SelectField
          name="class"
          label={f('class')}
          value={member.class}
          choices={classes
            .filter((one) => !one.retired || one.class === member.class)
            .map((one) => ({ value: one.class, label: one.name }))}
        />
        <TextField name="joinedOn" label={f('joined')} type="date" value={member.joinedOn} />
        <TextField
          name="droAmount"
          label={f('dro')}
          value={member.droAmount}
          inputMode="decimal"
          unit={currency}
        />
      </div>
    </PageForm>
  );
}

function RoleAct({ member, currency, at }: ActProps & { currency: string }) {
  const t = useTranslations('members.acts');
  const kind = useTranslations('kind');
  const word = useRoleWord();
  return (
    <PageForm
      form="role"
      fold={{ label: t('role') }}
      act={assignRole}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('roleAct')}
      about={{ memberId: member.id }}
      className="max-w-2xl"
    >
      <div className="grid gap-5 desk:grid-cols-2">
        <SelectField
          name="role"
          label={t('roleField')}
          choices={grantable.map((role) => ({ value: role, label: word(role) }))}
        />
        <TextField name="expiresOn" label={t('expires')} hint={t('expiresHint')} type="date" />
        <TextField
          name="limit"
          label={t('limit')}
          hint={t('limitHint')}
          inputMode="decimal"
          unit={currency}
        />
        <TextField name="categories" label={t('categories')} hint={t('categoriesHint')} />
      </div>
      <fieldset>
        <legend className="t-strong">{t('kinds')}</legend>
        <p className="t-small text-ink-2">{t('kindsHint')}</p>
        <div className="flex flex-wrap gap-x-6">
          {kinds.map((one) => (
            <CheckField key={one} name="kinds" value={one.toLowerCase()} label={kind(one)} />
          ))}
        </div>
      </fieldset>
      <AreaField name="reason" label={t('reason')} hint={t('reasonHint')} required />
    </PageForm>
  );
}

export function RevokeAct({ member, role }: { member: MemberProfile; role: MemberProfile['roles'][number] }) {
  const t = useTranslations('members.acts');
  const word = useRoleWord();
  return (
    <PageForm
      act={revokeRole}
      actionKey={randomUUID()}
      returnTo={`/members/${encodeURIComponent(member.id)}`}
      label={t('revokeAct')}
      tone="stop"
      form={role.id}
      fold={{ label: t('revokeTitle', { role: word(role.role) }), tone: 'stop', quiet: true }}
      about={{ memberId: member.id, assignmentId: role.id }}
    >
      <TextField name="reason" label={t('reason')} hint={t('reasonHint')} required maxLength={500} />
    </PageForm>
  );
}
