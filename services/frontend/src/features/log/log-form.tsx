'use client';
// The log form: thirty seconds on a phone. It starts from what was last used, says what the entry is worth while it is
// typed, and keeps everything on this device until it is sent.
import { formatMinor } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useAct } from '../../components/control/use-act.ts';
import type { ActionState } from '../../lib/api/action-state.ts';
import { faultAt, refusedFor } from '../../lib/api/action-state.ts';
import { FormOutcome } from '../../components/control/form-outcome.tsx';
import { editContribution, logContribution } from '../contribution/contribution.actions.ts';
import type { LogFormData } from '../contribution/contribution.documents.ts';
import { LogActs } from './log-acts.tsx';
import type { LogEntry, Unit } from './log-entry.ts';
import { understand, unitOf } from './log-entry.ts';
import { DayField, EvidenceField, KindChoice, QuantityField } from './log-fields.tsx';
import { WordFields } from './word-fields.tsx';
import type { ReaderFormat } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { ValueFields } from './value-fields.tsx';
import { useKeptEntry } from './use-kept-entry.ts';
import type { PreviewState } from './use-preview.ts';
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
  /** What `start` is worth, where that came with the page. */
  worth: PreviewState | null;
};

export function LogForm(props: LogFormProps) {
  const form = useLogForm(props);
  const { entry, setEntry, state, sum, fault } = form;
  return (
    <form
      action={form.act}
      // React resets a form once it was answered, and a choice it controls then shows, and sends, what it began with.
      onReset={(event) => event.preventDefault()}
      id="log-form"
      data-keeps={props.editing === null ? 'itself' : undefined}
      className="phone-act grid items-start gap-x-14 gap-y-6 wide:grid-cols-[minmax(0,1fr)_330px]"
    >
      <div className="grid gap-6">
        <FormOutcome state={state} returnTo="/contributions/new" />
        <input
          type="hidden"
          name="idempotencyKey"
          value={state.status === 'refused' ? state.nextKey : props.actionKey}
        />
        {props.editing ? <input type="hidden" name="contributionId" value={props.editing} /> : null}
        <KindChoice
          kinds={props.kinds.map(({ kind }) => kind)}
          value={entry.kind}
          onChoose={form.chooseKind}
        />
        <div className="grid gap-6 desk:grid-cols-2">
          <QuantityField
            unit={form.unit}
            value={entry.quantity}
            currency={props.currency}
            understood={form.understoodAs}
            fault={fault('quantity') ?? form.slip}
            onChange={setEntry}
          />
          <DayField
            today={props.today}
            value={entry.workedOn}
            period={form.preview?.period?.name ?? null}
            fault={fault('workedOn')}
            onChange={setEntry}
          />
        </div>
        <ValueFields entry={entry} late={form.late} state={state} onChange={setEntry} />
        <WordFields
          entry={entry}
          kinds={props.kinds}
          categories={form.categories}
          fault={fault}
          onChange={setEntry}
        />
        <EvidenceField links={entry.evidence} onChange={setEntry} />
        <LogActs
          pending={form.pending}
          editing={props.editing !== null}
          saved={form.saved}
          sum={sum}
          currency={props.currency}
        />
      </div>
      <ValuePreview
        preview={form.preview}
        problem={form.problem}
        sum={sum}
        currency={props.currency}
        workedOn={entry.workedOn}
      />
    </form>
  );
}

/** Everything the form knows: what is typed, how it is understood, what it is worth, and how sending it ended. */
function useLogForm(props: LogFormProps) {
  const t = useTranslations('log');
  const format = useFormat();
  const sending = useSending(props);
  const { entry, setEntry, state } = sending;
  const option = props.kinds.find(({ kind }) => kind === entry.kind);
  const categories = option?.categories ?? [];
  // A category without a rule of its own is valued by the general one of its kind.
  const category =
    categories.find((one) => one.category === entry.category) ??
    categories.find((one) => one.category === 'General') ??
    categories[0];
  const unit = unitOf(option?.unit ?? 'hour');
  const understood = understand(entry.quantity, unit, category?.rate ?? null, props.currencyDigits);
  const chosen = { ...entry, category: entry.category || (category?.category ?? '') };
  const { preview, problem, reason } = usePreview(
    chosen,
    understood?.ok === true,
    props.worth && { entry: props.start, worth: props.worth },
  );
  const worth =
    understood?.ok && understood.valueMinor !== null
      ? formatMinor(understood.valueMinor, props.currencyDigits)
      : null;

  const chooseKind = (kind: string) => {
    const next = props.kinds.find((one) => one.kind === kind);
    const sameUnit = next && unitOf(next.unit) === unit;
    setEntry({ kind, category: next?.categories[0]?.category ?? '', ...(sameUnit ? {} : { quantity: '' }) });
  };
  return {
    entry: chosen,
    setEntry,
    saved: sending.saved,
    state,
    act: sending.act,
    pending: sending.pending,
    categories,
    unit,
    preview,
    problem,
    late: reason === 'LATE_NEEDS_OVERRIDE' || refusedFor(state, 'LATE_NEEDS_OVERRIDE'),
    chooseKind,
    fault: (field: string) => (sending.mended.includes(field) ? undefined : faultAt(state, field)),
    slip: understood && !understood.ok ? slipText(understood.reason, t) : undefined,
    understoodAs: understoodText(entry.quantity, understood, unit, t, format),
    sum: {
      quantity: quantityInSum(understood?.ok ? understood.shown : '0', unit, format),
      rate: unit === 'money' ? null : (preview?.rate ?? category?.rate ?? null),
      value: preview?.value ?? worth ?? (entry.declaredValue || null),
    },
  };
}

/** What is typed, kept on this device until it is sent, and how sending it ended. */
function useSending(props: LogFormProps) {
  const router = useRouter();
  const forgetKept = useRef<() => void>(() => undefined);
  // Once it is in the books' hands the kept copy goes, and the list shows it.
  const [state, act, pending] = useAct(
    props.editing ? editContribution : logContribution,
    ({ to }) => {
      forgetKept.current();
      router.push(to ?? '/contributions');
    },
    (done) => (props.editing ? undefined : done.id),
  );
  // A form the browser sent by itself comes back as it was typed.
  const typed = state.status === 'refused' ? state.typed : undefined;
  const {
    entry,
    setEntry: keepEntry,
    saved,
    forget,
  } = useKeptEntry(props.keptAt, { ...props.start, ...typed });
  useEffect(() => {
    forgetKept.current = forget;
  }, [forget]);
  // What was refused is told until that field is typed into again.
  const [mended, setMended] = useState<{ state: ActionState; fields: readonly string[] }>({
    state,
    fields: [],
  });
  const mendedFields = mended.state === state ? mended.fields : [];
  const setEntry = (change: Partial<LogEntry>) => {
    keepEntry(change);
    setMended({ state, fields: [...mendedFields, ...Object.keys(change)] });
  };
  return { entry, setEntry, saved, state, act, pending, mended: mendedFields };
}

type Words = ReturnType<typeof useTranslations<'log'>>;

/** "1.5 hours", when the text was understood as something other than it looks. */
function understoodText(
  typed: string,
  understood: ReturnType<typeof understand>,
  unit: Unit,
  t: Words,
  format: ReaderFormat,
): string | null {
  if (!understood?.ok || /^[\d.,]*$/.test(typed.trim())) return null;
  return t('understood', { amount: quantityInSum(understood.shown, unit, format) });
}

function slipText(reason: string, t: Words): string {
  const key = `slip.${reason}` as Parameters<Words>[0];
  return t.has(key) ? t(key) : t('slip.NOT_A_QUANTITY');
}
