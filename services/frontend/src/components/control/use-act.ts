'use client';
// Runs an act and says how it went. The sentence is shown by the act itself, not by the form: a form whose act is done
// may be gone with the page it belonged to.
import { useActionState } from 'react';
import type { ActionState } from '../../lib/api/action-state.ts';
import { idle } from '../../lib/api/action-state.ts';
import { useToast } from './toast.tsx';

export type Act = (state: ActionState, form: FormData) => Promise<ActionState>;

/** Like `useActionState` for one of our acts; `onDone` runs once it is done. */
export function useAct(act: Act, onDone?: () => void) {
  const toast = useToast();
  return useActionState<ActionState, FormData>(async (previous, form) => {
    const next = await act(previous, form);
    if (next.status === 'done') {
      toast({ icon: 'check', text: next.said });
      onDone?.();
    }
    return next;
  }, idle);
}
