// The journal: what is in the books, newest first, with one transaction open beside it.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { Icon } from '../../../../components/icon.tsx';
import { Money } from '../../../../components/print/money.tsx';
import { PageHead } from '../../../../components/shell/page-head.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../../components/state/states.tsx';
import { TransactionSheet } from '../../../../features/treasury/transaction-sheet.tsx';
import type { JournalRow } from '../../../../features/treasury/treasury.documents.ts';
import { journalDocument } from '../../../../features/treasury/treasury.documents.ts';
import { read } from '../../../../lib/api/request.ts';
import { useFormat } from '../../../../lib/language/use-format.ts';

type Search = { search?: string; after?: string; transaction?: string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('journal') };
}

export default async function JournalPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const answer = await read(journalDocument, {
    search: search.search || null,
    after: search.after ?? null,
    transaction: search.transaction ?? '',
    chosen: search.transaction !== undefined,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('journal')} />;
  const { journal, cooperative } = answer.data;
  const rows = journal.edges.map(({ node }) => node);
  const open = (search.transaction === undefined ? journal.head : answer.data.transaction) ?? null;
  return (
    <Page>
      <PageHead
        title={t('journal')}
        above={
          <Link href="/treasury" className="link">
            {t('title')}
          </Link>
        }
        acts={<SearchForm value={search.search ?? ''} />}
        ruled={false}
      />
      <div className="grid items-start gap-x-9 gap-y-6 wide:grid-cols-[330px_minmax(0,1fr)]">
        <div className={`section min-w-0 !pt-0 ${search.transaction ? 'max-wide:order-2' : ''}`}>
          {rows.length === 0 ? (
            <Empty title={t('none.title')} text={t('none.text')} />
          ) : (
            <JournalList rows={rows} openId={open?.id ?? null} search={search} />
          )}
          {journal.pageInfo.hasNextPage ? (
            <p className="mt-3">
              <Link
                href={journalHref({ ...search, after: journal.pageInfo.endCursor ?? '' })}
                className="link t-ui"
              >
                {t('earlier')}
              </Link>
            </p>
          ) : null}
        </div>
        {open ? <TransactionSheet transaction={open} timeZone={cooperative.timeZone} /> : null}
      </div>
    </Page>
  );
}

async function SearchForm({ value }: { value: string }) {
  const t = await getTranslations('treasury');
  return (
    <form action="/treasury/journal" role="search" className="relative">
      <Icon name="search" className="absolute top-3.5 left-3.5" />
      <input
        type="search"
        name="search"
        defaultValue={value}
        aria-label={t('search')}
        placeholder={t('search')}
        className="field !w-72 max-w-full !pl-10"
      />
    </form>
  );
}

function JournalList({
  rows,
  openId,
  search,
}: {
  rows: readonly JournalRow[];
  openId: string | null;
  search: Search;
}) {
  const { dateShort } = useFormat();
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} className="border-b border-rule">
          <Link
            href={journalHref({ ...search, transaction: row.id })}
            scroll={false}
            className={`queue-row grid grid-cols-[48px_1fr_auto] gap-2 ${row.id === openId ? 'queue-row-current' : ''}`}
            {...(row.id === openId ? { 'aria-current': 'true' as const } : {})}
          >
            <span className="t-small text-ink-2">{dateShort(row.effectiveOn)}</span>
            <span className="min-w-0">
              <span className={`t-ui block truncate ${row.reversedBy ? 'line-through' : ''}`}>
                {row.description}
              </span>
              <span className="t-small text-ink-2">
                {row.number}
                {row.reversedBy ? ` · ${row.reversedBy.number}` : null}
              </span>
            </span>
            <span className="t-ui">
              <Money value={row.amount} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function journalHref(search: Search): string {
  const query = new URLSearchParams(
    Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return query.size > 0 ? `/treasury/journal?${query.toString()}` : '/treasury/journal';
}
