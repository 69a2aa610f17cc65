// The journal: what is in the books, newest first, with one transaction open beside it, and what waits for a signature.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DialogAct, ReasonField } from '../../../../components/control/act-form.tsx';
import { ButtonLink } from '../../../../components/control/button.tsx';
import { Field } from '../../../../components/control/field.tsx';
import { Section } from '../../../../components/print/section.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { Notice } from '../../../../components/state/notice.tsx';
import { Empty, FaultState } from '../../../../components/state/states.tsx';
import { reverseTransaction } from '../../../../features/treasury/journal/journal.actions.ts';
import { JournalFilterForm } from '../../../../features/treasury/journal/journal-filter.tsx';
import { JournalList } from '../../../../features/treasury/journal/journal-list.tsx';
import type { JournalFilter } from '../../../../features/treasury/journal/journal-search.ts';
import { journalFilter, journalHref } from '../../../../features/treasury/journal/journal-search.ts';
import type { JournalRequest, Transaction } from '../../../../features/treasury/journal/journal.documents.ts';
import { journalDocument } from '../../../../features/treasury/journal/journal.documents.ts';
import { RequestSheet } from '../../../../features/treasury/journal/request-sheet.tsx';
import { TransactionSheet } from '../../../../features/treasury/journal/transaction-sheet.tsx';
import type { Search } from '../../../../features/treasury/search.ts';
import { textOf } from '../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';
import { Icon } from '../../../../components/icon.tsx';
import { Link } from '../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('journal') };
}

export default async function JournalPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const filter = journalFilter(search);
  const [wanted, after] = [textOf(search, 'transaction'), textOf(search, 'after')];
  const answer = await read(journalDocument, {
    ...filter,
    after,
    openId: wanted ?? 'none',
    open: wanted !== null,
    newest: wanted === null,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('journal')} />;
  const { journal, transaction, journalRequests, accounts, cooperative, me } = answer.data;
  const rows = journal.edges.map(({ node }) => node);
  const open = transaction ?? journal.head ?? null;
  const isNarrowed = Object.values(filter).some((one) => one !== null);
  const mayPost = me.acts.includes('transaction.post');
  return (
    <Page>
      <TreasuryHead
        title={t('journal')}
        csv={journalHref(filter, {}, '/treasury/csv/journal')}
        acts={
          mayPost ? (
            <ButtonLink href="/treasury/journal/new" tone="primary">
              {t('postEntry')}
            </ButtonLink>
          ) : null
        }
      />
      <Waiting requests={journalRequests} timeZone={cooperative.timeZone} asked={search.asked === '1'} />
      <JournalFilterForm filter={filter} accounts={accounts} />
      <div className="grid items-start gap-x-9 gap-y-6 wide:grid-cols-[330px_minmax(0,1fr)]">
        <div className={`section min-w-0 !pt-0 ${wanted ? 'max-wide:order-2' : ''}`}>
          {rows.length === 0 ? (
            <Empty
              title={t(isNarrowed ? 'none.title' : 'nonePosted.title')}
              text={t(isNarrowed ? 'none.text' : 'nonePosted.text')}
            />
          ) : (
            <JournalList
              rows={rows}
              openId={open?.id ?? null}
              hrefOf={(id) => journalHref(filter, { after, transaction: id })}
            />
          )}
          <ListFoot filter={filter} journal={journal} after={after} />
        </div>
        {open ? (
          <TransactionSheet
            transaction={open}
            timeZone={cooperative.timeZone}
            acts={await reverseAct(open, cooperative.today)}
          />
        ) : null}
      </div>
    </Page>
  );
}

type ListFootProps = {
  filter: JournalFilter;
  journal: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  after: string | null;
};

async function ListFoot({ filter, journal, after }: ListFootProps) {
  const t = await getTranslations('treasury');
  return (
    <p className="no-print t-small mt-3 flex flex-wrap gap-x-4 text-ink-2">
      <span>{t('count', { count: journal.totalCount })}</span>
      {journal.pageInfo.hasNextPage ? (
        <Link href={journalHref(filter, { after: journal.pageInfo.endCursor ?? null })} className="link">
          {t('earlier')}
        </Link>
      ) : null}
      {after ? (
        <Link href={journalHref(filter)} className="link">
          {t('newestFirst')}
        </Link>
      ) : null}
    </p>
  );
}

type WaitingProps = { requests: readonly JournalRequest[]; timeZone: string; asked: boolean };

async function Waiting({ requests, timeZone, asked }: WaitingProps) {
  if (requests.length === 0) return null;
  const t = await getTranslations('treasury');
  return (
    <Section title={t('waiting')} id="waiting" className="mb-8">
      {asked ? (
        <div className="mb-4" role="status">
          <Notice tone="wait">{t('askedNote')}</Notice>
        </div>
      ) : null}
      <div className="grid gap-5">
        {requests.map((request) => (
          <RequestSheet key={request.id} request={request} timeZone={timeZone} />
        ))}
      </div>
    </Section>
  );
}

async function reverseAct(transaction: Transaction, today: string) {
  if (!transaction.viewerMay.includes('reverse')) return null;
  const t = await getTranslations('treasury');
  return (
    <DialogAct
      act={reverseTransaction}
      label={t('reverse')}
      icon={<Icon name="reverse" />}
      title={t('reverseTitle', { number: transaction.number })}
      text={t('reverseText')}
      confirm={t('reverseAct')}
      about={{ transactionId: transaction.id }}
      actionKey={randomUUID()}
      returnTo={`/treasury/journal?transaction=${encodeURIComponent(transaction.id)}`}
    >
      <ReasonField label={t('reason')} />
      <Field id="effectiveOn" label={t('countsFor')}>
        <input
          id="effectiveOn"
          name="effectiveOn"
          type="date"
          max={today}
          defaultValue={today}
          className="field"
        />
      </Field>
    </DialogAct>
  );
}
