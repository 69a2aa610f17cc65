'use client';
// Fields only some entries have: what a thing is worth today and what it cost its giver. Without scripts nobody can tell
// which kind is chosen, so they are always there then.
import { useTranslations } from 'next-intl';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { Notice } from '../../components/state/notice.tsx';
import type { ActionState } from '../../lib/api/action-state.ts';
import { faultAt } from '../../lib/api/action-state.ts';
import type { LogEntry } from './log-entry.ts';

type ValueFieldsProps = {
  entry: LogEntry;
  /** The period of the day no longer takes entries of its members. */
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
  const both = (
    <div className="grid gap-6 desk:grid-cols-2">
      {money('declaredValue')}
      {money('costBasis')}
    </div>
  );
  return (
    <>
      {entry.kind === 'IN_KIND' ? both : <noscript>{both}</noscript>}
      {late ? <Notice tone="wait">{t('late')}</Notice> : null}
    </>
  );
}
