// Adding a member.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CheckField, SelectField, TextField } from '../../../../components/control/page-field.tsx';
import { PageForm } from '../../../../components/control/page-form.tsx';
import { PageHead } from '../../../../components/shell/page-head.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState, NoPermission } from '../../../../components/state/states.tsx';
import { addMember } from '../../../../features/member/member.actions.ts';
import { newMemberDocument } from '../../../../features/member/member.documents.ts';
import { read } from '../../../../lib/api/request.ts';
import { Link } from '../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members.new'))('title') };
}

export default async function NewMemberPage() {
  const t = await getTranslations('members.new');
  const members = await getTranslations('members');
  const answer = await read(newMemberDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, memberClasses } = answer.data;
  if (!me.acts.includes('member.manage')) return <NoPermission subject={t('title')} />;
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={
          <Link href="/members" className="link">
            {members('title')}
          </Link>
        }
      />
      <PageForm
        act={addMember}
        actionKey={randomUUID()}
        returnTo="/members/new"
        label={t('act')}
        cancel={{ href: '/members', label: t('cancel') }}
        className="max-w-2xl"
      >
        <div className="grid gap-5 desk:grid-cols-2">
          <TextField name="displayName" label={t('displayName')} required maxLength={200} />
          <TextField name="legalName" label={t('legalName')} hint={t('legalHint')} maxLength={200} />
          <TextField name="email" label={t('email')} type="email" required />
          <SelectField
            name="class"
            label={t('class')}
            choices={memberClasses
              .filter(({ retired }) => !retired)
              .map((one) => ({ value: one.class, label: one.name }))}
          />
          <TextField name="joinedOn" label={t('joined')} type="date" value={cooperative.today} />
          <TextField
            name="droAmount"
            label={t('dro')}
            hint={t('droHint')}
            inputMode="decimal"
            unit={cooperative.currency}
          />
        </div>
        <CheckField name="pending" label={t('pending')} />
      </PageForm>
    </Page>
  );
}
