// My statements, one for each closed period.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { Money } from '../../../components/print/money.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { ownMemberId } from '../../../features/session/own-member.ts';
import { statementsDocument } from '../../../features/statement/statement.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { getFormat } from '../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statement'))('list') };
}

export default async function StatementsPage() {
  const { dateMonthDay, dateLong } = await getFormat();
  const t = await getTranslations('statement');
  const answer = await read(statementsDocument, { memberId: await ownMemberId() });
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
        <table className="book max-w-2xl">
          <thead>
            <tr>
              <th scope="col">{t('period')}</th>
              <th scope="col" className="max-desk:hidden">
                {t('preparedOn')}
              </th>
              <th scope="col" className="num">
                {t('yourShare')}
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
                <td className="num font-semibold">
                  <Money value={statement.allocation} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
