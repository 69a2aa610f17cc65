// A report that can't be shown. One that does not balance says by how much and in which basis: a wrong report is worse
// than none.
import { useTranslations } from 'next-intl';
import { Page } from '../../../components/shell/page.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { FaultState } from '../../../components/state/states.tsx';
import type { Fault } from '../../../lib/api/fault.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { TreasuryHead } from '../treasury-head.tsx';

export function ReportFault({ fault, title, subject }: { fault: Fault; title: string; subject: string }) {
  const t = useTranslations('treasury');
  const { moneyText } = useFormat();
  if (fault.reason !== 'OUT_OF_BALANCE') return <FaultState fault={fault} subject={subject} />;
  const { difference, basis } = fault.facts;
  return (
    <Page>
      <TreasuryHead title={title} />
      <Notice tone="stop">
        {t('unbalanced')}{' '}
        {difference && /^-?\d+(\.\d+)?$/.test(difference)
          ? t('unbalancedBy', {
              amount: moneyText(difference),
              basis: basis === 'tax' ? t('tax') : t('book'),
            })
          : null}{' '}
        {fault.correlationId ? <code className="t-mono">{fault.correlationId}</code> : null}
      </Notice>
    </Page>
  );
}
