'use client';
// Fields in a row of a table: the label is read out, the column's heading is seen.
import { FieldFault, fieldAria } from './field.tsx';
import type { Choice } from './page-field.tsx';
import { useEnding } from './form-outcome.tsx';

type CellProps = { name: string; label: string; value?: string | null };
type CellFieldProps = CellProps & {
  unit?: string;
  inputMode?: 'decimal' | 'numeric';
  placeholder?: string;
};

export function CellField({ name, label, value, unit, inputMode, placeholder }: CellFieldProps) {
  const { id, fault, typed } = useEnding(name);
  return (
    <div>
      <span className="flex items-center gap-2">
        <input
          {...fieldAria(id, fault)}
          aria-label={label}
          name={name}
          inputMode={inputMode}
          placeholder={placeholder}
          autoComplete="off"
          defaultValue={typed ?? value ?? ''}
          className={`field ${inputMode ? 'text-right' : ''}`}
        />
        {unit ? <span className="t-ui flex-none text-ink-2">{unit}</span> : null}
      </span>
      {fault ? <FieldFault id={id} text={fault} /> : null}
    </div>
  );
}

export function CellSelect({ name, label, value, choices }: CellProps & { choices: readonly Choice[] }) {
  const { id, fault, typed } = useEnding(name);
  return (
    <div>
      <select
        {...fieldAria(id, fault)}
        aria-label={label}
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
      {fault ? <FieldFault id={id} text={fault} /> : null}
    </div>
  );
}
