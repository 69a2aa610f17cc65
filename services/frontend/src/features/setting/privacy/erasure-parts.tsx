// Erasures for administrators: what was asked for and how far it is, agreeing to it, and asking for somebody who left.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { SelectField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { useErasureSentence } from './my-privacy.tsx';
import { approveErasure, requestErasure } from './privacy.actions.ts';
import type { ErasureRoom, ErasureRow } from './privacy.documents.ts';
import { Link } from '../../../components/link.tsx';

const at = '/settings/privacy';

export function ErasureTable({ room }: { room: ErasureRoom }) {
  const t = useTranslations('privacy');
  const { instantText } = useFormat();
  const sentence = useErasureSentence(room.cooperative);
  return (
    <Table
      caption={t('requests')}
      rows={room.erasures}
      keyOf={({ id }) => id}
      csv="/settings/csv/erasures"
      empty={t('noRequests')}
      columns={[
        { head: t('member'), name: ({ member }) => member.displayName },
        {
          head: t('requestedAt'),
          text: ({ requestedAt }) => instantText(requestedAt, room.cooperative.timeZone),
          from: 'desk',
        },
        { head: t('requestedBy'), text: ({ requestedBy }) => requestedBy.displayName, from: 'desk' },
        { head: t('approvedBy'), text: ({ approvedBy }) => approvedBy?.displayName ?? '', from: 'wide' },
        { head: t('state'), text: sentence, tone: 'text-ink-2' },
      ]}
    />
  );
}

/** Those that wait for the reader, each with its one irreversible act, and the way to where one says no. */
export function WaitingErasures({ room }: { room: ErasureRoom }) {
  const t = useTranslations('privacy');
  const waiting = room.erasures.filter(({ needsYou }) => needsYou);
  if (waiting.length === 0) return null;
  return (
    <>
      <ApproveForms waiting={waiting} />
      <p className="t-ui mt-4">
        <Link href="/settings/waiting" className="link">
          {t('decline')}
        </Link>
      </p>
    </>
  );
}

function ApproveForms({ waiting }: { waiting: readonly ErasureRow[] }) {
  const t = useTranslations('privacy');
  return waiting.map(({ id, member, requestedBy }) => (
    <PageForm
      key={id}
      form={`approve-${id}`}
      fold={{ label: t('approve', { name: member.displayName }), tone: 'stop' }}
      act={approveErasure}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('approveAct')}
      tone="stop"
      about={{ erasureId: id }}
      className="max-w-xl"
    >
      <p className="t-body">{t('approveText', { name: member.displayName, by: requestedBy.displayName })}</p>
    </PageForm>
  ));
}

export function RequestForm({ room }: { room: ErasureRoom }) {
  const t = useTranslations('privacy');
  const left = [...room.withdrawn.edges, ...room.expelled.edges]
    .map(({ node }) => node)
    .filter(({ isErased }) => !isErased)
    .toSorted((a, b) => a.number - b.number);
  if (left.length === 0) return <p className="t-body text-ink-2">{t('nobodyLeft')}</p>;
  return (
    <PageForm
      form="request"
      act={requestErasure}
      actionKey={randomUUID()}
      returnTo={at}
      label={t('requestAct')}
      tone="plain"
      about={{ room: 'privacy' }}
      className="max-w-xl"
    >
      <SelectField
        name="memberId"
        label={t('member')}
        hint={t('memberHint')}
        choices={left.map(({ id, number, displayName }) => ({
          value: id,
          label: `${String(number).padStart(2, '0')} ${displayName}`,
        }))}
      />
    </PageForm>
  );
}
