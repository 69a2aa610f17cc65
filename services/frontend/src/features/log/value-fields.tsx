'use client';
// Fields only some entries have: what a thing is worth and what it cost its giver, and why an entry comes late.
import { useTranslations } from 'next-intl';
import { Field, fieldAria } from '../../components/control/field.tsx';
import type { ActionState } from '../../lib/api/action-state.ts';
import { faultAt } from '../../lib/api/action-state.ts';
import type { LogEntry } from './log-entry.ts';

type ValueFieldsProps = {
  entry: LogEntry;
  late: boolean;
  state: ActionState;
  onChange: (change: Partial<LogEntry>) => void;
};

export function ValueFields({ entry, late, state, onChange }: ValueFieldsProps) {
  const t = useTranslations('log.value');
  const money = (name: 'declaredValue' | 'costBasis') => (
    <Field id={name} label={t(`${name}.label`)} hint={t(`${name}.hint`)} fault={faultAt(state, name)}>
      <input
        {...fieldAria(name, faultAt(state, name), true)}
        name={name}
        inputMode="decimal"
        autoComplete="off"
        value={entry[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
        className="field text-right"
      />
    </Field>
  );
  return (
    <>
      {entry.kind === 'IN_KIND' ? (
        <div className="grid gap-6 desk:grid-cols-2">
          {money('declaredValue')}
          {money('costBasis')}
        </div>
      ) : null}
      {late || entry.lateReason ? (
        <Field
          id="lateReason"
          label={t('late.label')}
          hint={t('late.hint')}
          fault={faultAt(state, 'lateReason')}
        >
          <input
            {...fieldAria('lateReason', faultAt(state, 'lateReason'), true)}
            name="lateReason"
            value={entry.lateReason}
            onChange={(event) => onChange({ lateReason: event.target.value })}
            className="field"
          />
        </Field>
      ) : null}
    </>
  );
}
