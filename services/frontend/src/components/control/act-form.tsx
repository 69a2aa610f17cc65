'use client';
// One act as a form of its own: a button, or a button that first asks for a reason in a dialog. The key it carries was
// made when the page was rendered, so that pressing twice does it once.
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { ButtonTone } from './button.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field, fieldAria } from './field.tsx';
import { Ending, FormOutcome, useEnding } from './form-outcome.tsx';
import type { Act } from './use-act.ts';
import { useAct } from './use-act.ts';

type ActFormProps = {
  act: Act;
  label: string;
  tone?: ButtonTone;
  icon?: ReactElement;
  actionKey: string;
  /** What the act speaks of: hidden fields of the form. */
  about: Readonly<Record<string, string | readonly string[]>>;
  returnTo: string;
  disabled?: boolean;
  children?: ReactNode;
};

/** The act at once. */
export function ActForm({
  act,
  label,
  tone = 'plain',
  icon,
  actionKey,
  about,
  returnTo,
  disabled,
  children,
}: ActFormProps) {
  const [state, send, pending] = useAct(act);
  return (
    <form action={send} className="grid justify-items-start gap-3">
      <FormOutcome state={state} returnTo={returnTo} />
      <Hidden about={about} actionKey={state.status === 'refused' ? state.nextKey : actionKey} />
      {children}
      <Button type="submit" tone={tone} disabled={pending || disabled === true} icon={icon}>
        {label}
      </Button>
    </form>
  );
}

type DialogActProps = ActFormProps & { title: string; text: string; confirm: string };

/** The act after a dialog that says what it will do, with the fields given as children. */
export function DialogAct(props: DialogActProps) {
  const { label, tone = 'plain', icon, disabled, title, text, confirm } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button tone={tone} disabled={disabled === true} onClick={() => setOpen(true)} icon={icon}>
        {label}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title}>
        <p className="t-body mb-4 text-ink-2">{text}</p>
        <DialogForm {...props} confirm={confirm} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function DialogForm({
  act,
  tone,
  actionKey,
  about,
  returnTo,
  children,
  confirm,
  onClose,
}: DialogActProps & { onClose: () => void }) {
  const t = useTranslations('outcome');
  const [state, send, pending] = useAct(act, onClose);
  return (
    <form action={send} className="grid gap-4">
      <FormOutcome state={state} returnTo={returnTo} />
      <Hidden about={about} actionKey={state.status === 'refused' ? state.nextKey : actionKey} />
      <Ending value={{ state, form: '' }}>{children}</Ending>
      <div className="flex flex-wrap items-center justify-between gap-2.5">
        <Button type="submit" tone={tone === 'stop' ? 'stop' : 'primary'} disabled={pending}>
          {confirm}
        </Button>
        <Button tone="quiet" keyName="Esc" onClick={onClose}>
          {t('notNow')}
        </Button>
      </div>
    </form>
  );
}

/** A reason in words, as a field of a dialog. */
export function ReasonField({ name = 'reason', label }: { name?: string; label: string }) {
  const { id, fault } = useEnding(name);
  return (
    <Field id={id} label={label} fault={fault}>
      <textarea
        {...fieldAria(id, fault)}
        name={name}
        rows={3}
        required
        maxLength={2000}
        className="field block"
      />
    </Field>
  );
}

function Hidden({ about, actionKey }: { about: ActFormProps['about']; actionKey: string }) {
  return (
    <>
      {Object.entries(about).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((one) => (
          <input key={`${name}${one}`} type="hidden" name={name} value={one} />
        )),
      )}
      <input type="hidden" name="idempotencyKey" value={actionKey} />
    </>
  );
}
