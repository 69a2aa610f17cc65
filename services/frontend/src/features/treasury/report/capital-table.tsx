// What every member has in capital at the end of a day, and what it is made of. Each name opens that member's capital.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Money } from '../../../components/print/money.tsx';
import { totalOf } from '../../../lib/amount.ts';
import type { MemberCapital } from './report.documents.ts';

export const causes = ['work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other'] as const;

export function amountOfCause(row: Pick<MemberCapital, 'byCause'>, cause: string): string {
  return totalOf(['0.00', ...row.byCause.filter((one) => one.cause === cause).map(({ book }) => book)]);
}

export function CapitalTable({ rows, asOf }: { rows: readonly MemberCapital[]; asOf: string }) {
  const t = useTranslations('treasury');
  const sum = (of: (row: MemberCapital) => string) => totalOf(['0.00', ...rows.map(of)]);
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={t('memberCapital')}>
      <table className="book min-w-[760px]">
        <thead>
          <tr>
            <th scope="col">{t('member')}</th>
            {causes.map((cause) => (
              <th key={cause} scope="col" className="num">
                {t(`cause.${cause}`)}
              </th>
            ))}
            <th scope="col" className="num line-left">
              {t('book')}
            </th>
            <th scope="col" className="num tax">
              {t('tax')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.member.id}>
              <th scope="row">
                <Link
                  href={`/treasury/capital/${encodeURIComponent(row.member.id)}?asOf=${asOf}`}
                  className="cell"
                >
                  {row.member.displayName}
                </Link>
              </th>
              {causes.map((cause) => (
                <td key={cause} className="num text-ink-2">
                  <Filled value={amountOfCause(row, cause)} />
                </td>
              ))}
              <td className="num line-left">
                <Money value={row.book} />
              </td>
              <td className="num tax">
                <Money value={row.tax} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="total">
            <th scope="row">{t('total')}</th>
            {causes.map((cause) => (
              <td key={cause} className="num">
                <Money value={sum((row) => amountOfCause(row, cause))} />
              </td>
            ))}
            <td className="num line-left">
              <Money value={sum(({ book }) => book)} />
            </td>
            <td className="num tax">
              <Money value={sum(({ tax }) => tax)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Nothing is left blank, so that what is there stands out. */
function Filled({ value }: { value: string }) {
  return /^-?[0.]*$/.test(value) ? null : <Money value={value} />;
}
