// A new rate: for which kind, category and member, how it values, from when and why.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import type { Choice } from '../../../components/control/page-field.tsx';
import { AreaField, CheckField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { kinds } from '../../contribution/kind.ts';
import { setValuationRule } from './policy.actions.ts';

const methods = ['rate', 'fixed', 'market', 'formula'] as const;

type RateFormProps = { members: readonly Choice[]; currency: string; earliest: string };

export function RateForm({ members, currency, earliest }: RateFormProps) {
  const s = useTranslations('settings');
  const t = useTranslations('settings.rates');
  const kind = useTranslations('kind');
  return (
    <PageForm
      act={setValuationRule}
      actionKey={randomUUID()}
      returnTo="/settings/rates/change"
      label={t('changeAct')}
      cancel={{ href: '/settings/rates', label: s('cancel') }}
      className="max-w-3xl"
    >
      <div className="grid gap-5 desk:grid-cols-2">
        <SelectField
          name="kind"
          label={t('kind')}
          choices={kinds.map((one) => ({ value: one, label: kind(one) }))}
        />
        <TextField name="category" label={t('category')} hint={t('categoryHint')} maxLength={80} />
        <SelectField
          name="memberId"
          label={t('member')}
          choices={[{ value: '', label: t('everyMember') }, ...members]}
        />
        <SelectField
          name="method"
          label={t('method')}
          choices={methods.map((one) => ({ value: one, label: t(`methods.${one}`) }))}
        />
        <TextField name="rate" label={t('rate')} hint={t('rateHint')} inputMode="decimal" unit={currency} />
        <TextField
          name="fixedValue"
          label={t('fixed')}
          hint={t('fixedHint')}
          inputMode="decimal"
          unit={currency}
        />
      </div>
      <TextField name="expression" label={t('formula')} hint={t('formulaHint')} />
      <TextField
        name="effectiveFrom"
        label={s('form.from')}
        type="date"
        value={earliest}
        required
        className="max-w-xs"
      />
      <CheckField name="waiveNotice" label={t('waive')} hint={t('waiveHint')} />
      <AreaField name="rationale" label={s('form.why')} hint={s('form.whyHint')} required />
    </PageForm>
  );
}
