// The two acts of a dispute, as far as they are open to this person.
import { useTranslations } from 'next-intl';
import { DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { TextField } from '../../components/control/page-field.tsx';
import type { ContributionDetail } from './contribution.documents.ts';
import { disputeContribution, resolveDispute } from './dispute.actions.ts';
import { Icon } from '../../components/icon.tsx';

type DisputeActsProps = { contribution: ContributionDetail; keys: { dispute: string; settle: string } };

export function DisputeActs({ contribution, keys }: DisputeActsProps) {
  const t = useTranslations('contribution.dispute');
  const may = (act: string) => contribution.viewerMay.includes(act);
  if (!may('dispute') && !may('resolve')) return null;
  const shared = {
    about: { contributionId: contribution.id },
    returnTo: `/contributions/${encodeURIComponent(contribution.id)}`,
  };
  return (
    <div className="mt-5 flex flex-wrap gap-2.5">
      {may('resolve') ? (
        <DialogAct
          {...shared}
          act={resolveDispute}
          label={t('settle')}
          tone="primary"
          icon={<Icon name="disputed" />}
          title={t('settleTitle')}
          text={t('settleText')}
          confirm={t('settleAct')}
          actionKey={keys.settle}
        >
          <TextField
            name="value"
            label={t('value')}
            hint={t('valueHint')}
            inputMode="decimal"
            value={contribution.value}
          />
          <ReasonField label={t('reason')} />
        </DialogAct>
      ) : null}
      {may('dispute') ? (
        <DialogAct
          {...shared}
          act={disputeContribution}
          label={t('dispute')}
          icon={<Icon name="disputed" />}
          title={t('disputeTitle')}
          text={t('disputeText')}
          confirm={t('disputeAct')}
          actionKey={keys.dispute}
        >
          <ReasonField label={t('reason')} />
        </DialogAct>
      ) : null}
    </div>
  );
}
