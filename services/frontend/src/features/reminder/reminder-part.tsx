// Reminding others, where one sees what waits for them: offered a day after one asked and once a day; where nobody else
// could decide, that is said instead.
import { useTranslations } from 'next-intl';
import { ActForm } from '../../components/control/act-form.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { remind } from './reminder.actions.ts';
import type { Reminder } from './reminder.documents.ts';

type ReminderPartProps = {
  reminder: Reminder | null;
  /** Made with the page: pressed twice, it reminds once. */
  actionKey: string;
  returnTo: string;
  className?: string;
};

export function ReminderPart({ reminder, actionKey, returnTo, className = 'mt-3' }: ReminderPartProps) {
  const t = useTranslations('reminder');
  const { dateLong } = useFormat();
  if (reminder === null || !reminder.own) return null;
  const { requestId, viewerMay, remindedOn, reachesNobody } = reminder;
  if (!viewerMay && remindedOn === null && !reachesNobody) return null;
  return (
    <div className={`no-print ${className}`}>
      {viewerMay ? (
        <ActForm
          act={remind}
          label={t('remind')}
          actionKey={actionKey}
          about={{ requestId }}
          returnTo={returnTo}
        />
      ) : null}
      {remindedOn ? (
        <p className="t-small mt-1 text-ink-2">{t('remindedOn', { day: dateLong(remindedOn) })}</p>
      ) : null}
      {reachesNobody ? <p className="t-small max-w-lg text-wait">{t('nobody')}</p> : null}
    </div>
  );
}
