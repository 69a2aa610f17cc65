// My statements, one for each closed period.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { Money } from '../../../components/print/money.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { ownMemberId } from '../../../features/session/own-member.ts';
import { OwnPayments } from '../../../features/statement/own-payments.tsx';
import { StatementTrend } from '../../../features/statement/statement-trend.tsx';
import type { StatementRow } from '../../../features/statement/statement.documents.ts';
import { statementsDocument } from '../../../features/statement/statement.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { getFormat } from '../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statement'))('list') };
}

export default async function StatementsPage() {
  const t = await getTranslations('statement');
  const memberId = await ownMemberId();
  const answer = await read(statementsDocument, { memberId, isMember: memberId !== null });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const statements = answer.data.statements
    .filter(({ superseded }) => !superseded)
    .toSorted((a, b) => (a.period.to < b.period.to ? 1 : -1));
  return (
    <Page>
      <PageHead title={t('list')} above={t('lead')} />
      {statements.length === 0 ? (
        <Empty title={t('none.title')} text={t('none.text')} />
      ) : (
        <>
          <StatementTrend statements={statements} />
          <StatementTable statements={statements} />
        </>
      )}
      <OwnPayments distributions={answer.data.distributions} />
    </Page>
  );
}

async function StatementTable({ statements }: { statements: readonly StatementRow[] }) {
  const t = await getTranslations('statement');
  const { dateLong, dateMonthDay, decimalText } = await getFormat();
  return (
    <table className="book">
      <caption className="sr-only">{t('list')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('period')}</th>
          <th scope="col" className="max-desk:hidden">
            {t('preparedOn')}
          </th>
          <th scope="col" className="num max-desk:hidden">
            {t('yourPart')}
          </th>
          <th scope="col" className="num">
            {t('yourShare')}
          </th>
          <th scope="col" className="num">
            {t('capitalAtClose')}
          </th>
          <th scope="col" className="num tax max-desk:hidden">
            {t('taxAtClose')}
          </th>
        </tr>
      </thead>
      <tbody>
        {statements.map((statement) => (
          <tr key={statement.id}>
            <th scope="row">
              <Link href={`/statements/${encodeURIComponent(statement.id)}`} className="cell">
                {statement.period.name}
              </Link>{' '}
              <span className="text-ink-2">
                {t('span', {
                  from: dateMonthDay(statement.period.from),
                  to: dateMonthDay(statement.period.to),
                })}
              </span>
            </th>
            <td className="max-desk:hidden">{dateLong(statement.preparedOn)}</td>
            <td className="num max-desk:hidden">{decimalText(statement.percent, 4)}%</td>
            <td className="num font-semibold">
              <Money value={statement.allocation} />
            </td>
            <td className="num">
              <Money value={statement.closing.book} />
            </td>
            <td className="num tax max-desk:hidden">
              <Money value={statement.closing.tax} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
