'use client';
// What may be done with a distribution now. The API says which acts are open to this person; each names itself.
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { Field } from '../../components/control/field.tsx';
import { moneyText } from '../../lib/format.ts';
import {
  approveDistribution,
  cancelDistribution,
  markFailed,
  markPaid,
  scheduleDistribution,
} from './distribution.actions.ts';

type OpenLine = { id: string; name: string; amount: string };
type DistributionActsProps = {
  id: string;
  may: readonly string[];
  today: string;
  open: readonly OpenLine[];
  keys: Record<'approve' | 'schedule' | 'paid' | 'failed' | 'cancel', string>;
};

const allows = (may: readonly string[], verb: RegExp) => may.some((act) => verb.test(act));

export function DistributionActs({ id, may, today, open, keys }: DistributionActsProps) {
  const t = useTranslations('distributions.acts');
  const shared = { about: { distributionId: id }, returnTo: '/distributions' };
  return (
    <div className="mt-5 flex flex-wrap items-start gap-2.5">
      {allows(may, /approve/i) ? (
        <ActForm
          {...shared}
          act={approveDistribution}
          label={t('approve')}
          tone="primary"
          icon="sign"
          actionKey={keys.approve}
        />
      ) : null}
      {allows(may, /schedule/i) ? (
        <DialogAct
          {...shared}
          act={scheduleDistribution}
          label={t('schedule')}
          tone="primary"
          icon="scheduled"
          title={t('scheduleTitle')}
          text={t('scheduleText')}
          confirm={t('scheduleAct')}
          actionKey={keys.schedule}
        >
          <Field id="payOn" label={t('payOn')}>
            <input
              id="payOn"
              name="payOn"
              type="date"
              min={today}
              defaultValue={today}
              required
              className="field"
            />
          </Field>
        </DialogAct>
      ) : null}
      {allows(may, /paid/i) && open.length > 0 ? (
        <DialogAct
          {...shared}
          act={markPaid}
          label={t('paid')}
          tone="primary"
          title={t('paidTitle')}
          text={t('paidText')}
          confirm={t('paidAct')}
          actionKey={keys.paid}
        >
          <LineChoice lines={open} checked />
          <Field id="paidOn" label={t('paidOn')}>
            <input
              id="paidOn"
              name="paidOn"
              type="date"
              max={today}
              defaultValue={today}
              required
              className="field"
            />
          </Field>
          <Field id="reference" label={t('reference')}>
            <input id="reference" name="reference" maxLength={120} className="field" />
          </Field>
        </DialogAct>
      ) : null}
      {allows(may, /failed/i) && open.length > 0 ? (
        <DialogAct
          {...shared}
          act={markFailed}
          label={t('failed')}
          title={t('failedTitle')}
          text={t('failedText')}
          confirm={t('failedAct')}
          actionKey={keys.failed}
        >
          <LineChoice lines={open} checked={false} />
          <ReasonField label={t('reason')} />
        </DialogAct>
      ) : null}
      {allows(may, /cancel/i) ? (
        <DialogAct
          {...shared}
          act={cancelDistribution}
          label={t('cancel')}
          tone="stop"
          title={t('cancelTitle')}
          text={t('cancelText')}
          confirm={t('cancelAct')}
          actionKey={keys.cancel}
        >
          <ReasonField label={t('reason')} />
        </DialogAct>
      ) : null}
    </div>
  );
}

function LineChoice({ lines, checked }: { lines: readonly OpenLine[]; checked: boolean }) {
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
