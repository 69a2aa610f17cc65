'use client';
// The parts of the log form: what, how long or how much, when, and the proof.
import { addDays, isLocalDate } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { ChoiceField, Field, FieldFault, fieldAria } from '../../components/control/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { kindIcon, isKind } from '../contribution/kind.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { LogEntry, Unit } from './log-entry.ts';
import { stepped } from './log-entry.ts';

type Change = (change: Partial<LogEntry>) => void;

export function KindChoice({
  kinds,
  value,
  onChoose,
}: {
  kinds: readonly string[];
  value: string;
  onChoose: (kind: string) => void;
}) {
  const t = useTranslations('log');
  const words = useKindWords();
  return (
    <ChoiceField id="kind" label={t('what')}>
      <div className="flex flex-wrap gap-2">
        {kinds.map((kind) => (
          <label key={kind} className="choice">
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={kind === value}
              onChange={() => onChoose(kind)}
            />
            <span>
              {isKind(kind) ? <Icon name={kindIcon[kind]} /> : null}
              {words.kind(kind)}
            </span>
          </label>
        ))}
      </div>
    </ChoiceField>
  );
}

type QuantityFieldProps = {
  unit: Unit;
  value: string;
  currency: string;
  understood: string | null;
  fault: string | undefined;
  onChange: Change;
};

/** Hours with a button either side; money and units as a plain field. The number is the largest thing of the form. */
export function QuantityField({ unit, value, currency, understood, fault, onChange }: QuantityFieldProps) {
  const t = useTranslations('log');
  const set = (quantity: string) => onChange({ quantity });
  return (
    <Field
      id="quantity"
      label={t(`amount.${unit}`)}
      fault={fault}
      hint={understood ?? t(`amountHint.${unit}`)}
    >
      <div className={`quantity ${fault ? 'quantity-fault' : ''}`}>
        {unit === 'money' ? null : (
          <StepButton label={t('less')} icon="minus" onStep={() => set(stepped(value, unit, -1))} />
        )}
        <input
          {...fieldAria('quantity', fault, true)}
          name="quantity"
          value={value}
          inputMode={unit === 'hour' ? 'text' : 'decimal'}
          autoComplete="off"
          maxLength={64}
          onChange={(event) => set(event.target.value)}
        />
        <span className="t-body pr-3 text-ink-2">{unit === 'money' ? currency : t(`unit.${unit}`)}</span>
        {unit === 'money' ? null : (
          <StepButton label={t('more')} icon="plus" onStep={() => set(stepped(value, unit, 1))} />
        )}
      </div>
    </Field>
  );
}

function StepButton({ label, icon, onStep }: { label: string; icon: 'plus' | 'minus'; onStep: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onStep}
      className="needs-script flex h-full w-13 items-center justify-center"
    >
      <Icon name={icon} className="size-5" />
    </button>
  );
}

type DayFieldProps = {
  today: string;
  value: string;
  period: string | null;
  fault: string | undefined;
  onChange: Change;
};

export function DayField({ today, value, period, fault, onChange }: DayFieldProps) {
  const { dateWithWeekday, periodName } = useFormat();
  const t = useTranslations('log');
  const yesterday = isLocalDate(today) ? addDays(today, -1) : today;
  const other = value !== today && value !== yesterday;
  const day = (name: string, date: string, checked: boolean) => (
    <label className="choice flex-1">
      <input
        type="radio"
        name="day"
        value={date}
        checked={checked}
        onChange={() => onChange({ workedOn: date })}
      />
      <span className="min-h-12 desk:min-h-[60px]">{name}</span>
    </label>
  );
  const shown = isLocalDate(value) ? opening(dateWithWeekday(value)) : '';
  return (
    <ChoiceField
      id="workedOn"
      label={t('when')}
      hint={period ? t('countsIn', { date: shown, period: periodName(period) }) : shown}
    >
      <div className="flex gap-2">
        {day(t('today'), today, value === today)}
        {day(t('yesterday'), yesterday, value === yesterday)}
        <label className="choice flex-1">
          <input
            type="radio"
            name="day"
            value="other"
            checked={other}
            onChange={() => onChange({ workedOn: isLocalDate(today) ? addDays(today, -2) : today })}
          />
          <span className="min-h-12 desk:min-h-[60px]">
            <Icon name="calendar" />
            {t('other')}
          </span>
        </label>
      </div>
      {other ? (
        <input
          type="date"
          aria-label={t('otherDay')}
          max={today}
          value={value}
          onChange={(event) => onChange({ workedOn: event.target.value })}
          className="field mt-2"
          {...(fault ? { 'aria-invalid': true, 'aria-describedby': 'workedOn-fault' } : {})}
        />
      ) : null}
      <input type="hidden" name="workedOn" value={value} />
      <noscript>
        <input type="hidden" name="plain" value="1" />
        <input type="date" name="otherDay" aria-label={t('otherDay')} max={today} className="field mt-2" />
      </noscript>
      {fault ? <FieldFault id="workedOn" text={fault} /> : null}
    </ChoiceField>
  );
}

export function EvidenceField({ links, onChange }: { links: LogEntry['evidence']; onChange: Change }) {
  const t = useTranslations('log.evidence');
  const set = (index: number, change: Partial<LogEntry['evidence'][number]>) =>
    onChange({ evidence: links.map((link, at) => (at === index ? { ...link, ...change } : link)) });
  return (
    <fieldset>
      <legend className="mb-1.5 flex w-full justify-between gap-3">
        <span className="t-strong">{t('title')}</span>
        <span className="t-small text-ink-2">{t('optional')}</span>
      </legend>
      {links.map((link, index) => (
        <div key={index} className="mb-2 grid grid-cols-[1fr_auto] gap-2 desk:grid-cols-[1fr_1.4fr_auto]">
          <input
            name="evidenceLabel"
            aria-label={t('name')}
            placeholder={t('name')}
            value={link.label}
            onChange={(event) => set(index, { label: event.target.value })}
            className="field max-desk:col-span-2"
          />
          <input
            name="evidenceUrl"
            type="url"
            aria-label={t('address')}
            placeholder="https://"
            value={link.url}
            onChange={(event) => set(index, { url: event.target.value })}
            className="field"
          />
          <Button
            aria-label={t('remove')}
            icon={<Icon name="cross" />}
            onClick={() => onChange({ evidence: links.filter((_, at) => at !== index) })}
          >
            <span className="sr-only">{t('remove')}</span>
          </Button>
        </div>
      ))}
      <Button
        tone="quiet"
        icon={<Icon name="evidence" />}
        onClick={() => onChange({ evidence: [...links, { label: '', url: '' }] })}
      >
        {t('add')}
      </Button>
    </fieldset>
  );
}
