// The forms of approval: the policy with its routes, and one rule for what needs nobody.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import type { Choice } from '../../../components/control/page-field.tsx';
import { AreaField, CheckField, SelectField, TextField } from '../../../components/control/page-field.tsx';
import { CellField, CellSelect } from '../../../components/control/cell-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { kinds } from '../../contribution/kind.ts';
import { setApprovalPolicy, setAutoApprovalRule } from './policy.actions.ts';
import type { ApprovalFormRoom } from './policy.documents.ts';
import { useCancel } from '../room-page.tsx';
import { PeerRows } from './peer-rows.tsx';

const at = '/settings/approval/change';

const peopleOf = (data: ApprovalFormRoom) =>
  data.members.edges.map(({ node }) => ({ value: node.id, label: node.displayName }));

export function ApprovalForm({ data }: { data: ApprovalFormRoom }) {
  const s = useTranslations('settings');
  const t = useTranslations('settings.approval');
  const cancel = useCancel('/settings/approval');
  const { approvalPolicy: policy, cooperative } = data;
  return (
    <PageForm
      form="policy"
      act={setApprovalPolicy}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('changeAct')}
      cancel={cancel}
    >
      <div className="grid max-w-3xl gap-5 desk:grid-cols-3">
        <TextField
          name="twoApproversFrom"
          label={t('two')}
          hint={t('twoHint')}
          value={policy.twoApproversFrom}
          inputMode="decimal"
          unit={cooperative.currency}
          required
        />
        <TextField
          name="inKindTwoApproversFrom"
          label={t('inKind')}
          hint={t('inKindHint')}
          value={policy.inKindTwoApproversFrom}
          inputMode="decimal"
          unit={cooperative.currency}
        />
        <TextField
          name="staleDays"
          label={t('stale')}
          value={String(policy.staleDays)}
          inputMode="numeric"
          unit={s('form.days')}
          required
        />
        <TextField
          name="secondPersonDays"
          label={t('second')}
          hint={t('secondHint')}
          value={String(policy.secondPersonDays)}
          inputMode="numeric"
          unit={s('form.days')}
          required
        />
      </div>
      <RouteRows data={data} />
      <PeerRows rules={policy.peerRules} />
      <div className="grid max-w-3xl gap-5 desk:grid-cols-2">
        <SelectField
          name="fallbackMemberId"
          label={t('fallback')}
          hint={t('fallbackHint')}
          value={policy.fallback?.id ?? ''}
          choices={[{ value: '', label: t('nobody') }, ...peopleOf(data)]}
        />
        <TextField name="effectiveFrom" label={s('form.from')} hint={s('form.fromPolicy')} type="date" />
      </div>
      <div className="max-w-3xl">
        <AreaField name="rationale" label={s('form.why')} hint={s('form.whyHint')} required />
      </div>
    </PageForm>
  );
}

function RouteRows({ data }: { data: ApprovalFormRoom }) {
  const t = useTranslations('settings.approval');
  const s = useTranslations('settings.form');
  const kind = useTranslations('kind');
  const everyKind = [
    { value: '', label: s('all') },
    ...kinds.map((one) => ({ value: one, label: kind(one) })),
  ];
  const people = peopleOf(data);
  const nobody: Choice[] = [{ value: '', label: t('nobody') }, ...people];
  const { routes } = data.approvalPolicy;
  const rows = [...routes, null, null];
  return (
    <fieldset>
      <legend className="t-strong mb-1">{t('routes')}</legend>
      <p className="t-small mb-2 text-ink-2">{t('noRoutes')}</p>
      <div className="grid gap-4">
        {rows.map((route, index) => {
          const name = (column: string) => `routes.${index}.${column}`;
          const row = index + 1;
          return (
            <div
              key={index}
              className="grid gap-2.5 border-b border-rule pb-4 desk:grid-cols-[1fr_1fr_1.3fr_1.3fr_110px]"
            >
              <CellSelect
                name={name('kind')}
                label={t('kindRow', { row })}
                value={route?.kind ?? ''}
                choices={everyKind}
              />
              <CellField
                name={name('category')}
                label={t('categoryRow', { row })}
                placeholder={s('category')}
                value={route?.category ?? ''}
              />
              <CellSelect
                name={name('approverMemberId')}
                label={t('approverRow', { row })}
                value={route?.approver.id ?? ''}
                choices={[{ value: '', label: t('approver') }, ...people]}
              />
              <CellSelect
                name={name('backupMemberId')}
                label={t('backupRow', { row })}
                value={route?.backup?.id ?? ''}
                choices={[{ value: '', label: t('standsIn') }, ...nobody.slice(1)]}
              />
              <CellField
                name={name('withinDays')}
                label={t('daysRow', { row })}
                placeholder={t('after')}
                value={route ? String(route.withinDays) : ''}
                inputMode="numeric"
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

export function AutomaticForm({ data }: { data: ApprovalFormRoom }) {
  const s = useTranslations('settings');
  const t = useTranslations('settings.approval');
  const kind = useTranslations('kind');
  const forms = [...data.approvalPolicy.autoApprovalRules, null];
  return forms.map((rule) => (
    <PageForm
      key={rule?.id ?? 'new'}
      form={rule?.id ?? 'new'}
      fold={{
        label: rule
          ? `${t('rule')}: ${[kind(rule.kind), rule.category].filter(Boolean).join(', ')}`
          : t('newRule'),
      }}
      act={setAutoApprovalRule}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('ruleAct')}
      about={rule ? { ruleId: rule.id } : {}}
      className="max-w-3xl"
    >
      <div className="grid gap-5 desk:grid-cols-3">
        <SelectField
          name="kind"
          label={s('rates.kind')}
          value={rule?.kind ?? 'LABOR'}
          choices={kinds.map((one) => ({ value: one, label: kind(one) }))}
        />
        <TextField
          name="category"
          label={s('rates.category')}
          hint={s('rates.categoryHint')}
          value={rule?.category ?? ''}
        />
        <TextField
          name="maxQuantityPerWeek"
          label={t('most')}
          hint={t('mostHint')}
          value={rule?.maxQuantityPerWeek ?? ''}
          inputMode="decimal"
          required
        />
      </div>
      <CheckField
        name="verifiedSourceOnly"
        label={t('verifiedOnly')}
        checked={rule?.verifiedSourceOnly ?? true}
      />
      <CheckField name="active" label={t('active')} checked={rule?.active ?? true} />
      <AreaField name="rationale" label={s('form.why')} required />
    </PageForm>
  ));
}
