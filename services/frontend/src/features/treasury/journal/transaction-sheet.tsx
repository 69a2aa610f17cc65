// One transaction as a document: entries in both bases, the §704(c) layer it opened, and why it is in the books.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { dayIn } from '../../../lib/civil-day.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { fractionOf } from '../../../components/plot/fraction.ts';
import { stepWord } from '../../contribution/contribution-sheet.tsx';
import { paymentHref } from '../../distribution/payment-place.ts';
import { EntryTable } from './entry-table.tsx';
import { sources } from './journal-search.ts';
import type { Transaction } from './journal.documents.ts';
import { Link } from '../../../components/link.tsx';

type TransactionSheetProps = {
  transaction: Transaction;
  timeZone: string;
  /** What may be asked for here: its reversal. */
  acts?: ReactNode;
};

export function TransactionSheet({ transaction, timeZone, acts }: TransactionSheetProps) {
  const { dateLong, instantText } = useFormat();
  const t = useTranslations('treasury');
  return (
    <article
      aria-labelledby="transaction"
      className="sheet sheet-ruled min-w-0 px-[18px] py-4 desk:px-7 wide:sticky wide:top-6"
    >
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="t-small text-ink-2">
            {t('transactionAbove', {
              number: transaction.number,
              date: dateLong(transaction.effectiveOn),
              time: instantText(transaction.recordedAt, timeZone, 'long'),
            })}
          </p>
          <h2 id="transaction" className="font-serif text-[25px]/[1.25] font-medium">
            {transaction.description}
          </h2>
        </div>
        <p className="t-note flex items-center gap-1.5 text-done">
          <Icon name="lock" />
          {t('posted')}
        </p>
      </div>
      <EntryTable entries={transaction.entries} total={t('balanced')} />
      <div className={`mt-6 grid gap-x-9 gap-y-6 ${transaction.layer ? 'desk:grid-cols-2' : ''}`}>
        <Layer transaction={transaction} />
        <Provenance transaction={transaction} timeZone={timeZone} />
      </div>
      <div className="mt-6 flex items-center justify-between gap-6 border-t border-rule pt-4 max-desk:flex-wrap">
        <p className="t-small max-w-md text-ink-2">{t('never')}</p>
        {acts ? <div className="no-print">{acts}</div> : null}
      </div>
    </article>
  );
}

/** The gain built into a thing when it was contributed, kept for its giver under IRC §704(c). */
function Layer({ transaction }: { transaction: Transaction }) {
  const { moneyText } = useFormat();
  const t = useTranslations('treasury');
  const layer = transaction.layer;
  if (!layer) return null;
  return (
    <section aria-labelledby="layer">
      <h3 id="layer" className="t-strong mb-1">
        {t('layer')}
      </h3>
      <LayerBar tax={layer.tax} gain={layer.builtInGain} />
      <p className="t-note mt-2 flex flex-wrap justify-between gap-3">
        <span className="text-tax">{t('layerTax', { amount: moneyText(layer.tax) })}</span>
        <span>{t('layerGain', { amount: moneyText(layer.builtInGain) })}</span>
      </p>
      <p className="t-small mt-1 text-ink-2">{t('layerStays', { name: layer.member.displayName })}</p>
    </section>
  );
}

/** Tax basis solid, built-in gain hatched: the second is not income yet. */
function LayerBar({ tax, gain }: { tax: string; gain: string }) {
  const width = fractionOf(tax, tax, gain) * 1000;
  return (
    <svg viewBox="0 0 1000 60" preserveAspectRatio="none" className="block h-4 w-full" aria-hidden="true">
      <defs>
        <pattern id="gain" width="24" height="60" patternUnits="userSpaceOnUse" patternTransform="skewX(-25)">
          <rect width="6" height="60" className="fill-ink" />
        </pattern>
      </defs>
      <rect width={Math.max(0, width - 4)} height="60" className="fill-tax" />
      <rect
        x={width + 4}
        y="2"
        width={Math.max(0, 992 - width)}
        height="56"
        fill="url(#gain)"
        className="stroke-ink [stroke-width:4]"
      />
    </svg>
  );
}

function Provenance({ transaction, timeZone }: { transaction: Transaction; timeZone: string }) {
  const t = useTranslations('treasury');
  const words = useTranslations('contribution');
  const { dateShort } = useFormat();
  const { contribution, reverses, reversedBy, corrects } = transaction;
  return (
    <section aria-labelledby="why">
      <h3 id="why" className="t-strong mb-1">
        {t('why')}
      </h3>
      <ul className="t-ui grid gap-1.5">
        {contribution ? (
          <li>
            <Link href={`/contributions/${encodeURIComponent(contribution.id)}`} className="link">
              {t('contribution', { number: contribution.number })}
            </Link>{' '}
            {t('of', { name: contribution.member.displayName })}
          </li>
        ) : (
          <Cause transaction={transaction} />
        )}
        {contribution?.history.map((step, index) => (
          <li key={index} className="grid grid-cols-[52px_1fr] gap-2 font-normal">
            <span className="text-ink-2">{dateShort(dayIn(timeZone, step.at))}</span>
            <span>
              {stepWord(step.act, words)}
              {step.by ? `, ${step.by.displayName}` : null}
            </span>
          </li>
        ))}
        <Other word={t('reverses')} other={reverses} />
        <Other word={t('corrects')} other={corrects} />
        <Other word={t('reversedBy')} other={reversedBy} />
      </ul>
    </section>
  );
}

/** Who or what posted it, with the way to the allocation or payments it came from. */
function Cause({ transaction }: { transaction: Transaction }) {
  const t = useTranslations('treasury');
  const { periodName } = useFormat();
  const { source, provenance, period, postedBy, payment } = transaction;
  const known = sources.find((one) => one === source);
  return (
    <>
      <li>
        {known ? t(`sourceName.${known}`) : source}
        {postedBy ? `, ${postedBy.displayName}` : null}
      </li>
      {provenance === 'allocation' ? (
        <li>
          <Link href={`/treasury/trends?period=${encodeURIComponent(period.id)}#allocation`} className="link">
            {t('allocationOf', { period: periodName(period.name) })}
          </Link>
        </li>
      ) : null}
      {payment ? (
        <li>
          <Link href={paymentHref(payment)} className="link">
            {t('paymentIn', { number: payment.distribution.number })}
          </Link>{' '}
          {t('of', { name: payment.member.displayName })}
        </li>
      ) : null}
    </>
  );
}

function Other({ word, other }: { word: string; other: { id: string; number: number } | null }) {
  if (!other) return null;
  return (
    <li>
      {word}{' '}
      <Link href={`/treasury/journal?transaction=${encodeURIComponent(other.id)}`} className="link">
        {other.number}
      </Link>
    </li>
  );
}
