'use client';
// What the entry is worth, in pencil: quantity times rate, what it weighs for the share, what it does to both bases of
// capital, and who decides.
import { useTranslations } from 'next-intl';
import { PersonMark } from '../../components/shell/person.tsx';
import { DraftArea } from '../../components/print/draft.tsx';
import type { FactLine } from '../../components/print/fact-list.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import type { ReaderFormat } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { rateHref } from '../setting/policy/rate-href.ts';
import type { ContributionPreview } from '../contribution/contribution.documents.ts';
import { Link } from '../../components/link.tsx';

type ValuePreviewProps = {
  preview: ContributionPreview | null;
  problem: string | null;
  /** Computed on this device while the answer is on its way. */
  sum: { quantity: string; rate: string | null; value: string | null };
  currency: string;
  workedOn: string;
};

export function ValuePreview({ preview, problem, sum, currency, workedOn }: ValuePreviewProps) {
  const format = useFormat();
  const { rateText, moneyText } = format;
  const t = useTranslations('log.worth');
  const words = useKindWords();
  return (
    <DraftArea id="worth" title={t('title')}>
      <div aria-live="polite" aria-atomic="true">
        <div className="hidden desk:block">
          {sum.rate ? (
            <p className="mt-1 font-serif text-[22px]/[1.3] text-pencil">
              {sum.quantity} <span className="mx-1 text-[15px]">×</span> {rateText(sum.rate, currency)}{' '}
              <span className="mx-1 text-[15px]">=</span>
            </p>
          ) : null}
          <p className="mb-4">
            <span className="dash-rule inline-block pb-1 font-serif text-[48px]/[1.1] text-pencil">
              {sum.value ? moneyText(sum.value, { currency }) : t('nothing')}
            </span>
          </p>
        </div>
        {problem ? <p className="t-ui mb-3 text-stop">{problem}</p> : null}
        {preview ? (
          <FactList lines={linesOf(preview, workedOn, t, words.category, format)} />
        ) : (
          <p className="t-small text-ink-2">{t('begin')}</p>
        )}
      </div>
      {preview ? <Consequences preview={preview} currency={currency} /> : null}
    </DraftArea>
  );
}

type Words = ReturnType<typeof useTranslations<'log.worth'>>;

function linesOf(
  preview: ContributionPreview,
  workedOn: string,
  t: Words,
  ruleName: (label: string) => string,
  { dateMonthDay, weightText, moneyText, periodName }: ReaderFormat,
): FactLine[] {
  const lines: FactLine[] = [];
  if (preview.ruleLabel) {
    lines.push({
      key: 'rule',
      label: t('rate', { date: dateMonthDay(workedOn) }),
      value: <RuleLink preview={preview} text={ruleText(preview, t, ruleName)} />,
    });
  }
  if (preview.weight) {
    const period = periodName(preview.period?.name ?? '');
    lines.push({ key: 'weight', label: t('weight', { period }), value: `× ${weightText(preview.weight)}` });
  }
  if (preview.counts) {
    lines.push({
      key: 'counts',
      label: t('counts'),
      value: <strong className="font-semibold">{moneyText(preview.counts)}</strong>,
    });
  }
  lines.push({ key: 'book', label: t('book'), value: moneyText(preview.book, { signed: true }) });
  lines.push({
    key: 'tax',
    label: t.rich('tax', { tax: (words) => <span className="text-tax">{words}</span> }),
    value: moneyText(preview.tax, { signed: true }),
    tone: 'tax',
  });
  return lines;
}

/** The rule as it stands among the rates. */
function RuleLink({ preview: { ruleId }, text }: { preview: ContributionPreview; text: string }) {
  return ruleId === null ? (
    text
  ) : (
    <Link href={rateHref(ruleId)} className="link">
      {text}
    </Link>
  );
}

/** Which rule values it, and in which version. */
function ruleText(
  { ruleLabel, ruleVersion }: ContributionPreview,
  t: Words,
  ruleName: (label: string) => string,
): string {
  const name = ruleName(ruleLabel ?? '');
  return ruleVersion === null ? name : t('version', { name, version: ruleVersion });
}

function Consequences({ preview, currency }: { preview: ContributionPreview; currency: string }) {
  const { moneyText } = useFormat();
  const t = useTranslations('log.worth');
  const [decider, standIn] = preview.decidedBy;
  const untaxed = /^[0.]*$/.test(preview.tax) && !/^[0.]*$/.test(preview.book);
  return (
    <>
      {untaxed ? <p className="t-small mt-3 text-ink-2">{t('untaxed')}</p> : null}
      {preview.needsSignatures > 1 ? (
        <p className="t-small mt-3 text-ink-2">
          {t('two', { value: moneyText(preview.value ?? '0', { currency }) })}
        </p>
      ) : null}
      {preview.peersNeeded ? (
        <p className="t-small mt-4 border-t border-rule pt-4">{t('peers', { count: preview.peersNeeded })}</p>
      ) : null}
      {decider && !preview.peersNeeded ? (
        <div className="mt-4 flex items-center gap-3 border-t border-rule pt-4">
          <PersonMark name={decider.displayName} />
          <p className="t-small">
            <strong className="block font-semibold">{t('decides', { name: decider.displayName })}</strong>
            <span className="text-ink-2">
              {preview.withinDays ? t('within', { days: preview.withinDays }) : null}{' '}
              {standIn ? t('standsIn', { name: standIn.displayName }) : null}
            </span>
          </p>
        </div>
      ) : null}
    </>
  );
}

/** "6 h", "3 units" or nothing: the quantity as the sum shows it. */
export function quantityInSum(
  shown: string,
  unit: 'hour' | 'money' | 'unit',
  { quantityText }: ReaderFormat,
): string {
  if (unit === 'hour') return `${quantityText(shown)} h`;
  return quantityText(shown);
}
