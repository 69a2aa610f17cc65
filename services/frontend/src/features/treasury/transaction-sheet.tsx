// One transaction as a document: entries in both bases, the §704(c) layer it opened, and why it is in the books.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Icon } from '../../components/icon.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { totalOf } from '../../lib/amount.ts';
import { AccountName } from './account-name.tsx';
import type { Transaction } from './treasury.documents.ts';
import { Pair } from './trial-balance-table.tsx';
import { sidesOf } from './two-bases.ts';

export function TransactionSheet({ transaction, timeZone }: { transaction: Transaction; timeZone: string }) {
  const { dateLong, instantText } = useFormat();
  const t = useTranslations('treasury');
  return (
    <article aria-labelledby="transaction" className="sheet sheet-ruled min-w-0 px-[18px] py-4 desk:px-7">
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
      <EntryTable transaction={transaction} />
      <div className="mt-6 grid gap-x-9 gap-y-6 desk:grid-cols-2">
        <Layer transaction={transaction} />
        <Provenance transaction={transaction} />
      </div>
      <p className="t-small mt-6 border-t border-rule pt-3 text-ink-2">{t('never')}</p>
    </article>
  );
}

function EntryTable({ transaction }: { transaction: Transaction }) {
  const t = useTranslations('treasury');
  const debits = (basis: 'book' | 'tax') =>
    totalOf(transaction.entries.flatMap((entry) => sidesOf(entry[basis]).debit ?? []));
  const [book, tax] = [debits('book'), debits('tax')];
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('entries')}>
      <table className="book min-w-[480px]">
        <thead>
          <tr>
            <td className="!border-0" />
            <th scope="colgroup" colSpan={2} className="!border-rule !text-center">
              {t('book')}
            </th>
            <th scope="colgroup" colSpan={2} className="tax line-left !border-rule !text-center">
              {t('tax')}
            </th>
          </tr>
          <tr>
            <th scope="col">{t('account')}</th>
            <th scope="col" className="num">
              {t('debit')}
            </th>
            <th scope="col" className="num">
              {t('credit')}
            </th>
            <th scope="col" className="num line-left">
              {t('debit')}
            </th>
            <th scope="col" className="num">
              {t('credit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {transaction.entries.map((entry, index) => (
            <tr key={index}>
              <th scope="row" className={entry.book.startsWith('-') ? '!pl-6' : ''}>
                {entry.account.code} <AccountName account={entry.account} />
              </th>
              <Pair sides={sidesOf(entry.book)} />
              <Pair sides={sidesOf(entry.tax)} lined />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="total">
            <th scope="row">{t('balanced')}</th>
            <Pair sides={{ debit: book, credit: book }} />
            <Pair sides={{ debit: tax, credit: tax }} lined />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** The gain built into a thing when it was contributed, kept for its giver under IRC §704(c). */
function Layer({ transaction }: { transaction: Transaction }) {
  const { moneyText } = useFormat();
  const t = useTranslations('treasury');
  const layer = transaction.layer;
  if (!layer) return <div />;
  return (
    <section aria-labelledby="layer">
      <h3 id="layer" className="t-strong mb-1">
        {t('layer')}
      </h3>
      <p className="t-note flex flex-wrap justify-between gap-3">
        <span className="text-tax">{t('layerTax', { amount: moneyText(layer.tax) })}</span>
        <span>{t('layerGain', { amount: moneyText(layer.builtInGain) })}</span>
      </p>
      <p className="t-small mt-1 text-ink-2">{t('layerStays', { name: layer.member.displayName })}</p>
    </section>
  );
}

function Provenance({ transaction }: { transaction: Transaction }) {
  const { dateShort } = useFormat();
  const t = useTranslations('treasury');
  const { contribution, reverses, reversedBy } = transaction;
  const href = (id: string) => `/treasury/journal?transaction=${encodeURIComponent(id)}`;
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
          <li>{t('source', { source: transaction.source })}</li>
        )}
        {contribution?.history.map((step, index) => (
          <li key={index} className="grid grid-cols-[52px_1fr] gap-2 font-normal">
            <span className="text-ink-2">{dateShort(step.at.slice(0, 10))}</span>
            <span>
              {step.act.toLowerCase()}
              {step.by ? `, ${step.by.displayName}` : null}
            </span>
          </li>
        ))}
        {reverses ? (
          <li>
            {t('reverses')}{' '}
            <Link href={href(reverses.id)} className="link">
              {reverses.number}
            </Link>
          </li>
        ) : null}
        {reversedBy ? (
          <li>
            {t('reversedBy')}{' '}
            <Link href={href(reversedBy.id)} className="link">
              {reversedBy.number}
            </Link>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
