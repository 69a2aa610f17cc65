'use client';
// Trying other rules over the real draft. The browser computes with the package that closes the period, so that what is
// shown is what would be; nothing is sent until a proposal is saved.
import { formatMinor } from '@habitat/kernel';
import { calculateAllocation, readAllocationInput } from '@habitat/patronage';
import type { AllocationCalculation } from '@habitat/patronage';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../components/control/button.tsx';
import { DraftTag } from '../../components/print/draft.tsx';
import { PageHead } from '../../components/shell/page-head.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { Empty } from '../../components/state/empty.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { compare } from './outcome.ts';
import { ResultPlot } from './result-plot.tsx';
import { ResultStory } from './result-story.tsx';
import { ResultTable } from './result-table.tsx';
import { RuleSliders } from './rule-sliders.tsx';
import { changedRules, policyWith, rulesOf } from './rules.ts';
import { SaveProposal } from './save-proposal.tsx';
import { Icon } from '../../components/icon.tsx';

export type DeskProps = {
  /** The draft's inputs, as the API hands them over. */
  input: string;
  names: readonly (readonly [string, string])[];
  weightsVersion: number;
  digits: number;
  currency: string;
  /** First day of the next period; where the viewer may not save, null. */
  save: { from: string; actionKey: string } | null;
  /** Which draft it is, and when it was computed. */
  head: { period: string; time: string; count: number };
  /** The way to another open period's draft. */
  periods: ReactNode;
};

export function WhatIfDesk(props: DeskProps) {
  const t = useTranslations('whatIf');
  const desk = useWhatIf(props);
  const { rules, inForce, changed, now, next } = desk;
  if (!now)
    return (
      <>
        <PageHead title={t('title')} acts={props.periods} />
        <Empty title={t('nothing.title')} text={t('nothing.text')} />
      </>
    );
  return (
    <>
      <Head {...props} desk={desk} surplus={now.allocatedMinor} />
      <div className="grid items-start gap-x-12 gap-y-9 desk:grid-cols-[272px_minmax(0,1fr)]">
        <Result desk={desk} version={props.weightsVersion} digits={props.digits} currency={props.currency} />
        <section aria-labelledby="rules" className="section desk:order-first">
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
        </section>
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

type HeadProps = DeskProps & { desk: ReturnType<typeof useWhatIf>; surplus: bigint };

/** Which draft is tried on, the way back to the rules in force, and the way to saving. */
function Head({ head, periods, save, surplus, digits, currency, desk }: HeadProps) {
  const t = useTranslations('whatIf');
  const { moneyText } = useFormat();
  return (
    <PageHead
      title={t('title')}
      above={t('above', { ...head, surplus: moneyText(formatMinor(surplus, digits), { currency }) })}
      acts={
        <>
          {periods}
          <Button
            tone="quiet"
            icon={<Icon name="withdrawn" />}
            onClick={() => desk.setRules(desk.inForce)}
            disabled={desk.changed.length === 0}
          >
            {t('back')}
          </Button>
          {save ? (
            <a href="#save" className="button button-primary">
              {t('save.act')}
            </a>
          ) : null}
        </>
      }
    />
  );
}

type ResultProps = {
  desk: ReturnType<typeof useWhatIf>;
  version: number;
  digits: number;
  currency: string;
};

function Result({ desk, version, digits, currency }: ResultProps) {
  const t = useTranslations('whatIf');
  const { moneyText } = useFormat();
  const total = (minor: bigint) => moneyText(formatMinor(minor, digits), { currency });
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
          <ResultPlot
            comparison={desk.comparison}
            version={version}
            cap={
              desk.capMinor === null
                ? null
                : {
                    minor: desk.capMinor,
                    text: t('capAt', { cap: desk.rules.cap, total: total(desk.comparison.next) }),
                  }
            }
            digits={digits}
          />
          <ResultTable comparison={desk.comparison} digits={digits} />
          <ResultStory
            comparison={desk.comparison}
            cap={desk.rules.cap}
            digits={digits}
            currency={currency}
          />
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
