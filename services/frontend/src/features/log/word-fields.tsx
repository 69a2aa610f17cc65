'use client';
// Which category it was and, in the giver's own words, what: one line is enough.
import { useTranslations } from 'next-intl';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { useScripted } from '../../components/control/use-act.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { LogEntry } from './log-entry.ts';

type WordFieldsProps = {
  entry: LogEntry;
  categories: readonly { category: string }[];
  kinds: readonly { kind: string; categories: readonly { category: string }[] }[];
  fault: (field: string) => string | undefined;
  onChange: (change: Partial<LogEntry>) => void;
};

export function WordFields({ entry, categories, kinds, fault, onChange }: WordFieldsProps) {
  const t = useTranslations('log');
  const scripted = useScripted();
  const names = [...new Set([...categories.map(({ category }) => category), entry.category])].filter(Boolean);
  return (
    <>
      {names.length > 0 ? (
        <Field id="category" label={t('category')} fault={fault('category')}>
          <select
            {...fieldAria('category', fault('category'))}
            name="category"
            value={entry.category}
            onChange={(event) => onChange({ category: event.target.value })}
            className="field"
          >
            {scripted ? (
              <Names names={names} />
            ) : (
              <EveryKind names={names} kinds={kinds} chosen={entry.kind} />
            )}
          </select>
        </Field>
      ) : null}
      <Field id="description" label={t('description')} aside={t('oneLine')} fault={fault('description')}>
        <textarea
          {...fieldAria('description', fault('description'))}
          name="description"
          rows={2}
          maxLength={2000}
          value={entry.description}
          onChange={(event) => onChange({ description: event.target.value })}
          className="field block min-h-16 resize-y"
        />
      </Field>
    </>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return names.map((name) => (
    <option key={name} value={name}>
      {name}
    </option>
  ));
}

/** Until the page is alive the kind may change without the list following: so it has every kind's categories. */
function EveryKind({
  names,
  kinds,
  chosen,
}: {
  names: readonly string[];
  kinds: WordFieldsProps['kinds'];
  chosen: string;
}) {
  const words = useKindWords();
  const others = kinds.filter(({ kind, categories }) => kind !== chosen && categories.length > 0);
  return (
    <>
      <optgroup label={words.kind(chosen)}>
        <Names names={names} />
      </optgroup>
      {others.map(({ kind, categories }) => (
        <optgroup key={kind} label={words.kind(kind)}>
          <Names names={categories.map(({ category }) => category)} />
        </optgroup>
      ))}
    </>
  );
}
