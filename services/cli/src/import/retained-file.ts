// The retained patronage file: what was allocated to a member in a year before this platform kept the books, and what
// of it was paid out already. It opens lots, so that the oldest are redeemed first later on; the ledger's balances
// come by the opening balances.
import { formatMinor } from '@habitat/kernel';
import { amount, emailAddress, optional, required, year } from './column.ts';
import type { Fault } from './fault.ts';
import type { Row } from './table.ts';
import { readTable } from './table.ts';

function retainedColumns(digits: number) {
  return {
    member: required("a member's address", emailAddress),
    year: required('year of the allocation', year),
    allocated: required('allocated to the member for that year', amount(digits)),
    paid_out: optional('of it already paid, 0 when empty', amount(digits), 0n),
  };
}

export type RetainedRow = Row<ReturnType<typeof retainedColumns>>;

/** Reads retained lots. Faults: the table's, NO_AMOUNT, PAID_MORE (paid out exceeds allocated), DUPLICATE_LOT. */
export function readRetainedFile(
  file: string,
  digits: number,
): { rows: readonly RetainedRow[]; faults: readonly Fault[] } {
  const table = readTable(file, retainedColumns(digits));
  const firstLine = new Map<string, number>();
  const faults: Fault[] = [];
  for (const row of table.rows) {
    const fault = (column: string, code: string, message: string) =>
      faults.push({ line: row.line, column, code, message });
    if (row.allocated === 0n) fault('allocated', 'NO_AMOUNT', 'a lot has an amount');
    if (row.paid_out > row.allocated) {
      fault('paid_out', 'PAID_MORE', `${formatMinor(row.paid_out, digits)} is more than was allocated`);
    }
    const key = `${row.member} ${row.year}`;
    const first = firstLine.get(key);
    if (first === undefined) firstLine.set(key, row.line);
    else fault('year', 'DUPLICATE_LOT', `${row.member} has ${row.year} on line ${first} already`);
  }
  return { rows: table.rows, faults: [...table.faults, ...faults] };
}
