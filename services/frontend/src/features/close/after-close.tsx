// After a close: it is final, and only two people together can open it again, with a reason.
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { instantText } from '../../lib/format.ts';
import { approveReopen, beginClose, requestReopen } from './close.actions.ts';
import type { PeriodClose } from './close.documents.ts';

type ReopenPanelProps = {
  close: PeriodClose;
  timeZone: string;
  keys: { ask: string; agree: string };
};

export function ReopenPanel({ close, timeZone, keys }: ReopenPanelProps) {
  const t = useTranslations('close.reopen');
  const request = close.reopenRequest;
  if (request) {
    return (
      <section aria-labelledby="reopen" className="sheet sheet-ruled mt-6 px-[18px] py-4 desk:px-7">
        <h2 id="reopen" className="t-head">
          {t('asked', { period: close.period.name })}
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
          icon="sign"
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
        title={t('askTitle', { period: close.period.name })}
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

/** The next period that can be closed, with the act that begins it. */
export function BeginPanel({
  period,
  actionKey,
  mayRun,
}: {
  period: { id: string; name: string };
  actionKey: string;
  mayRun: boolean;
}) {
  const t = useTranslations('close.begin');
  return (
    <section aria-labelledby="begin" className="sheet sheet-ruled px-[18px] py-5 desk:px-7">
      <h2 id="begin" className="font-serif text-[25px]/[1.3] font-medium">
        {t('title', { period: period.name })}
      </h2>
      <p className="t-body mt-1 mb-4 max-w-xl text-ink-2">{t('text')}</p>
      {mayRun ? (
        <ActForm
          act={beginClose}
          label={t('act', { period: period.name })}
          tone="primary"
          actionKey={actionKey}
          about={{ periodId: period.id }}
          returnTo="/close"
        />
      ) : (
        <p className="t-small text-ink-2">{t('waits')}</p>
      )}
    </section>
  );
}
