// What each kind of contribution does, the days of grace and notice, and the tax basis of services: read and changed.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CellField, CellSelect } from '../../../components/control/cell-field.tsx';
import { AreaField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { FactList } from '../../../components/print/fact-list.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { kinds } from '../../contribution/kind.ts';
import { useKindWords } from '../../contribution/kind-words.ts';
import { changeContributionPolicy, setServicesTax } from './policy.actions.ts';
import { useCancel } from '../room-page.tsx';
import type { ContributionRoom } from './policy.documents.ts';

type Policy = ContributionRoom['contributionPolicy'];
type Tax = ContributionRoom['servicesTaxPolicy'];

const treatments = ['BOTH', 'PATRONAGE', 'CAPITAL'] as const;
const methods = ['A', 'B', 'C'] as const;
const at = '/settings/contributions/change';

export function TreatmentTable({ policy }: { policy: Policy }) {
  const t = useTranslations('settings.contributions');
  const words = useKindWords();
  return (
    <Table
      caption={t('title')}
      rows={policy.kinds.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))}
      keyOf={({ kind }) => kind}
      csv="/settings/csv/contributions"
      columns={[
        { head: t('kind'), name: ({ kind }) => words.kind(kind) },
        { head: t('does'), text: ({ treatment }) => t(`treatment.${treatment}`) },
        {
          head: t('counts'),
          text: ({ patronageCategory }) => (patronageCategory ? words.category(patronageCategory) : '–'),
        },
      ]}
    />
  );
}

export function ContributionFacts({ policy, tax, currency }: { policy: Policy; tax: Tax; currency: string }) {
  const { moneyText } = useFormat();
  const money = (value: string) => moneyText(value, { currency });
  const t = useTranslations('settings.contributions');
  const method = tax.method as 'A';
  return (
    <FactList
      lines={[
        { key: 'grace', label: t('grace'), value: t('days', { days: policy.graceDays }) },
        { key: 'notice', label: t('notice'), value: t('days', { days: policy.noticeDays }) },
        { key: 'comparables', label: t('comparables'), value: money(policy.comparablesFrom) },
        { key: 'appraisal', label: t('appraisal'), value: money(policy.appraisalAbove) },
        {
          key: 'tax',
          label: t('tax'),
          value: tax.percent ? t('taxPart', { percent: tax.percent }) : t(`taxMethod.${method}`),
          tone: 'tax',
        },
      ]}
    />
  );
}

export function ContributionForm({ policy, currency }: { policy: Policy; currency: string }) {
  const s = useTranslations('settings');
  const t = useTranslations('settings.contributions');
  const cancel = useCancel('/settings/contributions');
  return (
    <PageForm
      form="policy"
      act={changeContributionPolicy}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('changeAct')}
      cancel={cancel}
      className="max-w-3xl"
    >
      <TreatmentRows policy={policy} />
      <div className="grid gap-5 desk:grid-cols-2">
        <TextField
          name="graceDays"
          label={t('grace')}
          value={String(policy.graceDays)}
          inputMode="numeric"
          unit={s('form.days')}
        />
        <TextField
          name="noticeDays"
          label={t('notice')}
          value={String(policy.noticeDays)}
          inputMode="numeric"
          unit={s('form.days')}
        />
        <TextField
          name="comparablesFrom"
          label={t('comparables')}
          value={policy.comparablesFrom}
          inputMode="decimal"
          unit={currency}
        />
        <TextField
          name="appraisalAbove"
          label={t('appraisal')}
          value={policy.appraisalAbove}
          inputMode="decimal"
          unit={currency}
        />
        <TextField name="effectiveFrom" label={s('form.from')} hint={s('form.fromPolicy')} type="date" />
      </div>
      <AreaField name="rationale" label={s('form.why')} hint={s('form.whyHint')} required />
    </PageForm>
  );
}

function TreatmentRows({ policy }: { policy: Policy }) {
  const t = useTranslations('settings.contributions');
  const words = useKindWords();
  return (
    <div className="grid gap-2.5">
      {policy.kinds.map((one, index) => (
        <div
          key={one.kind}
          className="grid items-center gap-2.5 border-b border-rule pb-2.5 desk:grid-cols-[130px_1fr_1fr]"
        >
          <span className="t-strong">{words.kind(one.kind)}</span>
          <input type="hidden" name={`kinds.${index}.kind`} value={one.kind} />
          <CellSelect
            name={`kinds.${index}.treatment`}
            label={t('treatmentOf', { kind: words.kind(one.kind) })}
            value={one.treatment}
            choices={treatments.map((value) => ({ value, label: t(`treatment.${value}`) }))}
          />
          <CellField
            name={`kinds.${index}.patronageCategory`}
            label={t('categoryOf', { kind: words.kind(one.kind) })}
            placeholder={t('counts')}
            value={one.patronageCategory}
          />
        </div>
      ))}
    </div>
  );
}

export function ServicesTaxForm({ tax }: { tax: Tax }) {
  const s = useTranslations('settings.form');
  const t = useTranslations('settings.contributions');
  return (
    <PageForm
      form="tax"
      fold={{ label: t('taxChange') }}
      act={setServicesTax}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('taxAct')}
      className="max-w-2xl"
    >
      <SelectField
        name="method"
        label={t('taxField')}
        value={tax.method}
        choices={methods.map((value) => ({ value, label: t(`taxMethod.${value}`) }))}
      />
      <div className="grid gap-5 desk:grid-cols-2">
        <TextField
          name="percent"
          label={t('percent')}
          hint={t('percentHint')}
          value={tax.percent}
          inputMode="decimal"
          unit={s('percent')}
        />
        <TextField name="effectiveFrom" label={s('from')} hint={s('fromPolicy')} type="date" />
      </div>
      <AreaField name="rationale" label={s('why')} required />
    </PageForm>
  );
}
