// The chart of accounts as a table: groups in serif, leaves indented below them, each leaf the way to its ledger.
import { useTranslations } from 'next-intl';
import { Money } from '../../../components/print/money.tsx';
import { AccountLink } from '../account-name.tsx';
import type { ChartRow } from './chart.ts';

const indent = ['', '!pl-5', '!pl-10', '!pl-14', '!pl-20'];

export function ChartTable({ rows, asOf }: { rows: readonly ChartRow[]; asOf: string }) {
  const t = useTranslations('treasury');
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={t('accounts')}>
      <table className="book min-w-[520px]">
        <thead>
          <tr>
            <th scope="col" className="w-24">
              {t('no')}
            </th>
            <th scope="col">{t('account')}</th>
            <th scope="col" className="num">
              {t('book')}
            </th>
            <th scope="col" className="num tax line-left">
              {t('tax')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, depth, book, tax }) => {
            const group = !account.leaf;
            const tone = (amount: string) => (group || /^-?[0.]*$/.test(amount) ? 'text-ink-2' : '');
            const weight = group ? (depth === 0 ? '!pt-4 font-serif !text-[17px]' : 'font-semibold') : '';
            return (
              <tr key={account.id}>
                <td className="text-ink-2">{account.code}</td>
                <th scope="row" className={`${indent[Math.min(depth, 4)]} ${weight}`}>
                  {group ? account.name : <AccountLink account={account} days={{ to: asOf }} />}
                  {account.active ? null : <span className="t-small text-ink-2"> {t('retired')}</span>}
                </th>
                <td className={`num ${tone(book)}`}>
                  <Money value={book} />
                </td>
                <td className={`num line-left ${tone(tax)}`}>
                  <Money value={tax} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
