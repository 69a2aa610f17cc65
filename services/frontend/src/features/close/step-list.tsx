// The seven steps of a close: done ones in ink with who and when, the current one in pen, the rest in outline.
import { useTranslations } from 'next-intl';
import { Icon } from '../../components/icon.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { CloseStep } from './close.documents.ts';

export function StepList({ steps, timeZone }: { steps: readonly CloseStep[]; timeZone: string }) {
  return (
    <ol className="section !pt-4">
      {steps.map((step, index) => (
        <StepItem key={step.number} step={step} timeZone={timeZone} last={index === steps.length - 1} />
      ))}
    </ol>
  );
}

function StepItem({ step, timeZone, last }: { step: CloseStep; timeZone: string; last: boolean }) {
  const { instantText } = useFormat();
  const t = useTranslations('close');
  const state = step.state.toLowerCase();
  const done = state === 'done';
  const current = state === 'current' || state === 'working' || state === 'blocked';
  const mark = done ? 'bg-ink text-paper' : current ? 'bg-pen text-on-pen' : 'border border-edge text-ink-2';
  return (
    <li className="relative flex gap-3.5 pb-6" {...(current ? { 'aria-current': 'step' as const } : {})}>
      {last ? null : (
        <span
          className={`absolute top-8 bottom-0 left-[15.5px] w-px ${done ? 'bg-ink' : 'bg-rule'}`}
          aria-hidden="true"
        />
      )}
      <span
        className={`relative flex size-8 flex-none items-center justify-center rounded-full font-serif text-[18px] ${mark}`}
      >
        {done ? <Icon name="check" /> : step.number}
      </span>
      <div className="min-w-0 pt-1">
        <p className={`t-strong text-[15px] ${current ? 'text-pen' : done ? '' : 'font-medium text-ink-2'}`}>
          {t(`step.${stepKey(step)}.title`)}
          <span className="sr-only">, {t(`state.${isState(state) ? state : 'waiting'}`)}</span>
        </p>
        <p className="t-small text-ink-2">{step.detail ?? t(`step.${stepKey(step)}.what`)}</p>
        {step.doneAt ? (
          <p className="t-small text-ink-2">
            {step.doneBy?.displayName ?? t('system')}, {instantText(step.doneAt, timeZone)}
          </p>
        ) : null}
      </div>
    </li>
  );
}

const keys = [
  'review',
  'cut_off',
  'revenue_and_expense',
  'income_statement',
  'allocation',
  'capital_credited',
  'period_closed',
] as const;
export type StepKey = (typeof keys)[number];

/** The name of a step is its place: a close always has these seven, in this order. */
export function stepKey(step: { number: number }): StepKey {
  return keys[step.number - 1] ?? 'review';
}

const states = ['waiting', 'current', 'working', 'done', 'blocked'] as const;
const isState = (text: string): text is (typeof states)[number] =>
  (states as readonly string[]).includes(text);
