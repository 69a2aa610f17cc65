// What waits for a second person as a table, with a reminder of what the reader asked for, and a form for a no under it. A
// yes is given where the thing itself is shown.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { AreaField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { ReminderPart } from '../../reminder/reminder-part.tsx';
import { declineWaiting } from './waiting.actions.ts';
import type { WaitingRequest, WaitingRoom } from './waiting.documents.ts';
import { Link } from '../../../components/link.tsx';

const at = '/settings/waiting';

const decidedAt: Readonly<Record<string, string>> = {
  postTransaction: '/treasury/journal',
  reverseTransaction: '/treasury/journal',
  correctTransaction: '/treasury/journal',
  lockPeriod: '/treasury/journal',
  setJournalThreshold: '/settings/books',
  setWeights: '/settings/weights',
  setPolicies: '/settings/allocation',
  requestReopen: '/close',
  setValuationRule: '/settings/rates',
  setApprovalPolicy: '/settings/approval',
  setAutoApprovalRule: '/settings/approval',
  requestErasure: '/settings/privacy',
};

/** Where it is shown whole, and signed. */
const placeOf = ({ act, contributionId }: WaitingRequest) =>
  contributionId ? `/contributions/${encodeURIComponent(contributionId)}#override` : (decidedAt[act] ?? '/');

export function WaitingTable({ room }: { room: WaitingRoom }) {
  const t = useTranslations('settings.waitingRoom');
  const { instantText, dateShort } = useFormat();
  const { timeZone } = room.cooperative;
  return (
    <Table
      caption={t('list')}
      rows={room.waitingRequests}
      keyOf={({ id }) => id}
      csv="/settings/csv/waiting"
      empty={t('none')}
      columns={[
        {
          head: t('what'),
          name: (request) => (
            <>
              <Link href={placeOf(request)} className="link">
                {t(`act.${request.act as 'lockPeriod'}`)}
              </Link>
              <span className="t-small block text-ink-2">
                {request.member ? request.member.displayName : t('quoted', { words: request.reason })}
              </span>
              <ReminderPart
                reminder={{ ...request.reminder, remindedOn: null }}
                actionKey={randomUUID()}
                returnTo={at}
                className="mt-2.5"
              />
            </>
          ),
        },
        {
          head: t('by'),
          text: ({ by, own, reminder: { remindedOn } }) => (
            <>
              {own ? t('you') : (by?.displayName ?? t('nobody'))}
              {remindedOn ? (
                <span className="t-small block text-ink-2">
                  {t('remindedOn', { day: dateShort(remindedOn) })}
                </span>
              ) : null}
            </>
          ),
        },
        {
          head: t('since'),
          text: ({ requestedAt }) => instantText(requestedAt, timeZone),
          from: 'desk',
        },
        { head: t('until'), text: ({ expiresAt }) => instantText(expiresAt, timeZone) },
      ]}
    />
  );
}

export function WaitingDeclines({ room }: { room: WaitingRoom }) {
  const t = useTranslations('settings.waitingRoom');
  return room.waitingRequests
    .filter(({ viewerMayDecline }) => viewerMayDecline)
    .map(({ id, act, by, own, member }) => {
      const called = t(`act.${act as 'lockPeriod'}`);
      const what = member ? `${called}, ${member.displayName}` : called;
      const label = own
        ? t('takeBack', { what })
        : t('decline', { what, name: by?.displayName ?? t('nobody') });
      return (
        <PageForm
          key={id}
          form={`decline-${id}`}
          fold={{ label, tone: 'stop' }}
          act={declineWaiting}
          actionKey={randomUUID()}
          returnTo={at}
          label={own ? t('takeBackAct') : t('declineAct')}
          tone="stop"
          about={{ requestId: id }}
          className="max-w-xl"
        >
          <AreaField name="reason" label={t('reason')} required />
        </PageForm>
      );
    });
}
