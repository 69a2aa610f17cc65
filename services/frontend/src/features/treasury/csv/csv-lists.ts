// The long files: the journal and one account's ledger, read page by page behind a key while they are sent.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvRow } from '../../../lib/csv.ts';
import { ledgerDocument } from '../account/account.documents.ts';
import type { LedgerRow } from '../account/account.documents.ts';
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { journalRowsDocument } from '../journal/journal.documents.ts';
import { journalFilter } from '../journal/journal-search.ts';
import { dayBefore, dayOf, textOf } from '../search.ts';
import type { CsvReport } from './csv-reports.ts';
import { exact, nameOf, refused } from './csv-reports.ts';

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
  async function* batches() {
    let page = first;
    for (;;) {
      if (!page.ok) throw new Error(`the journal could not be read on: ${page.faults[0].reason}`);
      const { edges, pageInfo } = page.data.journal;
      yield edges.flatMap(({ node }) => journalLines(node));
      if (!pageInfo.hasNextPage || !pageInfo.endCursor) return;
      page = await ask(journalRowsDocument, { ...filter, after: pageInfo.endCursor });
    }
  }
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
      batches: batches(),
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
  async function* batches(): AsyncGenerator<CsvRow[]> {
    let page = first;
    yield [[from, null, t('opening'), null, null, null, exact(opening.book), exact(opening.tax)]];
    for (;;) {
      if (!page.ok) throw new Error(`the ledger could not be read on: ${page.faults[0].reason}`);
      const { edges, pageInfo } = page.data.accountLedger;
      yield edges.map(({ node }) => ledgerLine(node));
      if (!pageInfo.hasNextPage || !pageInfo.endCursor) return;
      page = await ask(ledgerDocument, { ...variables, after: pageInfo.endCursor });
    }
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
