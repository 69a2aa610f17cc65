// What was and will be paid to this member: their own lines of the distributions, and nobody else's.
import { useTranslations } from 'next-intl';
import { Money } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { Status } from '../../components/print/status.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { StatementsPage } from './statement.documents.ts';

type OwnPaymentsProps = { distributions: StatementsPage['distributions'] };

export function OwnPayments({ distributions }: OwnPaymentsProps) {
  const t = useTranslations('statement.payments');
  const { dateLong } = useFormat();
  const rows = (distributions?.edges ?? []).flatMap(({ node }) =>
    node.lines.map((line) => ({ ...line, number: node.number, period: node.period?.name ?? '' })),
  );
  if (rows.length === 0) return null;
  return (
    <Section id="payments" title={t('title')} className="mt-10">
      <table className="book">
        <caption className="sr-only">{t('title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col" className="max-desk:hidden">
              {t('day')}
            </th>
            <th scope="col" className="num">
              {t('amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {t('cash', { period: row.period })}
                {row.reason ? <span className="t-small block text-ink-2">{row.reason}</span> : null}
              </th>
              <td>
                <Status name={row.status} />
              </td>
              <td className="max-desk:hidden">
                {row.paidOn
                  ? t('paidOn', { date: dateLong(row.paidOn) })
                  : row.payOn
                    ? t('payOn', { date: dateLong(row.payOn) })
                    : null}
              </td>
              <td className="num">
                <Money value={row.amount} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
