// One distribution: how much to whom, what it leaves in cash, who has signed, and the next act.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { DraftTag } from '../../components/print/draft.tsx';
import { Figure, Money } from '../../components/print/money.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { Status } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { isNothing } from '../../lib/amount.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { ReminderPart } from '../reminder/reminder-part.tsx';
import type { Distribution } from './distribution.documents.ts';
import { DistributionActs } from './distribution-acts.tsx';
import { LineAccount } from './line-account.tsx';
import { distributionHref, lineAnchor } from './payment-place.ts';
import type { WentOut } from './went-out.ts';
import { wentOut } from './went-out.ts';
import { Link } from '../../components/link.tsx';

type SheetProps = {
  distribution: Distribution;
  viewer: string;
  cooperative: { currency: string; timeZone: string; today: string };
  /** How whoever pays sees where they pay to; null for everybody else. */
  accounts: 'masked' | 'full' | null;
  keys: Record<'approve' | 'schedule' | 'paid' | 'failed' | 'cancel' | 'remind', string>;
};

export function DistributionSheet({ distribution, viewer, cooperative, accounts, keys }: SheetProps) {
  const { dateLong, periodName } = useFormat();
  const t = useTranslations('distributions');
  const calculated = /calculated/i.test(distribution.status);
  const id = `distribution-${distribution.number}`;
  const out = wentOut(distribution.lines);
  // Once nothing is still to be made, the figure is what was paid, not what was meant to be.
  const figure = out.isOpen || isNothing(out.paid) ? distribution.total : out.paid;
  return (
    <article aria-labelledby={id} className="sheet sheet-ruled px-[18px] py-4 desk:px-7">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <div>
          <p className="t-small text-ink-2">
            <Link href={distributionHref(distribution.id)} className="link">
              {t('above', {
                number: distribution.number,
                period: periodName(distribution.period?.name ?? ''),
              })}
            </Link>
          </p>
          <h2 id={id} className="sr-only">
            {t('name', { number: distribution.number })}
          </h2>
          <p className="mt-1">
            <Figure value={figure} currency={cooperative.currency} tone={calculated ? 'draft' : 'ink'} />
          </p>
        </div>
        {calculated ? <DraftTag label={t('waits')} /> : <Status name={distribution.status} />}
      </div>
      {distribution.payOn && /scheduled|processing/i.test(distribution.status) ? (
        <p className="t-body mb-3 text-ink-2">{t('payOn', { date: dateLong(distribution.payOn) })}</p>
      ) : null}
      {distribution.blockedReason ? (
        <div className="mb-4">
          <Notice tone="wait">{distribution.blockedReason}</Notice>
        </div>
      ) : null}
      <div className="grid gap-x-10 gap-y-5 desk:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div>
          <LineTable distribution={distribution} final={!calculated} withAccounts={accounts !== null} />
          {accounts !== null && out.isOpen ? (
            <AccountsInFull distribution={distribution} shown={accounts === 'full'} />
          ) : null}
        </div>
        <div>
          <CashFacts distribution={distribution} out={out} />
          <Signatures distribution={distribution} viewer={viewer} timeZone={cooperative.timeZone} />
        </div>
      </div>
      <ReminderPart reminder={distribution.reminder} actionKey={keys.remind} returnTo="/distributions" />
      <DistributionActs
        id={distribution.id}
        may={distribution.viewerMay}
        today={cooperative.today}
        open={distribution.lines
          .filter(({ status }) => /scheduled|processing|paying/i.test(status))
          .map(({ id: lineId, member, amount }) => ({ id: lineId, name: member.displayName, amount }))}
        keys={keys}
      />
    </article>
  );
}

