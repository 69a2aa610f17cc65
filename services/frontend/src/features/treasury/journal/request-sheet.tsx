// What waits for a second signature: a draft of what would be posted, the line of who asked and the open line beside it.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../../components/control/act-form.tsx';
import { SignatureLine } from '../../../components/print/signature.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { EntryTable } from './entry-table.tsx';
import { decideRequest, signRequest } from './journal.actions.ts';
import type { JournalRequest } from './journal.documents.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';

const kinds = ['post', 'reverse', 'correct', 'lock_period'] as const;

export function RequestSheet({ request, timeZone }: { request: JournalRequest; timeZone: string }) {
  const t = useTranslations('treasury');
  const { dateLong, instantText, moneyText, periodName } = useFormat();
  const { closedPeriod } = request;
  const kind = kinds.find((one) => one === request.act) ?? 'post';
  return (
    <article className="draft px-[18px] py-4 desk:px-7" aria-labelledby={`request-${request.id}`}>
      <div className="bg-paper px-3 py-2">
        <p className="t-small text-ink-2">{t(`request.${kind}`, { amount: moneyText(request.amount) })}</p>
        <h3 id={`request-${request.id}`} className="t-head mb-2">
          {request.reason}
        </h3>
        {request.subject ? (
          <p className="t-ui mb-2">
            {t('reverses')}{' '}
            <Link
              href={`/treasury/journal?transaction=${encodeURIComponent(request.subject.id)}`}
              className="link"
            >
              {request.subject.number}
            </Link>{' '}
            {request.subject.description}
          </p>
        ) : null}
        {request.drafts.map((draft, index) => (
          <div key={index} className="mb-4">
            <p className="t-small mb-1 text-ink-2">
              {t('wouldCount', { day: dateLong(draft.effectiveOn) })} {draft.description}
            </p>
            <EntryTable entries={draft.entries} total={t('draftTotal')} draft />
          </div>
        ))}
        {closedPeriod === null ? null : (
          <Notice tone="stop">{t('closedMeanwhile', { period: periodName(closedPeriod) })}</Notice>
        )}
        <div className="mt-4 grid gap-6 desk:grid-cols-2">
          <SignatureLine
            name={request.requestedBy?.displayName ?? t('somebody')}
            note={t('askedAt', { time: instantText(request.requestedAt, timeZone, 'long') })}
          />
          <SignatureLine
            note={closedPeriod === null ? t('secondLine') : t('nobodySigns')}
            yours={request.viewerMay.includes('approve') ? t('yours') : undefined}
          />
        </div>
        <RequestActs request={request} />
      </div>
    </article>
  );
}

function RequestActs({ request }: { request: JournalRequest }) {
  const t = useTranslations('treasury');
  const about = { requestId: request.id };
  const returnTo = '/treasury/journal';
  const may = (act: string) => request.viewerMay.includes(act);
  if (request.viewerMay.length === 0) return null;
  return (
    <div className="no-print mt-4 flex flex-wrap items-start gap-2.5">
      {may('approve') ? (
        <ActForm
          act={signRequest}
          label={t('sign')}
          icon={<Icon name="sign" />}
          tone="primary"
          about={about}
          actionKey={randomUUID()}
          returnTo={returnTo}
        />
      ) : null}
      {may('decline') || may('withdraw') ? (
        <DialogAct
          act={decideRequest}
          label={may('withdraw') ? t('withdraw') : t('decline')}
          title={may('withdraw') ? t('withdrawTitle') : t('declineTitle')}
          text={t('declineText')}
          confirm={may('withdraw') ? t('withdraw') : t('decline')}
          tone="stop"
          about={about}
          actionKey={randomUUID()}
          returnTo={returnTo}
        >
          <ReasonField label={t('reason')} />
        </DialogAct>
      ) : null}
    </div>
  );
}
