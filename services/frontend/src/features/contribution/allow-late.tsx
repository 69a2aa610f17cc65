// A draft that came after its period's grace: a reviewer may let it in, with a reason that stays in its history.
import { useTranslations } from 'next-intl';
import { DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { allowLate } from './contribution.actions.ts';
import type { ContributionDetail } from './contribution.documents.ts';

type AllowLateProps = { contribution: Pick<ContributionDetail, 'id' | 'viewerMay'>; actionKey: string };

export function AllowLate({ contribution, actionKey }: AllowLateProps) {
  const t = useTranslations('contribution.allowLate');
  if (!contribution.viewerMay.includes('allow_late')) return null;
  return (
    <div className="mt-5">
      <DialogAct
        act={allowLate}
        label={t('label')}
        title={t('title')}
        text={t('text')}
        confirm={t('act')}
        actionKey={actionKey}
        about={{ contributionId: contribution.id }}
        returnTo={`/contributions/${encodeURIComponent(contribution.id)}`}
      >
        <ReasonField label={t('reason')} />
      </DialogAct>
    </div>
  );
}
