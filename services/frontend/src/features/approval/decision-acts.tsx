'use client';
// The acts on the open item, fixed below it: approve or sign at once, the others in a dialog that asks for what the rules
// require. After each the desk goes on to what comes next.
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Kbd } from '../../components/control/button.tsx';
import { Dialog } from '../../components/control/dialog.tsx';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { FormOutcome } from '../../components/control/form-outcome.tsx';
import type { Act } from '../../components/control/use-act.ts';
import { useAct } from '../../components/control/use-act.ts';
import type { ActionState } from '../../lib/api/action-state.ts';
import { faultAt } from '../../lib/api/action-state.ts';
import { firstName } from '../../lib/format.ts';
import { firstSentence } from '../../lib/sentence.ts';
import { isHourly } from '../contribution/kind.ts';
import { adjust, approve, askAuthor, reject } from './approval.actions.ts';
import type { Decision } from './approval.documents.ts';

type DecisionActsProps = {
  item: Decision;
  keys: { approve: string; adjust: string; ask: string; reject: string };
  /** What follows in the queue: where the desk goes once this one is decided. */
  next: string;
};
type Open = 'adjust' | 'ask' | 'reject' | null;

export function DecisionActs({ item, keys, next }: DecisionActsProps) {
  const t = useTranslations('approvals.acts');
  const [open, setOpen] = useState<Open>(null);
  const [state, act, pending] = useGoOn(approve, next);
  const may = (verb: string) => item.viewerMay.includes(verb);
  const name = firstName(item.member.displayName);
  return (
    <div className="acts-below border-t border-ink bg-sheet px-[18px] py-3 max-desk:fixed max-desk:inset-x-0 max-desk:bottom-0 max-desk:z-30 desk:px-[30px]">
      <FormOutcome state={state} returnTo="/approvals" />
      <div className="mt-0 flex flex-wrap items-center gap-2.5">
        <form action={act}>
          <Hidden item={item} actionKey={state.status === 'refused' ? state.nextKey : keys.approve} />
          <Button type="submit" tone="primary" keyName="A" data-key="a" disabled={pending || !may('approve')}>
            {item.signaturesNeeded > 1 ? t('sign') : t('approve')}
          </Button>
        </form>
        <Button
          className="needs-script"
          keyName="E"
          data-key="e"
          disabled={!may('adjust')}
          onClick={() => setOpen('adjust')}
        >
          {t('adjust')}
        </Button>
        <Button
          className="needs-script"
          keyName="C"
          data-key="c"
          disabled={!may('ask')}
          onClick={() => setOpen('ask')}
        >
          {t('ask', { name })}
        </Button>
        <Button
          tone="stop"
          className="needs-script"
          keyName="R"
          data-key="r"
          disabled={!may('reject')}
          onClick={() => setOpen('reject')}
        >
          {t('reject')}
        </Button>
        <noscript>
          <PlainActs item={item} keys={keys} next={next} />
        </noscript>
        {item.cannotBecause ? <span className="t-small text-ink-2">{item.cannotBecause}</span> : null}
        <span className="no-touch t-small ml-auto flex items-center gap-1.5 max-wide:hidden">
          <Kbd>J</Kbd>
          <Kbd>K</Kbd> {t('move')} <Kbd>?</Kbd> {t('keys')}
        </span>
      </div>
      <Dialog
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open ? t(`${open}Title`, { name }) : ''}
      >
        <p className="t-ui mb-4 text-ink-2">
          {t('of', { name: item.member.displayName, what: firstSentence(item.description) })}
        </p>
        <OpenForm open={open} item={item} keys={keys} next={next} onClose={() => setOpen(null)} />
      </Dialog>
    </div>
  );
}

type OpenFormProps = DecisionActsProps & { open: Open; onClose: () => void };

function OpenForm({ open, item, keys, next, onClose }: OpenFormProps) {
  if (open === 'adjust') return <AdjustForm {...{ item, next, onClose }} actionKey={keys.adjust} />;
  if (open === null) return null;
  return (
    <ReasonForm
      item={item}
      next={next}
      actionKey={keys[open]}
      act={open === 'ask' ? askAuthor : reject}
      field={open === 'ask' ? 'question' : 'reason'}
      verb={open}
      onClose={onClose}
    />
  );
}

