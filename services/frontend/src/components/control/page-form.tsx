'use client';
// A form that is a page, or a part of one: it works before or without a script, keeps what was typed when it is refused,
// and its fields find their own faults in how the act ended.
import { useActionState } from 'react';
import type { ReactNode } from 'react';
import type { ActionState } from '../../lib/api/action-state.ts';
import { idle } from '../../lib/api/action-state.ts';
import { FrameIcon } from '../frame-icon.tsx';
import type { ButtonTone } from './button.tsx';
import { Button, ButtonLink } from './button.tsx';
import { Ending, FormOutcome, placeOf } from './form-outcome.tsx';
import type { Act } from './use-act.ts';

type PageFormProps = {
  act: Act;
  actionKey: string;
  /** This page: where to come back to after signing in again. */
  returnTo: string;
  label: string;
  tone?: ButtonTone;
  /** The way out without sending. */
  cancel?: { href: string; label: string };
  about?: Readonly<Record<string, string>>;
  /** Adds something each time: once it went through it is empty for the next, so that nothing is added twice by mistake. */
  empties?: boolean;
  /** Tells the forms of one page apart. */
  form?: string;
  /** Folds the form away behind the act's name until it is wanted. */
  fold?: { label: ReactNode; tone?: 'stop'; quiet?: boolean };
  children?: ReactNode;
  className?: string;
};

export function PageForm(props: PageFormProps) {
  const [state, send, pending] = useActionState(props.act, idle);
  const form = props.form ?? '';
  const body = (
    <Ending value={{ state, form }}>
      <form
        action={send}
        // A refused form stays as it was typed, and one that changes something shows what it was changed to; React would
        // empty them all.
        onReset={(event) => {
          if (!props.empties || endedBadlyIn(state)) event.preventDefault();
        }}
        className={`grid gap-5 ${props.className ?? ''}`}
      >
        <FormOutcome state={placed(state, form)} returnTo={props.returnTo} />
        {Object.entries(props.about ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input
          type="hidden"
          name="idempotencyKey"
          value={state.status === 'refused' ? state.nextKey : props.actionKey}
        />
        {props.children}
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2.5">
          <Button type="submit" tone={props.tone ?? 'primary'} disabled={pending}>
            {props.label}
          </Button>
          {props.cancel ? (
            <ButtonLink href={props.cancel.href} tone="quiet">
              {props.cancel.label}
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </Ending>
  );
  if (!props.fold) return body;
  const { label, tone, quiet } = props.fold;
  return (
    <details className={`disclosure ${quiet ? '' : 'border-b border-rule'}`} open={state.status !== 'idle'}>
      <summary
        className={`flex items-center gap-2.5 ${quiet ? 't-small min-h-8' : 't-strong min-h-11'} ${
          tone === 'stop' ? 'text-stop' : 'text-pen'
        }`}
      >
        <FrameIcon name="right" className="disclosure-mark" />
        {label}
      </summary>
      <div className={quiet ? 'py-2' : 'pt-1 pb-6'}>{body}</div>
    </details>
  );
}

const endedBadlyIn = ({ status }: ActionState) =>
  status !== 'idle' && status !== 'done' && status !== 'hand-over';

/** The same ending with its links leading to this form's own fields. */
function placed(state: ActionState, form: string): ActionState {
  if (state.status !== 'refused' || !form) return state;
  const faults = state.faults.map(({ field, text }) => ({ field: field && placeOf(form, field), text }));
  return { ...state, faults };
}
