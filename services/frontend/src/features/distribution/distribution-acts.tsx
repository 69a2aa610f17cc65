'use client';
// What may be done with a distribution now. The API says which acts are open to this person; each names itself.
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { Field } from '../../components/control/field.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import {
  approveDistribution,
  cancelDistribution,
  markFailed,
  markPaid,
  scheduleDistribution,
} from './distribution.actions.ts';
import { Icon } from '../../components/icon.tsx';

type OpenLine = { id: string; name: string; amount: string };
type DistributionActsProps = {
  id: string;
  may: readonly string[];
  today: string;
  open: readonly OpenLine[];
  keys: Record<'approve' | 'schedule' | 'paid' | 'failed' | 'cancel', string>;
};

const allows = (may: readonly string[], verb: RegExp) => may.some((act) => verb.test(act));

export function DistributionActs(props: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  const { id, may, open, keys } = props;
  return (
    <div className="mt-5 flex flex-wrap items-start gap-2.5">
      {allows(may, /approve/i) ? (
        <ActForm
          about={{ distributionId: id }}
          returnTo="/distributions"
          act={approveDistribution}
          label={t('approve')}
          tone="primary"
          icon={<Icon name="sign" />}
          actionKey={keys.approve}
        />
      ) : null}
      {allows(may, /schedule/i) ? <ScheduleAct {...props} /> : null}
      {allows(may, /paid/i) && open.length > 0 ? <PaidAct {...props} /> : null}
      {allows(may, /failed/i) && open.length > 0 ? <FailedAct {...props} /> : null}
      {allows(may, /cancel/i) ? <CancelAct {...props} /> : null}
    </div>
  );
}

/** What every dialog of a distribution shares, named after its act in the catalogue. */
function useDialog(verb: 'schedule' | 'paid' | 'failed' | 'cancel', { id, keys }: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  return {
    about: { distributionId: id },
    returnTo: '/distributions',
    label: t(verb),
    title: t(`${verb}Title`),
    text: t(`${verb}Text`),
    confirm: t(`${verb}Act`),
    actionKey: keys[verb],
  };
}

function ScheduleAct(props: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  return (
    <DialogAct
      {...useDialog('schedule', props)}
      act={scheduleDistribution}
      tone="primary"
      icon={<Icon name="scheduled" />}
    >
      <Field id="payOn" label={t('payOn')}>
        <input
          id="payOn"
          name="payOn"
          type="date"
          min={props.today}
          defaultValue={props.today}
          required
          className="field"
        />
      </Field>
    </DialogAct>
  );
}

function PaidAct(props: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  return (
    <DialogAct {...useDialog('paid', props)} act={markPaid} tone="primary">
      <LineChoice lines={props.open} checked />
      <Field id="paidOn" label={t('paidOn')}>
        <input
          id="paidOn"
          name="paidOn"
          type="date"
          max={props.today}
          defaultValue={props.today}
          required
          className="field"
        />
      </Field>
      <Field id="reference" label={t('reference')}>
        <input id="reference" name="reference" maxLength={120} className="field" />
      </Field>
    </DialogAct>
  );
}

function FailedAct(props: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  return (
    <DialogAct {...useDialog('failed', props)} act={markFailed}>
      <LineChoice lines={props.open} checked={false} />
      <ReasonField label={t('reason')} />
    </DialogAct>
  );
}

function CancelAct(props: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  return (
    <DialogAct {...useDialog('cancel', props)} act={cancelDistribution} tone="stop">
      <ReasonField label={t('reason')} />
    </DialogAct>
  );
}

function LineChoice({ lines, checked }: { lines: readonly OpenLine[]; checked: boolean }) {
  const { moneyText } = useFormat();
  const t = useTranslations('distributions.acts');
  return (
    <fieldset className="t-ui">
      <legend className="t-strong mb-1">{t('which')}</legend>
      {lines.map((line) => (
        <label key={line.id} className="flex min-h-9 items-center gap-3 border-b border-rule">
          <input
            type="checkbox"
            name="lineIds"
            value={line.id}
            defaultChecked={checked}
            className="size-4 accent-[var(--pen)]"
          />
          <span className="flex-1">{line.name}</span>
          <span>{moneyText(line.amount)}</span>
        </label>
      ))}
    </fieldset>
  );
}
