'use client';
// A rule as a slider with its exact number beside it: the hand finds the neighbourhood, the field says it exactly. Ink
// while it is as in force, pen once it is the reader's own.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { inKindOrder } from '../contribution/kind.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { Rules, ThresholdKind } from './rules.ts';
import { plain, sliderEnd, thresholdKinds } from './rules.ts';

type SlidersProps = {
  rules: Rules;
  inForce: Rules;
  changed: readonly string[];
  currency: string;
  onChange: (rules: Rules) => void;
};

export function RuleSliders({ rules, inForce, changed, currency, onChange }: SlidersProps) {
  const t = useTranslations('whatIf');
  const words = useKindWords();
  const end = sliderEnd(inForce.weights);
  return (
    <div className="grid gap-6">
      <fieldset className="grid gap-4">
        <legend className="t-label mb-3 text-ink-2">{t('weights')}</legend>
        {inKindOrder(Object.entries(rules.weights), ([category]) => category).map(([category, weight]) => (
          <Slider
            key={category}
            id={`weight-${category}`}
            label={words.category(category)}
            value={weight}
            end={end}
            step="0.01"
            start="0.01"
            changed={changed.includes(category)}
            rule={inForce.weights[category] ?? ''}
            before={inForce.weights[category] ?? ''}
            onChange={(value) => onChange({ ...rules, weights: { ...rules.weights, [category]: value } })}
          />
        ))}
      </fieldset>
      <fieldset className="grid gap-4">
        <legend className="t-label mb-3 text-ink-2">{t('limits')}</legend>
        <Slider
          id="cap"
          label={t('cap')}
          value={rules.cap}
          start="1"
          end="100"
          step="1"
          unit="%"
          changed={changed.includes('cap')}
          rule={inForce.cap}
          before={plain(inForce.cap) === '100' ? t('noCap') : `${inForce.cap}%`}
          onChange={(cap) => onChange({ ...rules, cap })}
        />
        <Threshold
          rules={rules}
          inForce={inForce}
          changed={changed.includes('threshold')}
          currency={currency}
          onChange={onChange}
        />
      </fieldset>
    </div>
  );
}

const reach: Record<ThresholdKind, { end: string; step: string }> = {
  none: { end: '1', step: '1' },
  fixed: { end: '5000', step: '50' },
  hours: { end: '200', step: '1' },
  percent_of_average: { end: '100', step: '1' },
};

function Threshold({
  rules,
  inForce,
  changed,
  currency,
  onChange,
}: Omit<SlidersProps, 'changed'> & { changed: boolean }) {
  const t = useTranslations('whatIf');
  const unit = { none: undefined, fixed: currency, hours: 'h', percent_of_average: '%' }[rules.thresholdKind];
  const kind = (
    <select
      aria-label={t('leastKind')}
      value={rules.thresholdKind}
      onChange={(event) =>
        onChange({
          ...rules,
          thresholdKind: event.target.value as ThresholdKind,
          threshold: event.target.value === inForce.thresholdKind ? inForce.threshold : '0',
        })
      }
      className="field mb-2"
    >
      {thresholdKinds.map((one) => (
        <option key={one} value={one}>
          {t(`least.${one}`)}
        </option>
      ))}
    </select>
  );
  const before =
    inForce.thresholdKind === 'none'
      ? t('least.none')
      : `${t(`least.${inForce.thresholdKind}`)} ${inForce.threshold}`;
  if (rules.thresholdKind === 'none')
    return (
      <div>
        <p className="t-ui mb-1.5">{t('leastTitle')}</p>
        {kind}
        {changed ? <Before text={before} /> : null}
      </div>
    );
  return (
    <Slider
      id="threshold"
      label={t('leastTitle')}
      value={rules.threshold || '0'}
      start="0"
      {...reach[rules.thresholdKind]}
      {...(unit ? { unit } : {})}
      changed={changed}
      {...(rules.thresholdKind === inForce.thresholdKind ? { rule: inForce.threshold || '0' } : {})}
      before={before}
      above={kind}
      onChange={(threshold) => onChange({ ...rules, threshold })}
    />
  );
}

type SliderProps = {
  id: string;
  label: string;
  value: string;
  start: string;
  end: string;
  step: string;
  unit?: string;
  changed: boolean;
  /** The rule in force on this slider, where it is measured alike: a tick. */
  rule?: string;
  /** The rule in force, told while it is another. */
  before: string;
  above?: ReactNode;
  onChange: (value: string) => void;
};

function Slider({ id, label, value, unit, changed, rule, before, above, onChange, ...range }: SliderProps) {
  const t = useTranslations('whatIf');
  const { start, end, step } = range;
  return (
    <div className={changed ? 'rule rule-changed' : 'rule'}>
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="t-ui">
          {label}
        </label>
        <span className="flex items-center gap-1">
          <input
            id={`${id}-exact`}
            aria-label={t('exact', { rule: label })}
            value={value}
            inputMode="decimal"
            autoComplete="off"
            size={6}
            onChange={(event) => onChange(event.target.value)}
            className="rule-number"
          />
          {unit ? <span className="t-ui">{unit}</span> : null}
        </span>
      </div>
      {above}
      <div className="relative">
        <input
          id={id}
          type="range"
          min={start}
          max={end}
          step={step}
          value={value}
          aria-valuetext={unit ? `${value} ${unit}` : value}
          onChange={(event) => onChange(event.target.value)}
          className="rule-slider"
        />
        <Track
          at={placeOf(value, start, end)}
          tick={changed && rule !== undefined ? placeOf(rule, start, end) : null}
        />
      </div>
      {changed ? <Before text={before} /> : null}
    </div>
  );
}

/** How far along the slider a rule stands, as a percentage: only a place on the screen; its start for what is no number. */
const placeOf = (rule: string, start: string, end: string) =>
  Math.min(100, Math.max(0, ((Number(rule) - Number(start)) / (Number(end) - Number(start))) * 100)) || 0;

/** The line the mark runs on, inked as far as it stands, and a tick at the rule in force. */
function Track({ at, tick }: { at: number; tick: number | null }) {
  return (
    <svg className="rule-track" aria-hidden="true">
      <line x1="0" x2="100%" y1="50%" y2="50%" />
      <line x1="0" x2={`${at}%`} y1="50%" y2="50%" className="rule-filled" />
      {tick === null ? null : <line x1={`${tick}%`} x2={`${tick}%`} y1="5" y2="23" className="rule-tick" />}
    </svg>
  );
}

function Before({ text }: { text: string }) {
  const t = useTranslations('whatIf');
  return <p className="t-note text-pen">{t('inForce', { rule: text })}</p>;
}
