// The fields a list is narrowed by; their names are what the list's address says.
import { Field } from '../control/field.tsx';

type SearchInputProps = { value: string | null; id?: string; 'aria-label'?: string; className?: string };

export function SearchInput({ value, className = '', ...more }: SearchInputProps) {
  return (
    <input
      key={value}
      type="search"
      name="search"
      defaultValue={value ?? ''}
      placeholder={more['aria-label']}
      maxLength={200}
      data-search
      className={`field ${className}`}
      {...more}
    />
  );
}

/** The words looked for, among the other fields. */
export function FilterSearch({ label, value }: { label: string; value: string | null }) {
  return (
    <Field id="filter-search" label={label}>
      <SearchInput id="filter-search" value={value} />
    </Field>
  );
}

type FilterFieldProps = { name: string; label: string; value: string | null };
type Option = { readonly value: string; readonly text: string };

/** One of some, or any. */
export function FilterSelect({
  name,
  label,
  value,
  any,
  options,
}: FilterFieldProps & { any: string; options: readonly Option[] }) {
  const id = `filter-${name}`;
  return (
    <Field id={id} label={label}>
      <select id={id} name={name} key={value} defaultValue={value ?? ''} className="field">
        <option value="">{any}</option>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </select>
    </Field>
  );
}

type FilterInputProps = FilterFieldProps & {
  look?: 'amount' | 'code';
  /** Offered while one types. */
  offered?: readonly string[];
};

/** Something typed. */
export function FilterInput({ name, label, value, look, offered }: FilterInputProps) {
  const id = `filter-${name}`;
  const lookClass = look === 'amount' ? 'text-right' : look === 'code' ? 't-mono' : '';
  return (
    <Field id={id} label={label}>
      <input
        id={id}
        name={name}
        key={value}
        defaultValue={value ?? ''}
        maxLength={80}
        inputMode={look === 'amount' ? 'decimal' : undefined}
        list={offered ? `${id}-offered` : undefined}
        className={`field ${lookClass}`}
      />
      {offered ? (
        <datalist id={`${id}-offered`}>
          {offered.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ) : null}
    </Field>
  );
}

type FilterDaysProps = { from: FilterFieldProps; until: FilterFieldProps };

/** From one day to another, side by side. */
export function FilterDays({ from, until }: FilterDaysProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      {[from, until].map(({ name, label, value }) => (
        <Field key={name} id={`filter-${name}`} label={label}>
          <input
            id={`filter-${name}`}
            name={name}
            type="date"
            key={value}
            defaultValue={value ?? ''}
            className="field"
          />
        </Field>
      ))}
    </div>
  );
}
