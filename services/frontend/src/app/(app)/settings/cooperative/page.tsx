// The cooperative's profile.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SelectField, TextField } from '../../../../components/control/page-field.tsx';
import { PageForm } from '../../../../components/control/page-form.tsx';
import { FactList } from '../../../../components/print/fact-list.tsx';
import { Section } from '../../../../components/print/section.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { changeCooperative } from '../../../../features/setting/policy/policy.actions.ts';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { FactorPolicy } from '../../../../features/setting/security/factor-policy.tsx';
import { cooperativeDocument } from '../../../../features/setting/setting.documents.ts';
import type { ResultOf } from '../../../../lib/api/graphql.ts';
import { read } from '../../../../lib/api/request.ts';
import { firstOf } from '../../../../lib/civil-day.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';

const regimes = ['subchapter_k', 'subchapter_t'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.cooperative'))('title') };
}

export default async function CooperativePage({
  searchParams,
}: {
  searchParams: Promise<{ said?: string }>;
}) {
  const t = await getTranslations('settings.cooperative');
  const a = await getTranslations('settings.allocation');
  const b = await getTranslations('settings.books');
  const { dateMonthDay } = await getFormat();
  const answer = await read(cooperativeDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, secondFactorPolicy } = answer.data;
  const mayChange = me.acts.includes('policy.manage');
  return (
    <RoomPage title={t('title')} said={(await searchParams).said}>
      <div className="max-w-xl">
        <FactList
          lines={[
            { key: 'name', label: t('name'), value: cooperative.name },
            ...(cooperative.legalName
              ? [{ key: 'legalName', label: t('legalName'), value: cooperative.legalName }]
              : []),
            { key: 'slug', label: t('slug'), value: cooperative.slug },
            {
              key: 'currency',
              label: t('currency'),
              value: cooperative.currency,
              note: t('currencyNote'),
            },
            { key: 'zone', label: t('zone'), value: cooperative.timeZone },
            {
              key: 'fiscal',
              label: b('fiscal'),
              value: dateMonthDay(firstOf(cooperative.fiscalStartMonth)),
              note: b('fiscalNote'),
            },
            {
              key: 'regime',
              label: t('regime'),
              value: a(`regimes.${cooperative.taxRegime as 'subchapter_k'}`),
              tone: 'tax',
            },
          ]}
        />
      </div>
      {mayChange ? <ProfileForm cooperative={cooperative} /> : null}
      <Section title={t('factor')} id="factor" className="mt-9 max-w-3xl">
        <FactorPolicy policy={secondFactorPolicy} today={cooperative.today} mayChange={mayChange} />
      </Section>
    </RoomPage>
  );
}

type Profile = ResultOf<typeof cooperativeDocument>['cooperative'];

async function ProfileForm({ cooperative }: { cooperative: Profile }) {
  const t = await getTranslations('settings.cooperative');
  const a = await getTranslations('settings.allocation');
  return (
    <div className="mt-7 max-w-3xl">
      <PageForm
        form="profile"
        fold={{ label: t('change') }}
        act={changeCooperative}
        actionKey={randomUUID()}
        returnTo="/settings/cooperative"
        label={t('changeAct')}
        className="max-w-xl"
      >
        <TextField name="name" label={t('name')} value={cooperative.name} required maxLength={200} />
        <TextField
          name="legalName"
          label={t('legalName')}
          hint={t('legalNameHint')}
          value={cooperative.legalName}
          maxLength={200}
        />
        <TextField
          name="timeZone"
          label={t('zone')}
          hint={t('zoneHint')}
          value={cooperative.timeZone}
          required
        />
        <SelectField
          name="taxRegime"
          label={t('regime')}
          value={cooperative.taxRegime}
          choices={regimes.map((value) => ({ value, label: a(`regimes.${value}`) }))}
        />
      </PageForm>
    </div>
  );
}
