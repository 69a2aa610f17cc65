'use client';
// How a form's act ended, above its fields: what to mend with a link to each place, a session to renew, or a code.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ActionState } from '../../lib/api/action-state.ts';
import { Notice } from '../state/notice.tsx';
import { CopyButton } from './copy-button.tsx';
import { FaultSummary } from './field.tsx';
import { useKeptFields } from '../state/kept-fields.ts';

export function FormOutcome({ state, returnTo }: { state: ActionState; returnTo: string }) {
  const anchor = useKeptFields(state);
  return (
    <>
      <span ref={anchor} hidden />
      <Told state={state} returnTo={returnTo} />
    </>
  );
}

function Told({ state, returnTo }: { state: ActionState; returnTo: string }) {
  const t = useTranslations('outcome');
  if (state.status === 'done') {
    // With scripts the toast says it.
    return (
      <noscript>
        <Notice>{state.said}</Notice>
      </noscript>
    );
  }
  if (state.status === 'hand-over') {
    return (
      <div role="status">
        <Notice>
          <strong className="font-semibold">{state.said ?? t('handOver')}</strong>
          <code className="t-mono my-2 block break-all whitespace-pre-line select-all">{state.link}</code>
          <CopyButton text={state.link} />
        </Notice>
      </div>
    );
  }
  if (state.status === 'refused') {
    return <FaultSummary title={t('toFix', { count: state.faults.length })} faults={state.faults} />;
  }
  if (state.status === 'signed-out') {
    return (
      <div role="alert">
        <Notice tone="wait">
          <strong className="font-semibold">{t('signedOut')}</strong> {t('kept')}{' '}
          <Link href={`/sign-in?return=${encodeURIComponent(returnTo)}`} className="link">
            {t('signIn')}
          </Link>
        </Notice>
      </div>
    );
  }
  if (state.status === 'unproven') {
    return (
      <div role="alert">
        <Notice tone="wait">
          <strong className="font-semibold">{t('confirmFirst')}</strong> {t('kept')}{' '}
          <Link href={`/confirm?return=${encodeURIComponent(returnTo)}`} className="link">
            {t('confirm')}
          </Link>
        </Notice>
      </div>
    );
  }
  if (state.status === 'failed') {
    return (
      <div role="alert">
        <Notice tone="stop">
          <strong className="font-semibold">{t('failed')}</strong> {t('again')}{' '}
          <code className="t-mono">{state.code}</code>
        </Notice>
      </div>
    );
  }
  return null;
}
