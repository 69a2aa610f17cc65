// The trial balance in both bases side by side, by the parts of the chart, and what book has more than tax.
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Money } from '../../../components/print/money.tsx';
import { differenceOf } from '../../../lib/amount.ts';
import { AccountLink } from '../account-name.tsx';
import type { Basis } from './report-model.ts';
import type { TrialBalance } from './report.documents.ts';
import { sectionOf, sections, sidesOf } from '../two-bases.ts';

export function TrialBalanceTable({ balance, basis }: { balance: TrialBalance; basis: Basis }) {
  const t = useTranslations('treasury');
  const both = basis === 'both';
  const columns = 2 + (both ? 5 : 2);
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={t('trialBalance')}>
      <table className="book min-w-[560px]">
        <TableHead basis={basis} />
        <tbody>
          {sections.map((section) => {
            const lines = balance.lines.filter(({ account }) => sectionOf(account.type) === section);
            if (lines.length === 0) return null;
            return (
              <Fragment key={section}>
                <tr>
                  <th scope="colgroup" colSpan={columns} className="!pt-4 font-serif !text-[17px]">
                    {t(`section.${section}`)}
                  </th>
                </tr>
                {lines.map((line) => (
                  <TrialBalanceRow key={line.account.id} line={line} basis={basis} asOf={balance.asOf} />
                ))}
              </Fragment>
            );
          })}
        </tbody>
        <TableTotal balance={balance} basis={basis} />
      </table>
    </div>
  );
}

function TableHead({ basis }: { basis: Basis }) {
  const t = useTranslations('treasury');
  const pair = (tax: boolean) => (
    <>
      <th scope="col" className={`num ${tax ? 'line-left' : ''}`}>
        {t('debit')}
      </th>
      <th scope="col" className="num">
        {t('credit')}
      </th>
    </>
  );
  return (
    <thead>
      {basis === 'both' ? (
        <tr>
          <td colSpan={2} className="!border-0" />
          <th scope="colgroup" colSpan={2} className="!border-rule !text-center">
            {t('book')}
          </th>
          <th scope="colgroup" colSpan={2} className="tax line-left !border-rule !text-center">
            {t('tax')}
          </th>
          <td className="!border-0" />
        </tr>
      ) : null}
      <tr>
        <th scope="col" className="w-24">
          {t('no')}
        </th>
        <th scope="col">{t('account')}</th>
        {basis === 'both' ? (
          <>
            {pair(false)}
            {pair(true)}
            <th scope="col" className="num max-wide:hidden">
              {t('difference')}
            </th>
          </>
        ) : (
          pair(false)
        )}
      </tr>
    </thead>
  );
}

type TrialBalanceRowProps = { line: TrialBalance['lines'][number]; basis: Basis; asOf: string };

function TrialBalanceRow({ line, basis, asOf }: TrialBalanceRowProps) {
  const book = sidesOf(line.book);
  const tax = sidesOf(line.tax);
  const difference = differenceOf(line.book, line.tax);
  return (
    <tr>
      <td className="text-ink-2">{line.account.code}</td>
      <th scope="row">
        <AccountLink account={line.account} days={{ to: asOf }} />
      </th>
      {basis === 'tax' ? null : <Pair sides={book} />}
      {basis === 'book' ? null : <Pair sides={tax} lined={basis === 'both'} />}
      {basis === 'both' ? (
        <td className="num text-ink-2 max-wide:hidden">
          {/^-?[0.]*$/.test(difference) ? null : <Money value={difference} />}
        </td>
      ) : null}
    </tr>
  );
}

export function Pair({
  sides,
  lined,
}: {
  sides: { debit: string | null; credit: string | null };
  lined?: boolean;
}) {
  return (
    <>
      <td className={`num ${lined ? 'line-left' : ''}`}>
        {sides.debit ? <Money value={sides.debit} /> : null}
      </td>
      <td className="num">{sides.credit ? <Money value={sides.credit} /> : null}</td>
    </>
  );
}

function TableTotal({ balance, basis }: { balance: TrialBalance; basis: Basis }) {
  const t = useTranslations('treasury');
  const { bookTotal, taxTotal } = balance;
  return (
    <tfoot>
      <tr className="total">
        <td />
        <th scope="row">{t('total')}</th>
        {basis === 'tax' ? null : <Pair sides={{ debit: bookTotal, credit: bookTotal }} />}
        {basis === 'book' ? null : (
          <Pair sides={{ debit: taxTotal, credit: taxTotal }} lined={basis === 'both'} />
        )}
        {basis === 'both' ? (
          <td className="num max-wide:hidden">
            <Money value="0.00" />
          </td>
        ) : null}
      </tr>
    </tfoot>
  );
}
