// My statements, one for each closed period.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Table } from '../../../components/print/table.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { ownMemberId } from '../../../features/session/own-member.ts';
import { OwnPayments } from '../../../features/statement/own-payments.tsx';
import { StatementTrend } from '../../../features/statement/statement-trend.tsx';
import type { StatementRow } from '../../../features/statement/statement.documents.ts';
import { statementsDocument } from '../../../features/statement/statement.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { opening } from '../../../lib/format.ts';
import { getFormat } from '../../../lib/language/get-format.ts';
import { Link } from '../../../components/link.tsx';

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
      <OwnPayments
        distributions={answer.data.distributions}
        memberId={memberId}
        account={answer.data.me.payoutAccount}
      />
    </Page>
  );
}

async function StatementTable({ statements }: { statements: readonly StatementRow[] }) {
  const t = await getTranslations('statement');
  const { dateLong, dateMonthDay, decimalText, periodName } = await getFormat();
  return (
    <Table
      caption={t('list')}
      rows={statements}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t('period'),
          name: ({ id, period }) => (
            <>
              <Link href={`/statements/${encodeURIComponent(id)}`} className="cell">
                {opening(periodName(period.name))}
              </Link>{' '}
              <span className="text-ink-2">
                {t('span', { from: dateMonthDay(period.from), to: dateMonthDay(period.to) })}
              </span>
            </>
          ),
        },
        { head: t('preparedOn'), text: ({ preparedOn }) => dateLong(preparedOn), from: 'desk' },
        { head: t('yourPart'), figure: ({ percent }) => `${decimalText(percent, 4)}%`, from: 'desk' },
        { head: t('yourShare'), money: ({ allocation }) => allocation, tone: 'font-semibold' },
        { head: t('capitalAtClose'), money: ({ closing }) => closing.book },
        { head: t('taxAtClose'), money: ({ closing }) => closing.tax, tax: true, from: 'desk' },
      ]}
    />
  );
}
