'use client';
// The log form: thirty seconds on a phone. It starts from what was last used, says what the entry is worth while it is
// typed, and keeps everything on this device until it is sent.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useActionState, useEffect, useRef } from 'react';
import { useToast } from '../../components/control/toast.tsx';
import type { ActionState } from '../../lib/api/action-state.ts';
import { faultAt, idle } from '../../lib/api/action-state.ts';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { FormOutcome } from '../../components/control/form-outcome.tsx';
import { editContribution, logContribution } from './contribution.actions.ts';
import type { LogFormData } from './contribution.documents.ts';
import { LogActs } from './log-acts.tsx';
import type { LogEntry } from './log-entry.ts';
import { understand, unitOf } from './log-entry.ts';
import { DayField, EvidenceField, KindChoice, QuantityField } from './log-fields.tsx';
import { ValueFields } from './value-fields.tsx';
import { useKeptEntry } from './use-kept-entry.ts';
import { usePreview } from './use-preview.ts';
import { ValuePreview, quantityInSum } from './value-preview.tsx';

export type LogFormProps = {
  kinds: LogFormData['contributionOptions']['kinds'];
  start: LogEntry;
  today: string;
  currency: string;
  currencyDigits: number;
  actionKey: string;
  /** Where a half-filled form is kept on this device; nothing is kept while editing. */
  keptAt: string | null;
  editing: string | null;
};

export function LogForm(props: LogFormProps) {
  const { kinds, today, currency, currencyDigits, editing } = props;
  const t = useTranslations('log');
  const { entry, setEntry, saved, forget } = useKeptEntry(props.keptAt, props.start);
  const [state, act, pending] = useActionState<ActionState, FormData>(
    editing ? editContribution : logContribution,
    idle,
  );
  useLeaveWhenDone(state, forget);

  const option = kinds.find(({ kind }) => kind === entry.kind);
  const categories = option?.categories ?? [];
  const category = categories.find((one) => one.category === entry.category) ?? categories[0];
  const unit = unitOf(option?.unit ?? 'hour');
  const understood = understand(entry.quantity, unit, category?.rate ?? null, currencyDigits);
  const chosen = { ...entry, category: category?.category ?? entry.category };
  const { preview, problem } = usePreview(chosen, understood?.ok === true && category !== undefined);

  const localFault = understood && !understood.ok ? reasonText(understood.reason, t) : undefined;
  const localValue =
    understood?.ok && understood.valueMinor !== null
      ? formatMinor(understood.valueMinor, currencyDigits)
      : null;
  const rate = unit === 'money' ? null : (preview?.rate ?? category?.rate ?? null);
  const sum = {
    quantity: understood?.ok ? quantityInSum(understood.shown, unit) : quantityInSum('0', unit),
    rate,
    value: preview?.value ?? localValue ?? (entry.declaredValue || null),
  };
  const chooseKind = (kind: string) => {
    const next = kinds.find((one) => one.kind === kind);
    const sameUnit = next && unitOf(next.unit) === unit;
    setEntry({ kind, category: next?.categories[0]?.category ?? '', ...(sameUnit ? {} : { quantity: '' }) });
  };
  return (
    <form
      action={act}
      id="log-form"
      className="phone-act grid items-start gap-x-14 gap-y-6 wide:grid-cols-[minmax(0,1fr)_330px]"
    >
      <div className="grid gap-6">
        <FormOutcome state={state} returnTo="/contributions/new" />
        <input
          type="hidden"
          name="idempotencyKey"
          value={state.status === 'refused' ? state.nextKey : props.actionKey}
        />
        {editing ? <input type="hidden" name="contributionId" value={editing} /> : null}
        <KindChoice kinds={kinds.map(({ kind }) => kind)} value={entry.kind} onChoose={chooseKind} />
        <div className="grid gap-6 desk:grid-cols-2">
          <QuantityField
            unit={unit}
            value={entry.quantity}
            currency={currency}
            understood={understoodText(entry.quantity, understood, t)}
            fault={faultAt(state, 'quantity') ?? localFault}
            onChange={setEntry}
          />
          <DayField
            today={today}
            value={entry.workedOn}
            period={preview?.period?.name ?? null}
            fault={faultAt(state, 'workedOn')}
            onChange={setEntry}
          />
        </div>
        <ValueFields
          entry={entry}
          kind={entry.kind}
          late={faultAt(state, 'workedOn') !== undefined}
          state={state}
          onChange={setEntry}
        />
        <Field id="category" label={t('category')} fault={faultAt(state, 'category')}>
          <select
            {...fieldAria('category', faultAt(state, 'category'))}
            name="category"
            value={category?.category ?? ''}
            onChange={(event) => setEntry({ category: event.target.value })}
            className="field"
          >
            {categories.map((one) => (
              <option key={one.category} value={one.category}>
                {one.category}
              </option>
            ))}
          </select>
        </Field>
        <Field
          id="description"
          label={t('description')}
          aside={t('oneLine')}
          fault={faultAt(state, 'description')}
        >
          <textarea
            {...fieldAria('description', faultAt(state, 'description'))}
            name="description"
            rows={2}
            maxLength={2000}
            value={entry.description}
            onChange={(event) => setEntry({ description: event.target.value })}
            className="field block min-h-16 resize-y"
          />
        </Field>
        <EvidenceField links={entry.evidence} onChange={setEntry} />
        <LogActs pending={pending} editing={editing !== null} saved={saved} sum={sum} currency={currency} />
      </div>
      <ValuePreview
        preview={preview}
        problem={problem}
        sum={sum}
        currency={currency}
        workedOn={entry.workedOn}
      />
    </form>
  );
}

type Words = ReturnType<typeof useTranslations<'log'>>;

/** "1.5 hours", when the text was understood as something other than it looks. */
function understoodText(typed: string, understood: ReturnType<typeof understand>, t: Words): string | null {
  if (!understood?.ok || /^[\d.,]*$/.test(typed.trim())) return null;
  return t('understood', { amount: understood.shown });
}

function reasonText(reason: string, t: Words): string {
  const key = `slip.${reason}` as Parameters<Words>[0];
  return t.has(key) ? t(key) : t('slip.NOT_A_QUANTITY');
}

/** Once it is in the books' hands: the kept copy goes, the toast says what happened, the list shows it. */
function useLeaveWhenDone(state: ActionState, forget: () => void): void {
  const router = useRouter();
  const toast = useToast();
  const left = useRef(false);
  useEffect(() => {
    if (state.status !== 'done' || left.current) return;
    left.current = true;
    forget();
    toast({ icon: 'check', text: state.said });
    router.push('/contributions');
  }, [state, forget, toast, router]);
}
