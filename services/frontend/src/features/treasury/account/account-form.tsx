'use client';
// A new account: its code and name, the group it belongs to, and on which side it stands.
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../../components/control/button.tsx';
import { Field, fieldAria } from '../../../components/control/field.tsx';
import { FormOutcome } from '../../../components/control/form-outcome.tsx';
import { useAct } from '../../../components/control/use-act.ts';
import { faultAt } from '../../../lib/api/action-state.ts';
import { createAccount } from './account.actions.ts';

type AccountFormProps = { groups: readonly { code: string; name: string }[]; actionKey: string };

const blank = { code: '', name: '', parentCode: '' };

export function AccountForm({ groups, actionKey }: AccountFormProps) {
  const t = useTranslations('posting');
  const [typed, setTyped] = useState(blank);
  const [state, send, pending] = useAct(createAccount, () => setTyped(blank));
  const type = (name: keyof typeof blank) => ({
    name,
    value: typed[name],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
    ...fieldAria(name, faultAt(state, name), name === 'code'),
  });
  return (
    <form action={send} className="mt-4 grid max-w-2xl gap-4">
      <FormOutcome state={state} returnTo="/treasury/accounts" />
      <input
        type="hidden"
        name="idempotencyKey"
        value={state.status === 'refused' ? state.nextKey : actionKey}
      />
      <div className="grid gap-4 desk:grid-cols-[140px_1fr]">
        <Field id="code" label={t('code')} hint={t('codeHint')} fault={faultAt(state, 'code')}>
          <input {...type('code')} required maxLength={32} autoComplete="off" className="field" />
        </Field>
        <Field id="name" label={t('name')} fault={faultAt(state, 'name')}>
          <input {...type('name')} required maxLength={200} autoComplete="off" className="field" />
        </Field>
      </div>
      <Field id="parentCode" label={t('parent')} fault={faultAt(state, 'parentCode')}>
        <select {...type('parentCode')} required className="field">
          <option value="">{t('choose')}</option>
          {groups.map(({ code, name }) => (
            <option key={code} value={code}>
              {code} {name}
            </option>
          ))}
        </select>
      </Field>
      <div className="t-ui flex flex-wrap gap-x-7 gap-y-2">
        <Tick name="group" label={t('group')} />
        <Tick name="contra" label={t('contra')} />
      </div>
      <Button type="submit" tone="primary" disabled={pending} className="justify-self-start">
        {t('addAccount')}
      </Button>
    </form>
  );
}

function Tick({ name, label }: { name: string; label: string }) {
  return (
    <label htmlFor={name} className="flex min-h-9 items-center gap-2.5">
      <input id={name} name={name} type="checkbox" className="size-4 accent-[var(--pen)]" />
      {label}
    </label>
  );
}
