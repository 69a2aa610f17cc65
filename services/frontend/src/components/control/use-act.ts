'use client';
// Runs an act and says how it went. The sentence is shown by the act itself, not by the form: a form whose act is done
// may be gone with the page it belonged to. Where scripts are off or still on their way the browser sends the form itself
// and the page it gets back says how it went.
import { useActionState, useSyncExternalStore } from 'react';
import type { ActionState } from '../../lib/api/action-state.ts';
import { idle } from '../../lib/api/action-state.ts';
import { forgetTyped } from '../state/kept-fields.ts';
import { useToast } from './toast.tsx';

export type Act = (state: ActionState, form: FormData) => Promise<ActionState>;
type Done = Extract<ActionState, { status: 'done' }>;

const never = () => () => undefined;

/** What was acted with may be gone with what was done: whoever works with keys goes on from the page, not from its frame. */
function keepPlace(): void {
  if (document.activeElement === document.body)
    document.getElementById('page')?.focus({ preventScroll: true });
}

/** False on the server and until the page has come alive. */
export function useScripted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/**
 * Like `useActionState` for one of our acts; `onDone` runs once it is done, `undoable` names what the toast's
 * way back takes back.
 */
export function useAct(
  act: Act,
  onDone?: (done: Done) => void,
  undoable?: (done: Done) => string | undefined,
) {
  const toast = useToast();
  const scripted = useScripted();
  const [plainState, plainSend] = useActionState<ActionState, FormData>(act, idle);
  const [state, send, pending] = useActionState<ActionState, FormData>(async (previous, form) => {
    const next = await act(previous, form);
    if (next.status === 'done') {
      forgetTyped();
      setTimeout(keepPlace, 400);
      const undoes = undoable?.(next);
      toast({ icon: 'check', text: next.said, ...(undoes ? { undoes } : {}) });
      onDone?.(next);
    }
    return next;
  }, idle);
  return [state.status === 'idle' ? plainState : state, scripted ? send : plainSend, pending] as const;
}
