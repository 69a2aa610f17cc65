'use client';
// The fields of a page's form. A field is named by the place the API tells its faults at ("weights.0.weight").
import type { ReactNode } from 'react';
import { Field, FieldFault, fieldAria } from './field.tsx';
import { useEnding } from './form-outcome.tsx';

type Common = { name: string; label: ReactNode; hint?: ReactNode; value?: string | null; required?: boolean };

type TextFieldProps = Common & {
  type?: 'text' | 'date' | 'email' | 'password';
  /** Printed behind the field: %, days, the currency. */
  unit?: string;
  inputMode?: 'decimal' | 'numeric';
  maxLength?: number;
  min?: string;
  autoComplete?: string;
  /** Offered while typing; anything else may be typed too. */
  suggestions?: readonly string[];
  /** Never kept by the browser while the form waits: a number nobody else at this device should come upon. */
  unkept?: boolean;
  className?: string;
};

export function TextField({ name, label, hint, value, unit, unkept, className, ...rest }: TextFieldProps) {
  const { id, fault, typed } = useEnding(name);
  const { type = 'text', autoComplete = 'off', suggestions = [], ...attributes } = rest;
  const list = suggestions.length > 0 ? `${id}-list` : undefined;
  const input = (
    <input
      {...fieldAria(id, fault, hint !== undefined)}
      {...attributes}
      name={name}
      type={type}
      autoComplete={autoComplete}
      list={list}
      data-unkept={unkept}
      defaultValue={typed ?? value ?? ''}
      className={`field ${rest.inputMode ? 'text-right' : ''}`}
    />
  );
  return (
    <div className={className}>
      <Field id={id} label={label} hint={hint} fault={fault}>
        {unit ? (
          <div className="flex items-center gap-2">
            {input}
            <span className="t-ui flex-none text-ink-2">{unit}</span>
          </div>
        ) : (
          input
        )}
        {list ? (
          <datalist id={list}>
            {suggestions.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        ) : null}
      </Field>
    </div>
  );
}

export function AreaField({ name, label, hint, value, required }: Common) {
  const { id, fault, typed } = useEnding(name);
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      <textarea
        {...fieldAria(id, fault, hint !== undefined)}
        name={name}
        rows={3}
        maxLength={1000}
        required={required}
        defaultValue={typed ?? value ?? ''}
        className="field block"
      />
    </Field>
  );
}

export type Choice = { value: string; label: string };

export function SelectField({ name, label, hint, value, choices }: Common & { choices: readonly Choice[] }) {
  const { id, fault, typed } = useEnding(name);
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      <select
        {...fieldAria(id, fault, hint !== undefined)}
        name={name}
        defaultValue={typed ?? value ?? ''}
        className="field"
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

type CheckFieldProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  value?: string;
  checked?: boolean;
};

/** Something that is so or not; `value` is sent when it is. */
export function CheckField({ name, label, hint, value = 'true', checked }: CheckFieldProps) {
  const { id, fault } = useEnding(value === 'true' ? name : `${name}.${value}`);
  return (
    <div>
      <label htmlFor={id} className="t-ui flex min-h-9 items-start gap-3 py-1.5">
        <input
          {...fieldAria(id, fault, hint !== undefined)}
          type="checkbox"
          name={name}
          value={value}
          defaultChecked={checked}
          className="mt-0.5 size-4 flex-none accent-[var(--pen)]"
        />
        <span>{label}</span>
      </label>
      {fault ? <FieldFault id={id} text={fault} /> : null}
      {hint ? (
        <p id={`${id}-hint`} className="t-small text-ink-2">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