/** What the dialogs ask for, laid open for a browser that runs no scripts. */
function PlainActs({ item, keys, next }: DecisionActsProps) {
  const t = useTranslations('approvals.acts');
  const may = (verb: string) => item.viewerMay.includes(verb);
  return (
    <details className="w-full">
      <summary className="t-ui inline-flex min-h-11 items-center text-pen">{t('more')}</summary>
      <div className="grid gap-6 py-3">
        {may('adjust') ? <AdjustForm item={item} next={next} actionKey={keys.adjust} /> : null}
        {may('ask') ? (
          <ReasonForm {...{ item, next }} actionKey={keys.ask} act={askAuthor} field="question" verb="ask" />
        ) : null}
        {may('reject') ? (
          <ReasonForm {...{ item, next }} actionKey={keys.reject} act={reject} field="reason" verb="reject" />
        ) : null}
      </div>
    </details>
  );
}

function Hidden({ item, actionKey }: { item: Decision; actionKey: string }) {
  return (
    <>
      <input type="hidden" name="contributionId" value={item.id} />
      <input type="hidden" name="idempotencyKey" value={actionKey} />
    </>
  );
}

type AdjustFormProps = { item: Decision; next: string; actionKey: string; onClose?: () => void };

function AdjustForm({ item, next, actionKey, onClose }: AdjustFormProps) {
  const t = useTranslations('approvals.acts');
  const [state, act, pending] = useGoOn(adjust, next, onClose);
  const byValue = item.kind === 'IN_KIND' || item.kind === 'RELATIONSHIP';
  const field = byValue ? 'value' : 'quantity';
  return (
    <form action={act} className="grid gap-4">
      <FormOutcome state={state} returnTo="/approvals" />
      <Hidden item={item} actionKey={state.status === 'refused' ? state.nextKey : actionKey} />
      <Field
        id={field}
        label={t(byValue ? 'newValue' : isHourly(item.kind) ? 'newHours' : 'newQuantity')}
        hint={t('adjustHint')}
        fault={faultAt(state, field)}
      >
        <input
          {...fieldAria(field, faultAt(state, field), true)}
          name={field}
          required
          defaultValue={byValue ? (item.value ?? '') : item.quantity.replace(/\.0+$/, '')}
          className="field"
        />
      </Field>
      <ReasonField field="reason" label={t('reason')} state={state} />
      <DialogActs pending={pending} label={t('adjustAct')} onClose={onClose} />
    </form>
  );
}

type ReasonFormProps = {
  item: Decision;
  next: string;
  actionKey: string;
  act: Act;
  field: 'question' | 'reason';
  verb: 'ask' | 'reject';
  onClose?: () => void;
};

function ReasonForm({ item, next, actionKey, act, field, verb, onClose }: ReasonFormProps) {
  const t = useTranslations('approvals.acts');
  const [state, send, pending] = useGoOn(act, next, onClose);
  return (
    <form action={send} className="grid gap-4">
      <FormOutcome state={state} returnTo="/approvals" />
      <Hidden item={item} actionKey={state.status === 'refused' ? state.nextKey : actionKey} />
      <ReasonField
        field={field}
        label={t(field)}
        hint={t(`${verb}Hint`, { name: firstName(item.member.displayName) })}
        state={state}
      />
      <DialogActs pending={pending} label={t(`${verb}Act`)} stop={verb === 'reject'} onClose={onClose} />
    </form>
  );
}

type ReasonFieldProps = { field: string; label: string; hint?: string; state: ActionState };

function ReasonField({ field, label, hint, state }: ReasonFieldProps) {
  return (
    <Field id={field} label={label} hint={hint} fault={faultAt(state, field)}>
      <textarea
        {...fieldAria(field, faultAt(state, field), hint !== undefined)}
        name={field}
        rows={3}
        required
        maxLength={2000}
        className="field block"
      />
    </Field>
  );
}

type DialogActsProps = {
  pending: boolean;
  label: ReactNode;
  stop?: boolean;
  onClose: (() => void) | undefined;
};

function DialogActs({ pending, label, stop, onClose }: DialogActsProps) {
  const t = useTranslations('approvals.acts');
  return (
    <div className="flex flex-wrap items-center justify-between gap-2.5">
      <Button type="submit" tone={stop ? 'stop' : 'primary'} disabled={pending}>
        {label}
      </Button>
      {onClose ? (
        <Button tone="quiet" keyName="Esc" onClick={onClose}>
          {t('notNow')}
        </Button>
      ) : null}
    </div>
  );
}

/** An act that closes its dialog when done and goes on to what comes next. */
function useGoOn(act: Act, next: string, onClose?: () => void) {
  const router = useRouter();
  return useAct(act, () => {
    onClose?.();
    router.push(next);
  });
}
