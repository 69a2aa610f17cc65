// What a member has in the cooperative: every entry in their capital account in both bases, their part of each surplus, what
// was and will be paid to them and where to, and their statements. Others' parts appear in no figure but everybody's total.
import {
  findPayoutAccount,
  getMemberAllocation,
  listPaymentsTo,
  listPayoutAccountSpans,
  listRetainedLots,
  listStatements,
} from '@habitat/agreements';
import type { LedgerLine } from '@habitat/treasury';
import { listAccountLedger, listAccounts } from '@habitat/treasury';
import type { Part } from './part.ts';
import { csvPart, jsonPart } from './part.ts';
import type { OwnDataParts } from './own-data.ts';

const PAGE = 1_000;

async function capitalEntries({ database, viewer }: OwnDataParts): Promise<LedgerLine[]> {
  const { cooperativeId, memberId } = viewer.actor;
  const accounts = await listAccounts(database, cooperativeId);
  const own = accounts.find((account) => account.memberId === memberId);
  const all: LedgerLine[] = [];
  if (own === undefined) return all;
  for (let after: readonly string[] | null = null; ;) {
    const page = await listAccountLedger(
      database,
      cooperativeId,
      { accountId: own.id },
      { limit: PAGE, after },
    );
    all.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return all;
    after = [last.effectiveOn, String(last.number), String(last.line)];
  }
}

/** Credits are what a member has: the sign is turned, so that more is more. */
async function capitalPart(own: OwnDataParts): Promise<Part> {
  const exact = (minor: bigint) => ({ exact: own.money(-minor) });
  const entries = await capitalEntries(own);
  return csvPart(
    'capital.csv',
    ['date', 'transaction', 'source', 'description', 'book', 'tax', 'balance book', 'balance tax'],
    entries.map((entry) => [
      ...[entry.effectiveOn, entry.number, entry.source, entry.description],
      ...[exact(entry.bookMinor), exact(entry.taxMinor)],
      ...[exact(entry.balanceBookMinor), exact(entry.balanceTaxMinor)],
    ]),
  );
}

/** In full: it is theirs, and they have just proven who they are. */
async function payoutAccountPart({ database, secrets, viewer }: OwnDataParts): Promise<Part> {
  const { cooperativeId, memberId } = viewer.actor;
  const account = await findPayoutAccount(database, secrets, cooperativeId, memberId);
  const history = await listPayoutAccountSpans(database, cooperativeId, memberId);
  return jsonPart('payout-account.json', { account: account?.details ?? null, history });
}

export async function* moneyParts(own: OwnDataParts): AsyncGenerator<Part> {
  const { database, viewer, money } = own;
  const { cooperativeId, memberId } = viewer.actor;
  yield await capitalPart(own);
  const statements = await listStatements(database, cooperativeId, memberId);
  const allocations = [];
  for (const periodId of new Set(statements.map((statement) => statement.periodId))) {
    const view = await getMemberAllocation(database, cooperativeId, { periodId, memberId });
    if (view === null) continue;
    const { period, line, final } = view;
    allocations.push({
      period: period.name,
      final,
      ...{ book: money(line.bookMinor), tax: money(line.taxMinor) },
      ...{ cash: money(line.cashMinor), retained: money(line.retainedMinor) },
      detail: line.detail,
    });
  }
  yield jsonPart('allocations.json', allocations);
  const lots = await listRetainedLots(database, cooperativeId, memberId);
  yield jsonPart(
    'retained-patronage.json',
    lots.map((lot) => ({
      ...{ year: lot.year, period: lot.periodName, allocated: money(lot.allocatedMinor) },
      ...{ cash: money(lot.cashMinor), paidOut: money(lot.paidOutMinor) },
      ...{ reversed: money(lot.reversedMinor), left: money(lot.leftMinor) },
    })),
  );
  const payments = await listPaymentsTo(database, cooperativeId, memberId);
  yield csvPart(
    'distributions.csv',
    ['distribution', 'amount', 'state', 'pay on', 'paid on', 'reference', 'reason'],
    payments.map(({ number, amountMinor, state, payOn, paidOn, reference, reason }) => [
      ...[number, { exact: money(amountMinor) }, state, payOn, paidOn, reference, reason],
    ]),
  );
  yield await payoutAccountPart(own);
  yield jsonPart(
    'statements.json',
    statements.map(({ document, preparedAt, superseded }) => ({ preparedAt, superseded, document })),
  );
}
