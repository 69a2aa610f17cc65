// What the import files refuse, and where they say the fault is.
import { describe, expect, it } from 'vitest';
import { readContributionFile } from './contribution-file.ts';
import { describeFault } from './fault.ts';
import { readJournalFile, readOpeningFile } from './ledger-file.ts';
import { readMemberFile } from './member-file.ts';
import { readRetainedFile } from './retained-file.ts';

const faultsOf = (read: {
  faults: readonly { line: number | null; column: string | null; code: string }[];
}) => read.faults.map(({ line, column, code }) => [line, column, code]);
const file = (...lines: string[]) => lines.join('\n');

describe('the members file', () => {
  const header = 'display_name,email,class,joined_on,dro';

  it('reads names with commas, quotes and a byte order mark', () => {
    const read = readMemberFile(
      `\uFEFF${file(header, '"Lindqvist, ""C""",Carol@Riverbend.example,cooperative,2024-01-15,')}`,
      2,
    );
    expect(read.faults).toEqual([]);
    expect(read.rows[0]).toMatchObject({
      display_name: 'Lindqvist, "C"',
      email: 'carol@riverbend.example',
      dro: 0n,
      status: 'active',
      line: 2,
    });
  });

  it('reads the semicolons some spreadsheets write', () => {
    const read = readMemberFile(
      file(header.replaceAll(',', ';'), 'Ann;a@b.example;cooperative;2024-01-15;12.50'),
      2,
    );
    expect(read.rows[0]).toMatchObject({ dro: 1250n });
  });

  it('tells every fault of a file at once, by line and column', () => {
    const read = readMemberFile(
      file(
        header,
        'Ann,ann@b.example,cooperative,2026-02-30,1.234',
        ',ann@b,cooperative,2026-01-01,-5',
        'Bob,bob@b.example,cooperative,2026-01-01,1000000000000000',
        'Bobby,BOB@b.example,cooperative,2026-01-01,',
        'Cy,bob@b.example,cooperative,2026-01-01,,extra',
      ),
      2,
    );
    expect(faultsOf(read)).toEqual([
      [2, 'joined_on', 'NOT_A_DATE'],
      [2, 'dro', 'TOO_MANY_DECIMALS'],
      [3, 'display_name', 'REQUIRED'],
      [3, 'email', 'NOT_AN_EMAIL'],
      [3, 'dro', 'NEGATIVE'],
      [4, 'dro', 'OUT_OF_RANGE'],
      [6, null, 'TOO_MANY_CELLS'],
    ]);
  });

  it('refuses an address that stands twice, whatever its case, and says where it stands first', () => {
    const read = readMemberFile(
      file(header, 'A,a@b.example,x,2026-01-01,', 'B,A@B.example,x,2026-01-01,'),
      2,
    );
    expect(read.faults.map(describeFault)).toEqual([
      'line 3, column email: a@b.example stands on line 2 already (DUPLICATE_EMAIL)',
    ]);
  });

  it('refuses a wrong header before it reads any row', () => {
    expect(faultsOf(readMemberFile(file('display_name,mail,class,class', 'x'), 2))).toEqual([
      [1, 'mail', 'UNKNOWN_COLUMN'],
      [1, 'class', 'DUPLICATE_COLUMN'],
      [1, 'email', 'MISSING_COLUMN'],
      [1, 'joined_on', 'MISSING_COLUMN'],
    ]);
  });

  it('refuses a quote that never closes with its line', () => {
    const read = readMemberFile(
      file(header, 'Ann,a@b.example,x,2026-01-01,', '"Bob,b@b.example,x,2026-01-01,'),
      2,
    );
    expect(faultsOf(read)).toEqual([[3, null, 'MALFORMED_CSV']]);
  });

  it('refuses an empty file, a file without rows, and bytes that are not text', () => {
    expect(faultsOf(readMemberFile('', 2))).toEqual([[null, null, 'EMPTY_FILE']]);
    expect(faultsOf(readMemberFile(header, 2))).toEqual([[null, null, 'NO_ROWS']]);
    expect(faultsOf(readMemberFile('\u0000\u0001', 2))).toEqual([[null, null, 'NOT_TEXT']]);
  });

  it('counts lines as an editor does, also below a cell of two lines', () => {
    const read = readMemberFile(
      file(header, '"Ann\nMary",a@b.example,x,2026-01-01,', '', 'Bob,b@b.example,x,nope,'),
      2,
    );
    expect(read.rows[0]?.line).toBe(2);
    expect(faultsOf(read)).toEqual([[5, 'joined_on', 'NOT_A_DATE']]);
  });
});

