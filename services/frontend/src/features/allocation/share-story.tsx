// Steps two to four of the share: my part of everyone's total, that part of the surplus, and down to whole cents.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SplitBar } from '../../components/plot/bars.tsx';
import { Opens } from '../../components/print/opens.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { differenceOf } from '../../lib/amount.ts';
import type { MyAllocation } from './allocation.documents.ts';

export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section
      aria-labelledby={`step-${number}`}
      className="relative border-t border-rule py-5 first:border-0 first:pt-3 desk:pl-12"
    >
      <span
        className="absolute left-0 font-serif text-[30px]/[1] text-ink-2 max-desk:hidden"
        aria-hidden="true"
      >
        {number}
      </span>
      <h2 id={`step-${number}`} className="t-head mb-2.5">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A line of arithmetic in figures. */
function Sum({ children }: { children: ReactNode }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-3.5 font-serif text-[25px]/[1.3] desk:text-[31px]/[1.25]">
      {children}
    </p>
  );
}

/** The end of a sum, which never parts from its sign. */
const Result = ({ children }: { children: ReactNode }) => (
  <span className="flex items-baseline gap-x-3.5">{children}</span>
);

const Sign = ({ children }: { children: ReactNode }) => (
  <span className="text-[17px] text-ink-2">{children}</span>
);

type ShareStoryProps = {
  allocation: MyAllocation;
  currency: string;
  /** Where the surplus and everyone's total come from; null where this person may not look. */
  sources: { surplus: string | null; everyone: string | null };
};

export function ShareStory({ allocation, currency, sources }: ShareStoryProps) {
  const { decimalText, moneyText, quantityText } = useFormat();
  const t = useTranslations('allocation');
  const { total, everyoneTotal, percent, surplus } = allocation;
  const others = differenceOf(decimalPlain(everyoneTotal), decimalPlain(total));
  const shown = `${decimalText(percent, 4)}%`;
  return (
    <>
      <Step number={2} title={t('part')}>
        <Sum>
          {decimalText(total, 2)} <Sign>÷</Sign>{' '}
          <Opens href={sources.everyone}>{decimalText(everyoneTotal, 2)}</Opens>
          <Result>
            <Sign>=</Sign> <span className="text-pen">{shown}</span>
          </Result>
        </Sum>
        <div className="mt-4">
          <SplitBar first={total} second={others} kind="others" label={t('partLabel', { percent: shown })} />
          <p className="t-small mt-1.5 flex justify-between">
            <strong className="font-semibold text-pen">{t('you', { amount: decimalText(total, 2) })}</strong>
            <span className="text-ink-2">{t('others', { amount: decimalText(others, 2) })}</span>
          </p>
        </div>
      </Step>
      <Step number={3} title={t('ofSurplus')}>
        <Sum>
          <Opens href={sources.surplus}>{moneyText(surplus, { currency })}</Opens> <Sign>×</Sign> {shown}
          <Result>
            <Sign>=</Sign>{' '}
            <span className="text-pen">
              <ExactProduct allocation={allocation} currency={currency} />
            </span>
          </Result>
        </Sum>
        <p className="t-small mt-2 text-ink-2">
          {t('exactly', { numerator: quantityText(total), denominator: quantityText(everyoneTotal) })}
        </p>
      </Step>
      <WholeCents allocation={allocation} currency={currency} />
    </>
  );
}

function WholeCents({ allocation, currency }: { allocation: MyAllocation; currency: string }) {
  const { moneyText } = useFormat();
  const t = useTranslations('allocation');
  const { floor, allocation: amount, extraUnit, rounding, surplus } = allocation;
  const unit = differenceOf(amount, floor);
  const facts = {
    left: rounding.unitsLeft,
    surplus: moneyText(surplus, { currency }),
    tied: rounding.tiedWith + 1,
    remainder: rounding.remainder ?? '',
  };
  return (
    <Step number={4} title={t('cents')}>
      <p className="t-body mb-2 max-w-xl">
        {rounding.unitsLeft === 0 ? t('noneLeft') : t('roundedDown', facts)}{' '}
        {rounding.unitsLeft > 0 && rounding.tiedWith > 0 ? t('tie', facts) : null}{' '}
        {rounding.unitsLeft > 0 ? t(extraUnit ? 'yoursExtra' : 'notYours', facts) : null}
      </p>
      <Sum>
        {extraUnit ? (
          <>
            {moneyText(floor, { currency })} <Sign>+</Sign> {moneyText(unit, { currency })}
          </>
        ) : null}
        <Result>
          {extraUnit ? <Sign>=</Sign> : null}
          <strong className={`font-medium text-pen ${allocation.final ? 'double-rule' : 'dash-rule'} pb-0.5`}>
            {moneyText(amount, { currency })}
          </strong>
        </Result>
      </Sum>
    </Step>
  );
}

/** The exact product as far as the cent in pen, and the cut-off rest lighter. */
function ExactProduct({ allocation, currency }: { allocation: MyAllocation; currency: string }) {
  const { moneyText } = useFormat();
  const { exact, floor } = allocation;
  const cents = floor.split('.')[1]?.length ?? 0;
  const [whole = '0', fraction = ''] = exact.split('.');
  const head = moneyText(cents > 0 ? `${whole}.${fraction.slice(0, cents).padEnd(cents, '0')}` : whole, {
    currency,
  });
  const rest = fraction.slice(cents, cents + 1);
  return (
    <>
      {head}
      {rest && rest !== '0' ? <span className="text-ink-2">{rest}…</span> : null}
    </>
  );
}

const decimalPlain = (value: string): string => (value.includes('.') ? value : `${value}.00`);
