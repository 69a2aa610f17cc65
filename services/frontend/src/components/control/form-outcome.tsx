'use client';
// How a form's act ended, above its fields: what to mend with a link to each place, a session to renew, or a code.
import { useTranslations } from 'next-intl';
import { createContext, useContext } from 'react';
import type { ActionState } from '../../lib/api/action-state.ts';
import { faultAt, idle } from '../../lib/api/action-state.ts';
import { Notice } from '../state/notice.tsx';
import { CopyButton } from './copy-button.tsx';
import { FaultSummary } from './field.tsx';
import { useKeptFields } from '../state/kept-fields.ts';
import { Link } from '../link.tsx';

/** How the form around a field ended, and what tells it apart from the other forms of its page. */
export const Ending = createContext<{ state: ActionState; form: string }>({ state: idle, form: '' });

/** A field's id on the page, its fault, and what was typed into it where the page was drawn anew. */
export function useEnding(name: string): {
  id: string;
  fault: string | undefined;
  typed: string | undefined;
} {
  const { state, form } = useContext(Ending);
  const typed = 'typed' in state ? state.typed?.[name] : undefined;
  return { id: placeOf(form, name), fault: faultAt(state, name), typed };
}

/** Two forms of a page may have a field of the same name; their places on the page differ. */
export const placeOf = (form: string, name: string) => (form ? `${form}.${name}` : name);

export function FormOutcome({ state, returnTo }: { state: ActionState; returnTo: string }) {
  const { anchor, typed } = useKeptFields(state);
  return (
    <>
      <span ref={anchor} hidden />
      <Told state={state} returnTo={returnTo} typed={typed} />
    </>
  );
}

type ToldProps = { state: ActionState; returnTo: string; typed: boolean };

function Told({ state, returnTo, typed }: ToldProps) {
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
          <strong className="font-semibold">{t('signedOut')}</strong> {typed ? `${t('kept')} ` : null}
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
          <strong className="font-semibold">{t('confirmFirst')}</strong> {typed ? `${t('kept')} ` : null}
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