describe('the opening balances file', () => {
  const header = 'effective_on,cause,account,member,book_debit,book_credit,tax_debit,tax_credit';

  it('makes one transaction of the rows of a day and cause, debits positive, in both bases', () => {
    const read = readOpeningFile(
      file(
        header,
        '2026-01-01,work,1910,,10025.00,,,',
        '2026-01-01,cash,1110,,5000,,5000,',
        '2026-01-01,work,,alice@r.example,,10025.00,,',
        '2026-01-01,cash,,alice@r.example,,5000,,5000',
      ),
      2,
    );
    expect(read.faults).toEqual([]);
    expect(
      read.transactions.map(({ description, cause, lines }) => [
        description,
        cause,
        lines.map((line) => [line.bookMinor, line.taxMinor]),
      ]),
    ).toEqual([
      [
        'Opening balances: work given',
        'work',
        [
          [1_002_500n, 0n],
          [-1_002_500n, 0n],
        ],
      ],
      [
        'Opening balances: cash put in',
        'cash',
        [
          [500_000n, 500_000n],
          [-500_000n, -500_000n],
        ],
      ],
    ]);
  });

  it('refuses what does not balance in one of the bases and says by how much', () => {
    const read = readOpeningFile(
      file(header, '2026-01-01,,1420,,10000,,7000,', '2026-01-01,,,bob@r.example,,10000,,6999.99'),
      2,
    );
    expect(read.faults.map(describeFault)).toEqual([
      'line 2, column tax_debit: in the tax basis debits exceed credits by 0.01 in this transaction (UNBALANCED)',
    ]);
  });

  it('refuses rows that name no account, two, both sides, or no amount', () => {
    const read = readOpeningFile(
      file(
        header,
        '2026-01-01,,,,1,,1,',
        '2026-01-01,,1110,a@b.example,,1,,1',
        '2026-01-01,,1110,,1,1,,',
        '2026-01-01,,1110,,0,,,',
      ),
      2,
    );
    expect(faultsOf(read)).toEqual([
      [2, 'account', 'ACCOUNT_OR_MEMBER'],
      [3, 'account', 'ACCOUNT_OR_MEMBER'],
      [4, 'book_credit', 'BOTH_SIDES'],
      [5, 'book_debit', 'NO_AMOUNT'],
    ]);
  });
});

describe('the journal file', () => {
  const header =
    'entry,effective_on,description,account,member,book_debit,book_credit,tax_debit,tax_credit,memo';

  it('ties rows by their entry and refuses rows that disagree', () => {
    const read = readJournalFile(
      file(
        header,
        '1,2026-01-05,Rent,5110,,800,,800,,',
        '1,2026-01-06,Rent,1110,,,800,,800,',
        '2,2026-01-07,Alone,1110,,1,,1,,',
      ),
      2,
    );
    expect(faultsOf(read)).toEqual([[3, 'effective_on', 'ENTRY_DISAGREES']]);
  });

  it('refuses a transaction of one row', () => {
    expect(faultsOf(readJournalFile(file(header, '2,2026-01-07,Alone,1110,,1,,1,,'), 2))).toEqual([
      [2, null, 'TOO_FEW_ROWS'],
    ]);
  });

  it('takes amounts as many digits as the currency has', () => {
    expect(faultsOf(readJournalFile(file(header, '2,2026-01-07,Yen,1110,,1.5,,1,,'), 0))).toEqual([
      [2, 'book_debit', 'TOO_MANY_DECIMALS'],
    ]);
  });
});

describe('the other files', () => {
  it('refuses an unknown kind of contribution', () => {
    const read = readContributionFile(
      file(
        'member_email,kind,quantity,worked_on,description',
        'a@b.example,labour,6,2026-01-05,Pump',
        'a@b.example,Labor,6,2026-01-05,',
      ),
    );
    expect(faultsOf(read)).toEqual([
      [2, 'kind', 'UNKNOWN_VALUE'],
      [3, 'description', 'REQUIRED'],
    ]);
  });

  it('refuses a lot that paid more than it held, holds nothing, or stands twice', () => {
    const read = readRetainedFile(
      file(
        'member,year,allocated,paid_out',
        'a@b.example,2024,100,100.01',
        'a@b.example,2024,50,',
        'a@b.example,2025,0,',
        'a@b.example,25,1,',
      ),
      2,
    );
    expect(faultsOf(read)).toEqual([
      [5, 'year', 'NOT_A_YEAR'],
      [2, 'paid_out', 'PAID_MORE'],
      [3, 'year', 'DUPLICATE_LOT'],
      [4, 'allocated', 'NO_AMOUNT'],
    ]);
  });
});
