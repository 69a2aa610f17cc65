'use client';
// The way back from an entry just sent: it is withdrawn, once, however often it is pressed.
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { useToast, useUndoes } from '../../components/control/toast.tsx';
import { idle } from '../../lib/api/action-state.ts';
import { withdrawContribution } from '../contribution/contribution.actions.ts';

export function UndoLog() {
  const contributionId = useUndoes();
  const t = useTranslations('log');
  const toast = useToast();
  const [actionKey] = useState(() => crypto.randomUUID());
  const [pending, start] = useTransition();
  const undo = () =>
    start(async () => {
      const form = new FormData();
      form.set('contributionId', contributionId);
      form.set('idempotencyKey', actionKey);
      const ended = await withdrawContribution(idle, form);
      if (ended.status === 'done') toast({ icon: 'withdrawn', text: ended.said });
      else if (ended.status === 'refused') toast({ icon: 'fault', text: ended.faults[0]?.text, stop: true });
      else toast({ icon: 'fault', text: t('undoFailed'), stop: true });
    });
  return (
    <button
      type="button"
      onClick={undo}
      disabled={pending}
      className="font-semibold underline underline-offset-4"
    >
      {t('undo')}
    </button>
  );
}
