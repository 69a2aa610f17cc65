'use client';
// Which category it was and, in the giver's own words, what: one line is enough.
import { useTranslations } from 'next-intl';
import { Field, fieldAria } from '../../components/control/field.tsx';
import type { LogEntry } from './log-entry.ts';

type WordFieldsProps = {
  entry: LogEntry;
  categories: readonly { category: string }[];
  fault: (field: string) => string | undefined;
  onChange: (change: Partial<LogEntry>) => void;
};

export function WordFields({ entry, categories, fault, onChange }: WordFieldsProps) {
  const t = useTranslations('log');
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
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
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