/** What was paid, where not all of it was, and what is or will be left in cash. */
function CashFacts({ distribution, out }: { distribution: Distribution; out: WentOut }) {
  const t = useTranslations('distributions');
  return (
    <FactList
      lines={[
        ...(out.notPaid === null
          ? []
          : [
              { key: 'paid', label: t('paidSoFar'), value: <Money value={out.paid} /> },
              { key: 'notPaid', label: t('notPaid'), value: <Money value={out.notPaid} /> },
            ]),
        { key: 'now', label: t('cashNow'), value: <Money value={distribution.cashNow} /> },
        ...(out.isOpen
          ? [{ key: 'after', label: t('cashAfter'), value: <Money value={distribution.cashAfter} /> }]
          : []),
        { key: 'reserve', label: t('reserve'), value: <Money value={distribution.reserve} /> },
      ]}
    />
  );
}

type LineTableProps = { distribution: Distribution; final: boolean; withAccounts: boolean };

function LineTable({ distribution, final, withAccounts }: LineTableProps) {
  const { dateShort } = useFormat();
  const t = useTranslations('distributions');
  return (
    <Table
      caption={t('lines')}
      rows={distribution.lines}
      keyOf={({ id }) => id}
      anchorOf={({ id }) => lineAnchor(id)}
      total={final ? 'total' : 'draft'}
      columns={[
        {
          head: t('member'),
          name: (line) => (
            <>
              {line.member.displayName}
              {line.reason ? <span className="t-small block text-ink-2">{line.reason}</span> : null}
              {withAccounts ? <LineAccount line={line} /> : null}
            </>
          ),
          total: t('total'),
        },
        {
          head: t('state'),
          text: ({ status, paidOn }) => (
            <>
              <Status name={status} />
              {paidOn ? <span className="t-small block text-ink-2">{dateShort(paidOn)}</span> : null}
            </>
          ),
        },
        { head: t('amount'), money: ({ amount }) => amount, total: distribution.total },
      ]}
    />
  );
}

/**
 * Asking to see the numbers, and the file for the bank. A form and no link: what it shows is put on record, and pages
 * fetch what links lead to ahead.
 */
function AccountsInFull({ distribution, shown }: { distribution: Distribution; shown: boolean }) {
  const t = useTranslations('distributions.account');
  const hasAny = distribution.lines.some(({ maskedPayoutAccount }) => maskedPayoutAccount !== null);
  if (!hasAny) return null;
  const hasSigned = distribution.lines.some(({ status }) => /^(approved|scheduled)$/i.test(status));
  return (
    <div className="no-print mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
      {shown ? (
        <p className="t-small text-ink-2">
          {t('shown')}{' '}
          <Link href={distributionHref(distribution.id)} className="link">
            {t('hide')}
          </Link>
        </p>
      ) : (
        <form action="/distributions" method="get" className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <input type="hidden" name="open" value={distribution.id} />
          <input type="hidden" name="accounts" value="full" />
          <Button type="submit">{t('show')}</Button>
          <span className="t-small text-ink-2">{t('showHint')}</span>
        </form>
      )}
      {hasSigned ? (
        <a
          href={`/distributions/csv/payments?of=${encodeURIComponent(distribution.id)}`}
          download
          className="link t-small"
        >
          {t('file')}
        </a>
      ) : null}
    </div>
  );
}

function Signatures({
  distribution,
  viewer,
  timeZone,
}: {
  distribution: Distribution;
  viewer: string;
  timeZone: string;
}) {
  const { instantText } = useFormat();
  const t = useTranslations('distributions');
  const [first, second] = distribution.signatures;
  const may = distribution.viewerMay.includes('approve');
  return (
    <div className="mt-4 grid grid-cols-2 gap-5">
      <SignatureLine
        name={first?.by.displayName ?? distribution.calculatedBy.displayName}
        note={t('calculatedAt', { time: instantText(first?.at ?? distribution.calculatedAt, timeZone) })}
      />
      {second ? (
        <SignatureLine
          name={second.by.displayName}
          note={t('approvedAt', { time: instantText(second.at, timeZone) })}
        />
      ) : /cancelled|failed/i.test(distribution.status) ? (
        <p className="t-small row-span-2 self-end text-ink-2">{t('neverSigned')}</p>
      ) : (
        <SignatureLine note={may ? viewer : t('allocator')} {...(may ? { yours: t('yours') } : {})} />
      )}
    </div>
  );
}
