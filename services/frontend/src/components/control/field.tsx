// A field of a form: label above, hint below, and its fault under it in words, tied together for a screen reader.
import type { ReactNode } from 'react';
import { FrameIcon } from '../frame-icon.tsx';

export type FieldProps = {
  id: string;
  label: ReactNode;
  aside?: ReactNode;
  hint?: ReactNode;
  fault?: string | undefined;
  children: ReactNode;
};

/** Wraps one control; the control itself takes `fieldAria(id, fault)`. */
export function Field({ id, label, aside, hint, fault, children }: FieldProps) {
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="t-strong">
          {label}
        </label>
        {aside ? <span className="t-small text-ink-2">{aside}</span> : null}
      </div>
      {children}
      {fault ? <FieldFault id={id} text={fault} /> : null}
      {hint ? (
        <p id={`${id}-hint`} className="t-small mt-1.5 text-ink-2">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Same frame for a group of choices, where a fieldset and legend take the label's place. */
export function ChoiceField({ id, label, hint, fault, children }: Omit<FieldProps, 'aside'>) {
  return (
    <fieldset id={id} className="min-w-0" aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend className="t-strong mb-1.5">{label}</legend>
      {children}
      {fault ? <FieldFault id={id} text={fault} /> : null}
      {hint ? <div className="t-small mt-1.5 text-ink-2">{hint}</div> : null}
    </fieldset>
  );
}

export function FieldFault({ id, text }: { id: string; text: string }) {
  return (
    <p id={`${id}-fault`} className="t-small mt-1.5 flex gap-1.5 text-stop">
      <FrameIcon name="fault" className="mt-0.5 size-3.5" />
      <span>{text}</span>
    </p>
  );
}

/** The attributes that tie a control to its fault and hint. */
export function fieldAria(id: string, fault: string | undefined, hasHint = false) {
  const described = [fault ? `${id}-fault` : '', hasHint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return {
    id,
    ...(fault ? { 'aria-invalid': true as const } : {}),
    ...(described ? { 'aria-describedby': described } : {}),
  };
}

export type Summarised = { field: string | null; text: string };

/** Every fault of a form in one place above it, each a link to its field. It takes the focus when it appears. */
export function FaultSummary({ title, faults }: { title: string; faults: readonly Summarised[] }) {
  if (faults.length === 0) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      ref={(element) => element?.focus()}
      className="border-l-[3px] border-stop bg-stop-wash px-4 py-3"
    >
      <p className="t-strong text-stop">{title}</p>
      <ul className="t-ui mt-1">
        {faults.map(({ field, text }) => (
          <li key={`${field ?? ''}${text}`}>
            {field ? (
              <a href={`#${field}`} className="underline underline-offset-4">
                {text}
              </a>
            ) : (
              text
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
