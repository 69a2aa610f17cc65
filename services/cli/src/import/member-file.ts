// The members file: one row per person who joins. Checks what the file alone can tell; whether an address is taken
// already, or a class exists, is asked of people.
import { emailAddress, day, amount, oneOf, optional, required, text } from './column.ts';
import type { Fault } from './fault.ts';
import type { Row } from './table.ts';
import { readTable } from './table.ts';

function memberColumns(digits: number) {
  return {
    display_name: required('name shown to others', text(120)),
    legal_name: optional('name on tax forms', text(200), null as string | null),
    email: required('address, once per cooperative', emailAddress),
    class: required('member class, such as cooperative', text(60)),
    status: optional(
      'pending or active (active when empty)',
      oneOf(['pending', 'active']),
      'active' as const,
    ),
    joined_on: required('first day as a member, YYYY-MM-DD', day),
    dro: optional('deficit restoration obligation, 0 when empty', amount(digits), 0n),
  };
}

export type MemberRow = Row<ReturnType<typeof memberColumns>>;

/** Reads a members file. Faults: the table's, and DUPLICATE_EMAIL for an address that stands twice in the file. */
export function readMemberFile(
  file: string,
  digits: number,
): { rows: readonly MemberRow[]; faults: readonly Fault[] } {
  const table = readTable(file, memberColumns(digits));
  const firstLine = new Map<string, number>();
  const twice: Fault[] = [];
  for (const { email, line } of table.rows) {
    const first = firstLine.get(email);
    if (first === undefined) firstLine.set(email, line);
    else {
      twice.push({
        line,
        column: 'email',
        code: 'DUPLICATE_EMAIL',
        message: `${email} stands on line ${first} already`,
      });
    }
  }
  return { rows: table.rows, faults: [...table.faults, ...twice] };
}
