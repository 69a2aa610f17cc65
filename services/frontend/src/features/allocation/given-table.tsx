// Step one of the share: what was given, times what was agreed it weighs. Each kind opens to the contributions behind it.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import { Money } from '../../components/print/money.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { bySize } from '../../lib/amount.ts';
import { firstSentence } from '../../lib/sentence.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { rateHref } from '../setting/policy/rate-href.ts';
import type { AllocationCategory } from './allocation.documents.ts';
import { Link } from '../../components/link.tsx';

type GivenTableProps = { categories: readonly AllocationCategory[]; total: string };

export function GivenTable({ categories, total }: GivenTableProps) {
  const { decimalText } = useFormat();
  const t = useTranslations('allocation');
  return (
    <div className="t-ui">
      <div className="given-row t-label border-b border-ink pb-2 text-ink-2" aria-hidden="true">
        <span>{t('kind')}</span>
        <span className="text-right">{t('value')}</span>
        <span className="text-right">{t('weight')}</span>
        <span className="text-right">{t('counts')}</span>
      </div>
      {bySize(categories, ({ counts }) => counts).map((category, index) => (
        <GivenRow key={category.category} category={category} open={index === 0} />
      ))}
      <div className="double-rule flex justify-between border-t border-t-ink py-2.5 font-semibold">
        <span>{t('yourTotal')}</span>
        <span>{decimalText(total, 2)}</span>
      </div>
    </div>
  );
}

/** A line of the table; one without its contributions, as in a draft, has nothing to open to. */
function GivenRow({ category, open }: { category: AllocationCategory; open: boolean }) {
  const { dateShort, rateText } = useFormat();
  const t = useTranslations('allocation');
  const words = useKindWords();
  const contributions = category.contributions ?? [];
  if (contributions.length === 0)
    return (
      <div className="given-row border-b border-rule py-2.5">
        <GivenCells category={category} />
      </div>
    );
  return (
    <details open={open} className="given border-b border-rule">
      <summary className="given-row py-2.5">
        <GivenCells
          category={category}
          mark={<Icon name="right" className="given-mark mr-1 align-[-3px]" />}
        />
      </summary>
      <div className="mb-3 ml-4 border-l-2 border-pen bg-sheet">
        <ul>
          {contributions.map((one) => (
            <li
              key={one.id}
              className="t-small grid grid-cols-[1fr_auto_auto] gap-x-4 border-b border-rule px-3 py-1.5 last:border-0 desk:grid-cols-[56px_minmax(0,1.4fr)_1fr_90px_1fr]"
            >
              <span className="text-ink-2 max-desk:hidden">{dateShort(one.workedOn)}</span>
              <Link href={`/contributions/${encodeURIComponent(one.id)}`} className="link justify-self-start">
                {firstSentence(one.description) || words.kind(one.kind)}
              </Link>
              <span className="text-right whitespace-nowrap">
                {words.quantity(one)}
                {one.rate && words.quantity(one) ? ` × ${rateText(one.rate)}` : null}
                {one.ruleId && one.ruleVersion ? (
                  <Link href={rateHref(one.ruleId)} className="link block text-ink-2">
                    {t('rateVersion', { version: one.ruleVersion })}
                  </Link>
                ) : null}
              </span>
              <span className="text-right">{one.value ? <Money value={one.value} /> : null}</span>
              <span className="text-ink-2 max-desk:col-span-3">
                {one.signatures.length > 0
                  ? t('approvedBy', { names: one.signatures.map(({ by }) => by.displayName).join(', ') })
                  : null}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

function GivenCells({ category, mark }: { category: AllocationCategory; mark?: ReactNode }) {
  const { weightText, decimalText } = useFormat();
  const t = useTranslations('allocation');
  const words = useKindWords();
  return (
    <>
      <span className="min-w-0">
        {mark}
        <strong className="font-semibold">{words.category(category.category)}</strong>{' '}
        <span className={`text-ink-2 max-desk:block ${mark ? 'max-desk:pl-5' : ''}`}>
          {words.amount(category)}
        </span>
      </span>
      <span className="text-right">
        <span className="sr-only">{t('value')} </span>
        <Money value={category.value} />
      </span>
      <span className="text-right">
        <span className="sr-only">{t('weight')} </span>× {weightText(category.weight)}
      </span>
      <span className="text-right font-semibold">
        <span className="sr-only">{t('counts')} </span>
        {decimalText(category.counts, 2)}
      </span>
    </>
  );
}
