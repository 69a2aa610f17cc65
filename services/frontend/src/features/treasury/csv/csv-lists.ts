// The long files: the journal and one account's ledger, read page by page behind a key while they are sent.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvRow } from '../../../lib/csv.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { exact, pagesOf, refused } from '../../../lib/csv-table.ts';
import { ledgerDocument } from '../account/account.documents.ts';
import type { LedgerRow } from '../account/account.documents.ts';
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { journalRowsDocument } from '../journal/journal.documents.ts';
import { journalFilter } from '../journal/journal-search.ts';
import { dayBefore, dayOf, textOf } from '../search.ts';
import { nameOf } from './csv-reports.ts';

type JournalNode = ResultOf<typeof journalRowsDocument>['journal']['edges'][number]['node'];

/** One line of the file for every entry, with its transaction before it. */
const journalLines = (node: JournalNode): CsvRow[] =>
  node.entries.map((entry) => [
    node.number,
    node.effectiveOn,
    node.recordedAt,
    node.description,
    node.source,
    entry.account.code,
    nameOf(entry.account),
    exact(entry.book),
    exact(entry.tax),
    entry.memo,
    node.reverses?.number ?? null,
    node.reversedBy?.number ?? null,
  ]);

export const journal: CsvReport = async (search) => {
  const t = await getTranslations('treasury');
  const filter = journalFilter(search);
  const first = await ask(journalRowsDocument, { ...filter, after: null });
  if (!first.ok) return refused(first);
  const { slug, today } = first.data.cooperative;
  const columns = [
    'transaction',
    'day',
    'recorded',
    'what',
    'sourceLabel',
    'no',
    'account',
    'book',
    'tax',
  ] as const;
  const more = ['memo', 'reverses', 'reversedBy'] as const;
  return {
    ok: true,
    table: {
      name: [slug, 'journal', filter.from ?? '', filter.to ?? today],
      header: [...columns, ...more].map((column) => t(column)),
      batches: pagesOf({
        first,
        listOf: (data) => data.journal,
        after: (after) => ask(journalRowsDocument, { ...filter, after }),
        rowsOf: journalLines,
      }),
    },
  };
};

const ledgerLine = (row: LedgerRow): CsvRow => [
  row.effectiveOn,
  row.transaction.number,
  row.description,
  row.memo,
  exact(row.book),
  exact(row.tax),
  exact(row.bookBalance),
  exact(row.taxBalance),
];

export const ledger: CsvReport = async (search) => {
  const t = await getTranslations('treasury');
  const [from, to] = [dayOf(search, 'from'), dayOf(search, 'to')];
  const variables = {
    id: textOf(search, 'account') ?? 'none',
    from,
    to,
    first: 200,
    dayBefore: from === null ? '1900-01-01' : dayBefore(from),
  };
  const first = await ask(ledgerDocument, { ...variables, after: null });
  if (!first.ok) return refused(first);
  const { account, cooperative } = first.data;
  const opening = account?.opening ?? { book: '0.00', tax: '0.00' };
  const pages = pagesOf({
    first,
    listOf: (data) => data.accountLedger,
    after: (after) => ask(ledgerDocument, { ...variables, after }),
    rowsOf: (row) => [ledgerLine(row)],
  });
  async function* batches(): AsyncGenerator<CsvRow[]> {
    yield [[from, null, t('opening'), null, null, null, exact(opening.book), exact(opening.tax)]];
    yield* pages;
  }
  const both = (word: string) => [`${word}, ${t('book')}`, `${word}, ${t('tax')}`];
  return {
    ok: true,
    table: {
      name: [cooperative.slug, 'ledger', account?.code ?? '', to ?? cooperative.today],
      header: [t('day'), t('transaction'), t('what'), t('memo'), ...both(t('amount')), ...both(t('balance'))],
      batches: batches(),
    },
  };
};
