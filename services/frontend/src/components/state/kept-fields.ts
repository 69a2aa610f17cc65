// What was typed into a form outlives an act that was not done: React empties a form once its act has answered, and a
// session that ended takes the person away to sign in. The fields are put back as they were sent in the first case, and
// in the second as they were last typed, when the same form is opened again in this tab.
import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { ActionState } from '../../lib/api/action-state.ts';

type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Kept = readonly (readonly [name: string, value: string])[];

/** Set by the sign-in form: only who was sent there finds the form as it was left. */
const cameBySignIn = 'habitat.signed-in-again';

export function rememberSignIn(): void {
  sessionStorage.setItem(cameBySignIn, '1');
}

let lastTyped: string | null = null;

/** Called when an act is done: its form may be gone by then, and what was typed into it is no longer wanted. */
export function forgetTyped(): void {
  if (lastTyped !== null) sessionStorage.removeItem(lastTyped);
  lastTyped = null;
}

type KeptFields = {
  /** The ref of an element of the form's own. */
  anchor: RefObject<HTMLSpanElement | null>;
  /** Whether anything was typed or chosen in what was sent: an act that is only a button loses nothing. */
  typed: boolean;
};

/** Watches the form around an element of its own. */
export function useKeptFields(state: ActionState): KeptFields {
  const anchor = useRef<HTMLSpanElement>(null);
  const [typed, setTyped] = useState(false);
  useEffect(() => {
    const form = anchor.current?.closest('form');
    let touched = false;
    const note = ({ target }: Event) => {
      touched ||= form != null && fieldsOf(form).some((field) => field === target);
    };
    const tell = () => setTyped(touched);
    form?.addEventListener('input', note);
    form?.addEventListener('submit', tell, true);
    return () => {
      form?.removeEventListener('input', note);
      form?.removeEventListener('submit', tell, true);
    };
  }, []);
  const sent = useRef<Kept | null>(null);
  useEffect(() => {
    const form = anchor.current?.closest('form');
    if (!form || form.dataset.keeps === 'itself') return;
    const key = keyOf(form);
    const kept = sessionStorage.getItem(key);
    if (kept !== null && sessionStorage.getItem(cameBySignIn) !== null) {
      sessionStorage.removeItem(cameBySignIn);
      putBack(form, JSON.parse(kept) as Kept);
      // A form that folds away would hide what was kept.
      form.closest('details')?.setAttribute('open', '');
    } else {
      // Left of one's own will: the form begins anew.
      sessionStorage.removeItem(key);
    }
    const remember = () => {
      sent.current = typedInto(form);
      lastTyped = key;
      sessionStorage.setItem(key, JSON.stringify(sent.current));
    };
    form.addEventListener('input', remember);
    form.addEventListener('submit', remember, true);
    return () => {
      form.removeEventListener('input', remember);
      form.removeEventListener('submit', remember, true);
    };
  }, []);
  useEffect(() => {
    const form = anchor.current?.closest('form');
    if (!form || state.status === 'idle') return;
    if (state.status !== 'done' && state.status !== 'hand-over' && sent.current) putBack(form, sent.current);
  }, [state]);
  return { anchor, typed };
}

/** Fields a person types or chooses; never a password, nor what its form wants unkept. */
function fieldsOf(form: HTMLFormElement): Typed[] {
  return [...form.elements].filter(
    (element): element is Typed =>
      (element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement ||
        (element instanceof HTMLInputElement &&
          !['hidden', 'password', 'file', 'submit'].includes(element.type))) &&
      element.dataset.unkept === undefined &&
      element.name !== '',
  );
}

const isTicked = (field: Typed) =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio') ? field : null;

function typedInto(form: HTMLFormElement): Kept {
  return fieldsOf(form)
    .filter((field) => isTicked(field)?.checked !== false)
    .map((field) => [field.name, field.value] as const);
}

function putBack(form: HTMLFormElement, kept: Kept): void {
  for (const field of fieldsOf(form)) {
    const ticked = isTicked(field);
    if (ticked) {
      const wanted = kept.some(([name, value]) => name === field.name && value === field.value);
      if (ticked.checked !== wanted) ticked.click();
      continue;
    }
    const value = kept.find(([name]) => name === field.name)?.[1];
    if (value === undefined || value === field.value) continue;
    // Set as a person would, so that a field React controls hears of it.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** The same form on the same page: its path, what it speaks of, and the names of its fields. */
function keyOf(form: HTMLFormElement): string {
  const about = [...form.elements]
    .filter((element) => element instanceof HTMLInputElement && element.type === 'hidden')
    .map((element) => element as HTMLInputElement)
    .filter(({ name }) => name !== 'idempotencyKey' && !name.startsWith('$'))
    .map(({ name, value }) => `${name}=${value}`);
  const names = new Set(fieldsOf(form).map(({ name }) => name));
  return ['habitat.kept', window.location.pathname, ...about, ...names].join(' ');
}
