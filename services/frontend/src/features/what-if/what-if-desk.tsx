'use client';
// Trying other rules over the real draft. The browser computes with the package that closes the period, so that what is
// shown is what would be; nothing is sent until a proposal is saved.
import { calculateAllocation, readAllocationInput } from '@habitat/patronage';
import type { AllocationCalculation } from '@habitat/patronage';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import { Button } from '../../components/control/button.tsx';
import { DraftTag } from '../../components/print/draft.tsx';
import { Empty, Notice } from '../../components/state/states.tsx';
import { compare } from './outcome.ts';
import { ResultPlot } from './result-plot.tsx';
import { ResultStory } from './result-story.tsx';
import { ResultTable } from './result-table.tsx';
import { RuleSliders } from './rule-sliders.tsx';
import { changedRules, policyWith, rulesOf } from './rules.ts';
import { SaveProposal } from './save-proposal.tsx';

export type DeskProps = {
  /** The draft's inputs, as the API hands them over. */
  input: string;
  names: readonly (readonly [string, string])[];
  weightsVersion: number;
  digits: number;
  currency: string;
  /** First day of the next period; where the viewer may not save, null. */
  save: { from: string; actionKey: string } | null;
};

export function WhatIfDesk(props: DeskProps) {
  const t = useTranslations('whatIf');
  const desk = useWhatIf(props);
  const { rules, inForce, changed, now, next } = desk;
  if (!now) return <Empty title={t('nothing.title')} text={t('nothing.text')} />;
  return (
    <>
      <div className="grid items-start gap-x-12 gap-y-9 desk:grid-cols-[272px_minmax(0,1fr)]">
        <section aria-labelledby="rules" className="section">
          <div className="mb-2 flex items-baseline justify-between gap-4">
            <h2 id="rules" className="t-head">
              {t('rules')}
            </h2>
            <span className="t-small text-ink-2" aria-live="polite">
              {t('changed', { count: changed.length })}
            </span>
          </div>
          <RuleSliders
            rules={rules}
            inForce={inForce}
            changed={changed}
            currency={props.currency}
            onChange={desk.setRules}
          />
          <Button
            tone="quiet"
            icon="withdrawn"
            className="mt-3"
            onClick={() => desk.setRules(inForce)}
            disabled={changed.length === 0}
          >
            {t('back')}
          </Button>
        </section>
        <Result desk={desk} version={props.weightsVersion} digits={props.digits} />
      </div>
      {props.save ? (
        <SaveProposal
          rules={rules}
          changed={changed}
          possible={next !== null}
          from={props.save.from}
          actionKey={props.save.actionKey}
        />
      ) : (
        <p className="t-body mt-9 text-ink-2">{t('mayNotSave')}</p>
      )}
    </>
  );
}

type ResultProps = { desk: ReturnType<typeof useWhatIf>; version: number; digits: number };

function Result({ desk, version, digits }: ResultProps) {
  const t = useTranslations('whatIf');
  return (
    <section aria-labelledby="result" className="draft min-w-0 p-4 desk:px-5">
      <div className="mb-1 flex items-start justify-between gap-3">
        <h2 id="result" className="t-head">
          {t('result')}
        </h2>
        <DraftTag />
      </div>
      {desk.comparison ? (
        <>
          <ResultPlot comparison={desk.comparison} version={version} cap={desk.capMinor} digits={digits} />
          <ResultTable comparison={desk.comparison} digits={digits} />
          <ResultStory comparison={desk.comparison} cap={desk.rules.cap} />
        </>
      ) : (
        <div role="alert" className="mt-3">
          <Notice tone="wait">{desk.refusal}</Notice>
        </div>
      )}
    </section>
  );
}

/** The rules tried, and what they come to beside those in force. */
function useWhatIf({ input: text, names, digits }: DeskProps) {
  const t = useTranslations('whatIf');
  const input = useMemo(() => readAllocationInput(text), [text]);
  const inForce = useMemo(() => rulesOf(input), [input]);
  const [rules, setRules] = useState(inForce);
  // A slider moves faster than a thousand members are computed: the result follows when there is time.
  const settled = useDeferredValue(rules);
  const now = useMemo(() => accepted(calculateAllocation(input)), [input]);
  const tried = useMemo(
    () => calculateAllocation({ ...input, policy: policyWith(input.policy, settled, digits) }),
    [input, settled, digits],
  );
  const next = accepted(tried);
  const nameOf = useMemo(() => new Map(names), [names]);
  const comparison = now && next ? compare(now, next, nameOf) : null;
  const code = tried.ok ? null : tried.refusal.code;
  const key = `refusal.${code ?? ''}` as 'refusal.INFEASIBLE_CAP';
  return {
    rules,
    setRules,
    inForce,
    changed: changedRules(inForce, rules),
    now,
    next,
    comparison,
    capMinor: next && next.members.some((one) => one.capped) ? largestCapped(next) : null,
    refusal: code === null ? null : t.has(key) ? t(key) : t('refusal.OTHER'),
  };
}

function accepted(result: ReturnType<typeof calculateAllocation>): AllocationCalculation | null {
  return result.ok ? result.value : null;
}

/** Where the cap stands in the plot: what those at it get. */
function largestCapped(calculation: AllocationCalculation): bigint {
  const capped = calculation.members.filter((one) => one.capped).map((one) => one.allocationMinor);
  return capped.reduce((most, one) => (one > most ? one : most), 0n);
}
