'use client';
// Proving with a passkey who is here, beside the form that asks for the password.
import { useActionState } from 'react';
import { FormOutcome } from '../../../components/control/form-outcome.tsx';
import { idle } from '../../../lib/api/action-state.ts';
import { PasskeyButton } from './passkey-button.tsx';
import { confirmWithPasskey, passkeyProof } from '../session.actions.ts';

type ConfirmProps = {
  /** Where to go on. */
  returnTo: string;
  words: Readonly<Record<'act' | 'unused', string>>;
};

export function ConfirmWithPasskey({ returnTo, words }: ConfirmProps) {
  const [state, act] = useActionState(confirmWithPasskey, idle);
  return (
    <div className="mt-5 grid gap-3">
      <FormOutcome state={state} returnTo={returnTo} />
      <PasskeyButton returnTo={returnTo} request={passkeyProof} act={act} words={words} />
    </div>
  );
}
