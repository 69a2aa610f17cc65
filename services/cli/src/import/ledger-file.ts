// The two files that become transactions: opening balances (rows of one day and cause are one transaction) and
// journal entries (rows of one entry number are one). Both bases must balance in each, line by line as debits and
// credits.
import { formatMinor } from '@habitat/kernel';
import { amount, day, emailAddress, oneOf, optional, required, text } from './column.ts';
import type { Fault } from './fault.ts';
import type { Row } from './table.ts';
import { readTable } from './table.ts';

/** Why a member's capital stands where it does; the words of the member statement. */
export const CAPITAL_CAUSES = ['work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other'] as const;

function sideColumns(digits: number) {
  return {
    account: optional('account code; or member', text(32), null as string | null),
    member: optional("a member's address: their capital account", emailAddress, null as string | null),
    book_debit: optional('book value, IRC §704(b)', amount(digits), 0n),
    book_credit: optional('book value, IRC §704(b)', amount(digits), 0n),
    tax_debit: optional('tax basis', amount(digits), 0n),
    tax_credit: optional('tax basis', amount(digits), 0n),
    memo: optional('note on the line', text(200), null as string | null),
  };
}

function openingColumns(digits: number) {
  return {
    effective_on: required('day of the balances, YYYY-MM-DD', day),
    cause: optional(CAPITAL_CAUSES.join(', '), oneOf(CAPITAL_CAUSES), 'other' as const),
    ...sideColumns(digits),
  };
}

function journalColumns(digits: number) {
  return {
    entry: required('number or name that ties the rows of one transaction', text(40)),
    effective_on: required('day of the transaction, YYYY-MM-DD', day),
    description: required('what it was', text(200)),
    ...sideColumns(digits),
  };
}

/** One side of a transaction as treasury takes it: debit positive. */
export interface LedgerLine {
  readonly line: number;
  readonly accountCode: string | null;
  readonly memberEmail: string | null;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly memo: string | null;
}

export interface LedgerTransaction {
  readonly effectiveOn: string;
  readonly description: string;
  readonly cause: (typeof CAPITAL_CAUSES)[number];
  readonly lines: readonly LedgerLine[];
}

export interface LedgerFile {
  readonly transactions: readonly LedgerTransaction[];
  readonly faults: readonly Fault[];
}

type Side = Row<ReturnType<typeof sideColumns>>;

function sideFaults(row: Side): Fault[] {
  const fault = (column: string, code: string, message: string): Fault => ({
    line: row.line,
    column,
    code,
    message,
  });
  return [
    ...((row.account === null) === (row.member === null)
      ? [fault('account', 'ACCOUNT_OR_MEMBER', 'a row names either an account or a member')]
      : []),
    ...(row.book_debit > 0n && row.book_credit > 0n
      ? [fault('book_credit', 'BOTH_SIDES', 'a row is a debit or a credit in the book, not both')]
      : []),
    ...(row.tax_debit > 0n && row.tax_credit > 0n
      ? [fault('tax_credit', 'BOTH_SIDES', 'a row is a debit or a credit for tax, not both')]
      : []),
    ...(row.book_debit + row.book_credit + row.tax_debit + row.tax_credit === 0n
      ? [fault('book_debit', 'NO_AMOUNT', 'a row has an amount')]
      : []),
  ];
}

function lineOf(row: Side): LedgerLine {
  return {
    line: row.line,
    accountCode: row.account,
    memberEmail: row.member,
    bookMinor: row.book_debit - row.book_credit,
    taxMinor: row.tax_debit - row.tax_credit,
    memo: row.memo,
  };
}

function balanceFaults(transaction: LedgerTransaction, digits: number): Fault[] {
  const { lines } = transaction;
  const line = lines[0]?.line ?? null;
  if (lines.length < 2) {
    return [{ line, column: null, code: 'TOO_FEW_ROWS', message: 'a transaction has at least two rows' }];
  }
  return (['bookMinor', 'taxMinor'] as const).flatMap((basis) => {
    const off = lines.reduce((sum, side) => sum + side[basis], 0n);
    if (off === 0n) return [];
    const [column, name] = basis === 'bookMinor' ? ['book_debit', 'book'] : ['tax_debit', 'tax'];
    const more = off > 0n ? 'debits exceed credits' : 'credits exceed debits';
    const by = formatMinor(off > 0n ? off : -off, digits);
    return [
      {
        line,
        column,
        code: 'UNBALANCED',
        message: `in the ${name} basis ${more} by ${by} in this transaction`,
      },
    ];
  });
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function finish(
  transactions: LedgerTransaction[],
  faults: readonly Fault[],
  sides: readonly Side[],
  digits: number,
): LedgerFile {
  const sideways = sides.flatMap(sideFaults);
  // Rows that could not be read are missing from their transaction: its balance says nothing then.
  const balances =
    faults.length === 0 ? transactions.flatMap((transaction) => balanceFaults(transaction, digits)) : [];
  return { transactions, faults: [...faults, ...sideways, ...balances] };
}

/** Reads opening balances: dated, in both bases, one transaction per day and cause. */
export function readOpeningFile(file: string, digits: number): LedgerFile {
  const table = readTable(file, openingColumns(digits));
  const transactions = groupBy(table.rows, (row) => `${row.effective_on} ${row.cause}`).flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const description =
      first.cause === 'other' ? 'Opening balances' : `Opening balances: ${CAUSE_WORDS[first.cause]}`;
    return [{ effectiveOn: first.effective_on, description, cause: first.cause, lines: rows.map(lineOf) }];
  });
  return finish(transactions, table.faults, table.rows, digits);
}

const CAUSE_WORDS = {
  work: 'work given',
  cash: 'cash put in',
  in_kind: 'things put in',
  surplus: 'surplus left in',
  paid_out: 'paid out',
} as const;

/** Reads journal entries; the rows of one entry agree on day and description. */
export function readJournalFile(file: string, digits: number): LedgerFile {
  const table = readTable(file, journalColumns(digits));
  const disagreements: Fault[] = [];
  const transactions = groupBy(table.rows, (row) => row.entry).flatMap((rows) => {
    const [first, ...others] = rows;
    if (first === undefined) return [];
    for (const row of others) {
      for (const column of ['effective_on', 'description'] as const) {
        if (row[column] === first[column]) continue;
        const message = `entry ${row.entry} says "${first[column]}" on line ${first.line}`;
        disagreements.push({ line: row.line, column, code: 'ENTRY_DISAGREES', message });
      }
    }
    return [
      {
        effectiveOn: first.effective_on,
        description: first.description,
        cause: 'other' as const,
        lines: rows.map(lineOf),
      },
    ];
  });
  return finish(transactions, [...table.faults, ...disagreements], table.rows, digits);
}
