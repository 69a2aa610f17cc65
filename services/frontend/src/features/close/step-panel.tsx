// The step a close stands at, on a sheet: what was looked at, what stops it, and the one act that moves it on.
import { useTranslations } from 'next-intl';
import { ActForm } from '../../components/control/act-form.tsx';
import { Icon } from '../../components/icon.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { confirmStep, propose } from './close.actions.ts';
import type { CloseStep, PeriodClose } from './close.documents.ts';
import { stepKey } from './step-list.tsx';
import { Link } from '../../components/link.tsx';

type StepPanelProps = {
  close: PeriodClose;
  step: CloseStep;
  keys: { confirm: string; propose: string };
};

export function StepPanel({ close, step, keys }: StepPanelProps) {
  const t = useTranslations('close');
  const { moneyText } = useFormat();
  const key = stepKey(step);
  const lines = [
    ...step.checks.map(({ text, ok }) => ({ key: text, label: text, value: <CheckMark ok={ok} /> })),
    ...step.facts.map(({ label, value }) => ({ key: label, label, value: moneyText(value) })),
  ];
  const working = step.state.toLowerCase() === 'working';
  const stopped = close.blockers.length > 0;
  return (
    <section aria-labelledby="step" className="sheet sheet-ruled px-[18px] py-4 desk:px-7">
      <h2 id="step" className="font-serif text-[25px]/[1.3] font-medium">
        {t('stepTitle', { number: step.number, title: t(`step.${key}.title`).toLowerCase() })}
      </h2>
      <p className="t-body mt-1 mb-4 text-ink-2">{t(`step.${key}.about`)}</p>
      <Blockers close={close} />
      {lines.length > 0 ? (
        <div className="mb-5 max-w-xl">
          <FactList lines={lines} />
        </div>
      ) : null}
      {working ? (
        <Notice>{t('working')}</Notice>
      ) : (
        <StepAct close={close} step={step} stopped={stopped} keys={keys} />
      )}
      {stopped ? <p className="t-small mt-2 text-ink-2">{t('opensOnce')}</p> : null}
    </section>
  );
}

/** The one act that moves the step on, when it is this person's; else whom it waits for. */
function StepAct({ close, step, stopped, keys }: StepPanelProps & { stopped: boolean }) {
  const t = useTranslations('close');
  const key = stepKey(step);
  if (key === 'allocation' && close.viewerMay.includes('propose')) {
    return (
      <ActForm
        act={propose}
        label={t('propose')}
        tone="primary"
        actionKey={keys.propose}
        about={{ closeId: close.id }}
        returnTo="/close"
        disabled={stopped}
      />
    );
  }
  if (close.viewerMay.includes('confirm')) {
    return (
      <ActForm
        act={confirmStep}
        label={t(`step.${key}.act`)}
        tone="primary"
        actionKey={keys.confirm}
        about={{ closeId: close.id, step: String(step.number) }}
        returnTo="/close"
        disabled={stopped}
      />
    );
  }
  return stopped ? null : <Notice>{t(step.number === 3 ? 'waitsForTreasurer' : 'waitsForAllocator')}</Notice>;
}

/** Whether a check held: its mark beside the word. */
function CheckMark({ ok }: { ok: boolean }) {
  const t = useTranslations('close');
  return (
    <span className={`t-note whitespace-nowrap ${ok ? 'text-done' : 'text-wait'}`}>
      <Icon name={ok ? 'check' : 'waiting'} className="mr-1.5 align-[-3px]" />
      {t(ok ? 'checkGood' : 'checkOpen')}
    </span>
  );
}

/** What stops the step, each with the way to settle it. */
export function Blockers({ close }: { close: PeriodClose }) {
  const t = useTranslations('close');
  if (close.blockers.length === 0) return null;
  return (
    <div role="alert" className="mb-5 flex gap-3 border-l-[3px] border-stop bg-stop-wash px-4 py-3">
      <Icon name="stop" className="mt-0.5 size-5 text-stop" />
      <div className="min-w-0 flex-1">
        <p className="t-strong text-stop">{t('stops', { count: close.blockers.length })}</p>
        <ul className="t-ui mt-1 grid gap-1.5">
          {close.blockers.map((blocker) => (
            <li key={`${blocker.code}${blocker.contribution?.id ?? blocker.text}`}>
              {blocker.text}{' '}
              {blocker.contribution ? (
                <Link href={`/contributions/${encodeURIComponent(blocker.contribution.id)}`} className="link">
                  {t('settle', { number: blocker.contribution.number })}
                </Link>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
