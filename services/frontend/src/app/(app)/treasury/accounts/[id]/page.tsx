// The ledger of one account over some days, in one basis, a page at a time.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DialogAct } from '../../../../../components/control/act-form.tsx';
import { Page } from '../../../../../components/shell/page.tsx';
import { FaultState } from '../../../../../components/state/states.tsx';
import { deactivateAccount } from '../../../../../features/treasury/account/account.actions.ts';
import type { Ledger } from '../../../../../features/treasury/account/account.documents.ts';
import { ledgerDocument } from '../../../../../features/treasury/account/account.documents.ts';
import { LedgerTable, openingOf } from '../../../../../features/treasury/account/ledger-table.tsx';
import { Choice, ReportForm } from '../../../../../features/treasury/report/report-form.tsx';
import type { Search } from '../../../../../features/treasury/search.ts';
import { addressOf, dayBefore, dayOf, textOf } from '../../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../../lib/api/request.ts';
import { getFormat } from '../../../../../lib/language/get-format.ts';
import { Link } from '../../../../../components/link.tsx';

type LedgerPageProps = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('ledger') };
}

export default async function LedgerPage({ params, searchParams }: LedgerPageProps) {
  const id = decodeURIComponent((await params).id);
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const [from, to, after] = [dayOf(search, 'from'), dayOf(search, 'to'), textOf(search, 'after')];
  const basis = search.basis === 'tax' ? 'tax' : 'book';
  const dayOfOpening = from === null ? '1900-01-01' : dayBefore(from);
  const answer = await read(ledgerDocument, { id, from, to, first: 50, after, dayBefore: dayOfOpening });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { account, accountLedger, me } = answer.data;
  if (!account) notFound();
  const rows = accountLedger.edges.map(({ node }) => node);
  const { hasNextPage, endCursor } = accountLedger.pageInfo;
  const none = { book: '0.00', tax: '0.00' };
  const name = account.member ? t('capitalOf', { name: account.member.displayName }) : account.name;
  const path = `/treasury/accounts/${encodeURIComponent(account.id)}`;
  const kept = { from, to, basis: basis === 'tax' ? 'tax' : null };
  return (
    <Page>
      <TreasuryHead
        title={`${account.code} ${name}`}
        csv={addressOf('/treasury/csv/ledger', { account: account.id, from, to })}
        print
        above={
          <Link href="/treasury/accounts" className="link">
            {t('accounts')}
          </Link>
        }
        acts={me.acts.includes('account.manage') ? await retireAct(account, path) : null}
      />
      <LedgerForm path={path} from={from} to={to} basis={basis} after={after} />
      <LedgerTable
        rows={rows}
        basis={basis}
        opening={after ? openingOf(rows, none) : (account.opening ?? none)}
        openingLabel={after ? t('carried') : from ? t('openingOn', { day: dateLong(from) }) : t('opening')}
        closing={hasNextPage ? null : (account.balance ?? none)}
        name={name}
      />
      <p className="t-ui no-print mt-4 flex gap-6">
        {after ? (
          <Link href={addressOf(path, kept)} className="link">
            {t('fromStart')}
          </Link>
        ) : null}
        {hasNextPage ? (
          <Link href={addressOf(path, { ...kept, after: endCursor ?? null })} className="link">
            {t('later')}
          </Link>
        ) : null}
      </p>
    </Page>
  );
}

type LedgerFormProps = {
  path: string;
  from: string | null;
  to: string | null;
  basis: 'book' | 'tax';
  after: string | null;
};

async function LedgerForm({ path, from, to, basis, after }: LedgerFormProps) {
  const t = await getTranslations('treasury');
  return (
    <ReportForm
      path={path}
      days={[
        { name: 'from', label: t('from'), value: from },
        { name: 'to', label: t('to'), value: to },
      ]}
      kept={{ basis: basis === 'tax' ? 'tax' : null }}
    >
      <Choice
        label={t('basis')}
        options={(['book', 'tax'] as const).map((one) => ({
          key: one,
          text: t(one),
          href: addressOf(path, { from, to, basis: one === 'tax' ? 'tax' : null, after }),
          current: one === basis,
        }))}
      />
    </ReportForm>
  );
}

/** Retiring an account that is no member's, for who may change the chart. */
async function retireAct(account: NonNullable<Ledger['account']>, returnTo: string) {
  if (!account.active || !account.leaf || account.member) return null;
  const t = await getTranslations('treasury');
  return (
    <DialogAct
      act={deactivateAccount}
      label={t('retire')}
      title={t('retireTitle', { code: account.code })}
      text={t('retireText')}
      confirm={t('retireAct')}
      tone="stop"
      about={{ accountId: account.id }}
      actionKey={randomUUID()}
      returnTo={returnTo}
    />
  );
}
