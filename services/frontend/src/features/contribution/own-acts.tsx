'use client';
// What the author of a contribution may still do with it: answer, send, change, take back.
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, ButtonLink } from '../../components/control/button.tsx';
import { Dialog } from '../../components/control/dialog.tsx';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { FormOutcome } from '../../components/control/form-outcome.tsx';
import type { Act } from '../../components/control/use-act.ts';
import { useAct } from '../../components/control/use-act.ts';
import { faultAt } from '../../lib/api/action-state.ts';
import { answerQuestion, submitContribution, withdrawContribution } from './contribution.actions.ts';
import { FrameIcon } from '../../components/frame-icon.tsx';

type OwnActsProps = {
  id: string;
  may: readonly string[];
  keys: { answer: string; submit: string; withdraw: string };
};

export function OwnActs({ id, may, keys }: OwnActsProps) {
  const t = useTranslations('contribution.acts');
  const [withdrawing, setWithdrawing] = useState(false);
  const href = `/contributions/${encodeURIComponent(id)}`;
  return (
    <div className="mt-5 grid gap-5">
      {may.includes('answer') ? <AnswerForm id={id} actionKey={keys.answer} /> : null}
      <div className="flex flex-wrap gap-2.5">
        {may.includes('submit') ? (
          <ActForm
            id={id}
            actionKey={keys.submit}
            act={submitContribution}
            label={t('submit')}
            tone="primary"
          />
        ) : null}
        {may.includes('edit') ? (
          <ButtonLink href={`${href}/edit`} icon={<FrameIcon name="pencil" />}>
            {t('edit')}
          </ButtonLink>
        ) : null}
        {may.includes('withdraw') ? (
          <Button tone="stop" icon={<FrameIcon name="withdrawn" />} onClick={() => setWithdrawing(true)}>
            {t('withdraw')}
          </Button>
        ) : null}
      </div>
      <Dialog open={withdrawing} onClose={() => setWithdrawing(false)} title={t('withdrawTitle')}>
        <p className="t-body mb-5 text-ink-2">{t('withdrawText')}</p>
        <div className="flex flex-wrap gap-2.5">
          <ActForm
            id={id}
            actionKey={keys.withdraw}
            act={withdrawContribution}
            label={t('withdrawAct')}
            tone="stop"
            onDone={() => setWithdrawing(false)}
          />
          <Button onClick={() => setWithdrawing(false)}>{t('leave')}</Button>
        </div>
      </Dialog>
    </div>
  );
}

type ActFormProps = {
  id: string;
  actionKey: string;
  act: Act;
  label: string;
  tone: 'primary' | 'stop';
  onDone?: () => void;
};

function ActForm({ id, actionKey, act, label, tone, onDone }: ActFormProps) {
  const [state, send, pending] = useAct(act, onDone);
  return (
    <form action={send} className="grid gap-3">
      <FormOutcome state={state} returnTo={`/contributions/${encodeURIComponent(id)}`} />
      <input type="hidden" name="contributionId" value={id} />
      <input
        type="hidden"
        name="idempotencyKey"
        value={state.status === 'refused' ? state.nextKey : actionKey}
      />
      <Button type="submit" tone={tone} disabled={pending}>
        {label}
      </Button>
    </form>
  );
}

function AnswerForm({ id, actionKey }: { id: string; actionKey: string }) {
  const t = useTranslations('contribution.acts');
  const [state, send, pending] = useAct(answerQuestion);
  return (
    <form action={send} className="grid max-w-xl gap-3">
      <FormOutcome state={state} returnTo={`/contributions/${encodeURIComponent(id)}`} />
      <input type="hidden" name="contributionId" value={id} />
      <input
        type="hidden"
        name="idempotencyKey"
        value={state.status === 'refused' ? state.nextKey : actionKey}
      />
      <Field id="answer" label={t('answer')} fault={faultAt(state, 'answer')}>
        <textarea
          {...fieldAria('answer', faultAt(state, 'answer'))}
          name="answer"
          rows={2}
          required
          maxLength={2000}
          className="field block"
        />
      </Field>
      <Button
        type="submit"
        tone="primary"
        icon={<FrameIcon name="sent" />}
        disabled={pending}
        className="justify-self-start"
      >
        {t('sendAnswer')}
      </Button>
    </form>
  );
}
