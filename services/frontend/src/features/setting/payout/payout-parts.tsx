// The account one is paid to on its page: what is in force, the form that replaces it, and when it changed.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { FactList } from '../../../components/print/fact-list.tsx';
import { Table } from '../../../components/print/table.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { AccountFields } from './account-fields.tsx';
import { removePayoutAccount, setPayoutAccount } from './payout.actions.ts';
import type { OwnPayoutAccount, PayoutRoom } from './payout.documents.ts';

const at = '/settings/me/payout';

export function AccountInForce({ room }: { room: PayoutRoom }) {
  const t = useTranslations('payout');
  const { payoutAccount, recentlyProven } = room.me;
  if (payoutAccount === null) return <Notice tone="wait">{t('none')}</Notice>;
  return (
    <>
      <AccountFacts account={payoutAccount} timeZone={room.cooperative.timeZone} />
      {recentlyProven ? (
        <PageForm
          form="remove"
          fold={{ label: t('remove'), tone: 'stop' }}
          act={removePayoutAccount}
          actionKey={randomUUID()}
          returnTo={at}
          label={t('removeAct')}
          tone="stop"
        >
          <p className="t-body text-ink-2">{t('removeText')}</p>
        </PageForm>
      ) : null}
    </>
  );
}

function AccountFacts({ account, timeZone }: { account: OwnPayoutAccount; timeZone: string }) {
  const t = useTranslations('payout');
  const { instantText } = useFormat();
  const { kind, holder, bankName, ending, setAt } = account;
  return (
    <FactList
      lines={[
        {
          key: 'number',
          label: t(kind === 'us' ? 'number' : 'iban'),
          value: <span className="whitespace-nowrap">{t('ending', { ending })}</span>,
        },
        { key: 'holder', label: t('holder'), value: <span className="break-words">{holder}</span> },
        ...(bankName === null ? [] : [{ key: 'bank', label: t('bank'), value: bankName }]),
        { key: 'since', label: t('since'), value: instantText(setAt, timeZone) },
      ]}
    />
  );
}

/** The form is for whoever has just said who they are, so that nobody types a number and is then sent away. */
export function GiveAccount({ room }: { room: PayoutRoom }) {
  const t = useTranslations('payout');
  const { payoutAccount, recentlyProven } = room.me;
  if (!recentlyProven)
    return (
      <>
        <p className="t-body mb-4 text-ink-2">{t('proveText')}</p>
        <ButtonLink href={`/confirm?return=${encodeURIComponent(`${at}#give`)}`}>{t('prove')}</ButtonLink>
      </>
    );
  const usual = room.cooperative.currency === 'USD' ? 'us' : 'iban';
  return (
    <PageForm
      form="account"
      act={setPayoutAccount}
      actionKey={randomUUID()}
      returnTo={at}
      label={t(payoutAccount === null ? 'giveAct' : 'replaceAct')}
    >
      <AccountFields kind={payoutAccount === null ? usual : payoutAccount.kind === 'us' ? 'us' : 'iban'} />
    </PageForm>
  );
}

export function AccountHistory({ room }: { room: PayoutRoom }) {
  const t = useTranslations('payout');
  const { instantText } = useFormat();
  const { timeZone } = room.cooperative;
  return (
    <Table
      caption={t('history')}
      rows={room.me.payoutAccountHistory}
      keyOf={({ setAt }) => setAt}
      columns={[
        { head: t('from'), name: ({ setAt }) => instantText(setAt, timeZone) },
        {
          head: t('until'),
          text: ({ endedAt }) => (endedAt === null ? t('inForce') : instantText(endedAt, timeZone)),
        },
      ]}
    />
  );
}
