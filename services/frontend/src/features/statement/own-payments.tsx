// What was and will be paid to this member: their own lines of the distributions, and nobody else's.
import { useTranslations } from 'next-intl';
import { Section } from '../../components/print/section.tsx';
import { Status } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { StatementsPage } from './statement.documents.ts';
import { Link } from '../../components/link.tsx';

type OwnPaymentsProps = {
  distributions: StatementsPage['distributions'];
  memberId: string | null;
  /** Where they are paid. */
  account: StatementsPage['me']['payoutAccount'];
};

export function OwnPayments({ distributions, memberId, account }: OwnPaymentsProps) {
  const t = useTranslations('statement.payments');
  const { dateLong, periodName } = useFormat();
  const rows = (distributions?.edges ?? []).flatMap(({ node }) =>
    node.lines
      // Whoever may see all payments gets everyone's lines; only their own were paid to them.
      .filter(({ member }) => member.id === memberId)
      .map((line) => ({ ...line, period: periodName(node.period?.name ?? '') })),
  );
  if (rows.length === 0) return null;
  return (
    <Section id="payments" title={t('title')} className="mt-10">
      <Table
        caption={t('title')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            head: t('what'),
            name: ({ period, reason }) => (
              <>
                {t('cash', { period })}
                {reason ? <span className="t-small block text-ink-2">{reason}</span> : null}
              </>
            ),
          },
          { head: t('state'), text: ({ status }) => <Status name={status} /> },
          {
            head: t('day'),
            text: ({ paidOn, payOn }) =>
              paidOn
                ? t('paidOn', { date: dateLong(paidOn) })
                : payOn
                  ? t('payOn', { date: dateLong(payOn) })
                  : null,
            from: 'desk',
          },
          { head: t('amount'), money: ({ amount }) => amount },
        ]}
      />
      <p className="t-small mt-3 text-ink-2">
        {account === null ? t('toNone') : t('to', account)}{' '}
        <Link href="/settings/me/payout" className="link">
          {t(account === null ? 'give' : 'change')}
        </Link>
      </p>
    </Section>
  );
}
