// The form of what is agreed on sharing and paying: it starts from what is in force, and sends all of it.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField, CheckField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { percentOf } from '../../../lib/percent.ts';
import type { Agreement, AgreementsRoom } from './terms.documents.ts';
import { useCancel } from '../room-page.tsx';
import { SurplusRows } from './surplus-rows.tsx';
import { setAgreements } from './terms.actions.ts';
import { thresholdKinds, thresholdNumber } from './threshold.ts';

const formulas = ['weighted', 'equal', 'hours_only', 'revenue_only', 'tiered'] as const;
const roundings = ['largest_remainder', 'residual_to_largest'] as const;
const statuses = ['active', 'suspended', 'inactive', 'withdrawing', 'withdrawn'] as const;

type FormProps = {
  agreement: Agreement;
  classes: AgreementsRoom['memberClasses'];
  currency: string;
  from: string;
};

export function AgreementForm({ agreement, classes, currency, from }: FormProps) {
  const s = useTranslations('settings.form');
  const t = useTranslations('settings.allocation');
  const cancel = useCancel('/settings/allocation');
  return (
    <PageForm
      act={setAgreements}
      actionKey={randomUUID()}
      returnTo="/settings/allocation/change"
      label={t('changeAct')}
      cancel={cancel}
    >
      <SharingFields agreement={agreement} classes={classes} />
      <Eligible agreement={agreement} classes={classes} />
      <div className="grid max-w-3xl gap-5 desk:grid-cols-2">
        <TextField
          name="cashRate"
          label={t('cashRate')}
          value={percentOf(agreement.cashRate)}
          inputMode="decimal"
          unit={s('percent')}
          required
        />
        <TextField
          name="cashReserve"
          label={t('reserve')}
          value={agreement.cashReserve}
          inputMode="decimal"
          unit={currency}
          required
        />
      </div>
      <SurplusRows agreement={agreement} />
      <div className="grid max-w-3xl gap-5">
        <TextField
          name="effectiveOn"
          label={s('from')}
          hint={s('fromPeriod')}
          type="date"
          value={from}
          required
        />
        <AreaField name="rationale" label={s('why')} hint={s('whyHint')} required />
      </div>
    </PageForm>
  );
}

function SharingFields({ agreement, classes }: Pick<FormProps, 'agreement' | 'classes'>) {
  const s = useTranslations('settings.form');
  const t = useTranslations('settings.allocation');
  return (
    <>
      <div className="grid max-w-3xl gap-5 desk:grid-cols-2">
        <SelectField
          name="formula"
          label={t('formula')}
          value={agreement.formula}
          choices={formulas.map((value) => ({ value, label: t(`formulas.${value}`) }))}
        />
        <TextField
          name="formulaCategories"
          label={t('categories')}
          hint={t('categoriesHint')}
          value={agreement.formulaCategories?.join(', ') ?? ''}
        />
        <SelectField
          name="thresholdKind"
          label={t('threshold')}
          hint={t('thresholdHint')}
          value={agreement.threshold?.kind ?? 'none'}
          choices={thresholdKinds.map((value) => ({ value, label: t(`thresholds.${value}`) }))}
        />
        <TextField
          name="thresholdNumber"
          label={t('thresholdNumber')}
          value={thresholdNumber(agreement.threshold)}
          inputMode="decimal"
        />
        <TextField
          name="maximumShare"
          label={t('cap')}
          hint={t('capHint')}
          value={percentOf(agreement.maximumShare ?? '1')}
          inputMode="decimal"
          unit={s('percent')}
        />
        <SelectField
          name="rounding"
          label={t('rounding')}
          value={agreement.rounding}
          choices={roundings.map((value) => ({ value, label: t(`roundings.${value}`) }))}
        />
      </div>
      <fieldset className="max-w-3xl">
        <legend className="t-strong">{t('multipliers')}</legend>
        <p className="t-small mb-2 text-ink-2">{t('multipliersHint')}</p>
        <div className="grid gap-4 desk:grid-cols-4">
          {classes.map((one, index) => (
            <div key={one.class}>
              <input type="hidden" name={`multipliers.${index}.memberClass`} value={one.class} />
              <TextField
                name={`multipliers.${index}.multiplier`}
                label={t('multiplier', { name: one.name })}
                value={agreement.multipliers.find((it) => it.memberClass === one.class)?.multiplier ?? ''}
                inputMode="decimal"
              />
            </div>
          ))}
        </div>
      </fieldset>
    </>
  );
}

function Eligible({ agreement, classes }: Pick<FormProps, 'agreement' | 'classes'>) {
  const s = useTranslations('settings.form');
  const t = useTranslations('settings.allocation');
  const status = useTranslations('members.status');
  const { eligibility } = agreement;
  return (
    <div className="grid max-w-3xl gap-5 desk:grid-cols-3">
      <fieldset>
        <legend className="t-strong">{t('statuses')}</legend>
        {statuses.map((one) => (
          <CheckField
            key={one}
            name="eligibleStatuses"
            value={one}
            label={status(one.toUpperCase() as 'ACTIVE')}
            checked={eligibility.statuses.includes(one)}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend className="t-strong">{t('classes')}</legend>
        <p className="t-small text-ink-2">{t('classesHint')}</p>
        {classes.map((one) => (
          <CheckField
            key={one.class}
            name="eligibleClasses"
            value={one.class}
            label={one.name}
            checked={eligibility.classes?.includes(one.class) ?? false}
          />
        ))}
      </fieldset>
      <TextField
        name="minimumTenureDays"
        label={t('tenureField')}
        value={String(eligibility.minimumTenureDays)}
        inputMode="numeric"
        unit={s('days')}
      />
    </div>
  );
}
