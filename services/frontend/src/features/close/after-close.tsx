// After a close: it is final, and only two people together can open it again, with a reason.
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { abandonClose, approveReopen, beginClose, requestReopen } from './close.actions.ts';
import type { PeriodClose } from './close.documents.ts';
import { Icon } from '../../components/icon.tsx';

type ReopenPanelProps = {
  close: PeriodClose;
  timeZone: string;
  keys: { ask: string; agree: string };
};

export function ReopenPanel({ close, timeZone, keys }: ReopenPanelProps) {
  const { instantText, periodName } = useFormat();
  const t = useTranslations('close.reopen');
  const request = close.reopenRequest;
  if (request) {
    return (
      <section aria-labelledby="reopen" className="sheet sheet-ruled mt-6 px-[18px] py-4 desk:px-7">
        <h2 id="reopen" className="t-head">
          {t('asked', { period: periodName(close.period.name) })}
        </h2>
        <p className="t-body mt-1 text-ink-2">“{request.reason}”</p>
        <div className="mt-2 mb-4 grid max-w-xl grid-cols-2 gap-7">
          <SignatureLine name={request.by.displayName} note={instantText(request.at, timeZone, 'long')} />
          <SignatureLine note={t('second')} {...(request.viewerMayApprove ? { yours: t('yours') } : {})} />
        </div>
        <ActForm
          act={approveReopen}
          label={t('agree')}
          tone="stop"
          icon={<Icon name="sign" />}
          actionKey={keys.agree}
          about={{ periodId: close.period.id }}
          returnTo="/close"
          disabled={!request.viewerMayApprove}
        />
      </section>
    );
  }
  if (!close.viewerMay.includes('requestReopen')) return null;
  return (
    <div className="mt-6">
      <DialogAct
        act={requestReopen}
        label={t('ask')}
        tone="stop"
        title={t('askTitle', { period: periodName(close.period.name) })}
        text={t('askText')}
        confirm={t('askAct')}
        actionKey={keys.ask}
        about={{ periodId: close.period.id }}
        returnTo="/close"
      >
        <ReasonField label={t('reason')} />
      </DialogAct>
    </div>
  );
}

/** The way out of a close that cannot go on: everything before the second signature can be taken back. */
export function AbandonAct({ close, actionKey }: { close: PeriodClose; actionKey: string }) {
  const t = useTranslations('close.abandon');
  const { periodName } = useFormat();
  if (!close.viewerMay.includes('abandon')) return null;
  return (
    <DialogAct
      act={abandonClose}
      label={t('label')}
      title={t('title', { period: periodName(close.period.name) })}
      text={t('text')}
      confirm={t('act')}
      tone="stop"
      actionKey={actionKey}
      about={{ closeId: close.id }}
      returnTo="/close"
    >
      <ReasonField label={t('reason')} />
    </DialogAct>
  );
}

type BeginPanelProps = {
  period: { id: string; name: string; to: string };
  over: boolean;
  actionKey: string;
  mayRun: boolean;
};

/** The next period to close, with the act that begins it. Before its last day is over that takes a reason. */
export function BeginPanel({ period, over, actionKey, mayRun }: BeginPanelProps) {
  const { dateLong, periodName } = useFormat();
  const t = useTranslations('close.begin');
  const shared = { act: beginClose, actionKey, about: { periodId: period.id }, returnTo: '/close' };
  const text = over ? t('text') : t('textEarly', { date: dateLong(period.to) });
  return (
    <section aria-labelledby="begin" className="sheet sheet-ruled px-[18px] py-5 desk:px-7">
      <h2 id="begin" className="font-serif text-[25px]/[1.3] font-medium">
        {t(over ? 'title' : 'titleEarly', { period: opening(periodName(period.name)) })}
      </h2>
      <p className="t-body mt-1 mb-4 max-w-xl text-ink-2">{text}</p>
      {!mayRun ? <p className="t-small text-ink-2">{t('waits')}</p> : null}
      {mayRun && over ? (
        <ActForm {...shared} label={t('act', { period: periodName(period.name) })} tone="primary" />
      ) : null}
      {mayRun && !over ? (
        <DialogAct
          {...shared}
          label={t('actEarly')}
          title={t('dialogEarly', { period: periodName(period.name) })}
          text={t('whyEarly')}
          confirm={t('act', { period: periodName(period.name) })}
        >
          <ReasonField name="earlyBecause" label={t('reason')} />
        </DialogAct>
      ) : null}
    </section>
  );
}
