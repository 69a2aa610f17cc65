// Prints what the endpoint answers as plain text: tables with amounts to the right, no ids, no instants, so that two
// runs compare byte for byte.
import type { Who } from './bakery.ts';
import type { Session } from './client.ts';

type Cells = readonly string[];

/** A table with a title: the first column to the left, the rest to the right. */
function table(title: string, header: Cells, rows: readonly Cells[]): string {
  const all = [header, ...rows];
  const widths = header.map((_cell, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: Cells) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [title, '-'.repeat(title.length), ...all.map(line), ''].join('\n');
}

interface TrialLine {
  readonly account: { readonly code: string; readonly name: string };
  readonly book: string;
  readonly tax: string;
}

/** The trial balance of a day in both bases; accounts at zero are left out. */
export async function printBooks(session: Session, title: string, asOf: string): Promise<string> {
  const document = `query($asOf: LocalDate!) {
    trialBalance(asOf: $asOf) { balanced bookTotal taxTotal lines { account { code name } book tax } } }`;
  const { trialBalance } = await session.ask<{
    trialBalance: { balanced: boolean; bookTotal: string; taxTotal: string; lines: TrialLine[] };
  }>(document, { asOf });
  const isZero = (amount: string) => /^-?0(\.0+)?$/.test(amount);
  const rows = trialBalance.lines
    .filter((line) => !isZero(line.book) || !isZero(line.tax))
    .map(({ account, book, tax }) => [`${account.code} ${account.name}`, book, tax])
    .sort((left, right) => ((left[0] ?? '') < (right[0] ?? '') ? -1 : 1));
  const total = [
    trialBalance.balanced ? 'Debits, equal to credits' : 'OUT OF BALANCE',
    trialBalance.bookTotal,
    trialBalance.taxTotal,
  ];
  return table(title, ['Account', 'Book', 'Tax'], [...rows, total]);
}

interface AllocationAnswer {
  readonly netIncome: string;
  readonly total: string;
  readonly policyLines: readonly {
    readonly label: string;
    readonly amount: string;
    readonly remaining: string;
  }[];
  readonly verification: readonly { readonly ok: boolean; readonly text: string }[];
  readonly lines: readonly {
    readonly member: { readonly displayName: string };
    readonly counts: string;
    readonly percent: string;
    readonly share: { readonly numerator: string; readonly denominator: string };
    readonly allocation: string;
    readonly cash: string;
    readonly retained: string;
  }[];
}

/** A quarter's allocation, and whether any of it is to be paid in cash. */
export async function printAllocation(
  session: Session,
  name: string,
  periodId: string,
): Promise<{ text: string; hasCash: boolean }> {
  const document = `query($periodId: ID!) { allocation(periodId: $periodId) {
    netIncome total policyLines { label amount remaining } verification { ok text }
    lines { member { displayName } counts percent share { numerator denominator } allocation cash retained } } }`;
  const { allocation } = await session.ask<{ allocation: AllocationAnswer }>(document, { periodId });
  const rows = allocation.lines
    .map((line) => [
      line.member.displayName,
      line.counts,
      `${line.share.numerator}/${line.share.denominator}`,
      `${line.percent}%`,
      line.allocation,
      line.cash,
      line.retained,
    ])
    .sort((left, right) => ((left[0] ?? '') < (right[0] ?? '') ? -1 : 1));
  const steps = allocation.policyLines.map(
    ({ label, amount, remaining }) => `${label}: ${amount}, leaves ${remaining}`,
  );
  const failed = allocation.verification.filter(({ ok }) => !ok);
  const text = [
    table(
      `Allocation of ${name}: net income ${allocation.netIncome}, shared ${allocation.total}`,
      ['Member', 'Counts', 'Share', 'Percent', 'Allocation', 'Cash', 'Left in'],
      rows,
    ),
    ...steps,
    failed.length === 0
      ? `Checked: ${allocation.verification.length} of ${allocation.verification.length}\n`
      : `FAILED: ${failed.map((one) => one.text).join('; ')}\n`,
  ].join('\n');
  return { text, hasCash: allocation.lines.some(({ cash }) => /[1-9]/.test(cash)) };
}

interface StatementAnswer {
  readonly period: { readonly name: string };
  readonly preparedOn: string;
  readonly allocation: string;
  readonly cash: string;
  readonly retained: string;
  readonly gave: readonly {
    readonly category: string;
    readonly value: string;
    readonly weight: string | null;
    readonly counts: string | null;
  }[];
  readonly capital: readonly { readonly kind: string; readonly book: string; readonly tax: string }[];
}

async function printStatements(session: Session, who: string): Promise<string[]> {
  const { me } = await session.ask<{ me: { member: { id: string; displayName: string } } }>(
    '{ me { member { id displayName } } }',
  );
  const list = await session.ask<{ statements: { id: string; preparedOn: string }[] }>(
    'query($memberId: ID) { statements(memberId: $memberId) { id preparedOn } }',
    { memberId: me.member.id },
  );
  const inOrder = [...list.statements].sort((left, right) => (left.preparedOn < right.preparedOn ? -1 : 1));
  const texts: string[] = [];
  for (const { id } of inOrder) {
    const { statement } = await session.ask<{ statement: StatementAnswer }>(
      `query($id: ID!) { statement(id: $id) { period { name } preparedOn allocation cash retained
        gave { category value weight counts } capital { kind book tax } } }`,
      { id },
    );
    const gave = statement.gave.map((row) => [row.category, row.value, row.weight ?? '', row.counts ?? '']);
    const capital = statement.capital.map((row) => [row.kind, row.book, row.tax]);
    const { allocation, cash, retained } = statement;
    texts.push(
      table(
        `${who}, statement of ${statement.period.name}, prepared ${statement.preparedOn}`,
        ['Gave', 'Value', 'Weight', 'Counts'],
        gave,
      ),
      `Share of the result ${allocation}: in cash ${cash}, left in ${retained}\n`,
      table('Capital', ['', 'Book', 'Tax'], capital),
    );
  }
  return texts;
}

/** One's own lots by year. */
async function printLots(session: Session): Promise<Cells[]> {
  const { retainedPatronage } = await session.ask<{
    retainedPatronage: {
      member: { displayName: string };
      year: number;
      allocated: string;
      paidOut: string;
      leftIn: string;
    }[];
  }>('{ retainedPatronage { member { displayName } year allocated paidOut leftIn } }');
  return retainedPatronage.map((lot) => [
    lot.member.displayName,
    String(lot.year),
    lot.allocated,
    lot.paidOut,
    lot.leftIn,
  ]);
}

/** Books at the end of the year and after the last payment, members' capital and lots, and everybody's statements. */
export async function printYearEnd(
  people: Record<Who, Session>,
  yearEnd: string,
  afterwards: string,
): Promise<string> {
  const { ben } = people;
  const income = await ben.ask<{ incomeStatement: { netIncome: { book: string; tax: string } } }>(
    'query($from: LocalDate!, $to: LocalDate!) { incomeStatement(from: $from, to: $to) { netIncome { book tax } } }',
    { from: '2025-01-01', to: yearEnd },
  );
  const { memberCapital } = await ben.ask<{
    memberCapital: { member: { displayName: string; number: number }; book: string; tax: string }[];
  }>('query($asOf: LocalDate) { memberCapital(asOf: $asOf) { member { displayName number } book tax } }', {
    asOf: yearEnd,
  });
  const lots = await Promise.all(Object.values(people).map(printLots));
  const capital = [...memberCapital]
    .sort((left, right) => left.member.number - right.member.number)
    .map(({ member, book, tax }) => [member.displayName, book, tax]);
  const { book, tax } = income.incomeStatement.netIncome;
  return [
    await printBooks(ben, `Trial balance of ${yearEnd}, after the close`, yearEnd),
    await printBooks(ben, `Trial balance of ${afterwards}, everybody paid`, afterwards),
    table('The year', ['', 'Book', 'Tax'], [['Net income', book, tax]]),
    table(`Capital of the members, ${yearEnd}`, ['Member', 'Book', 'Tax'], capital),
    table('Surplus left in, by year', ['Member', 'Year', 'Allocated', 'Paid out', 'Left in'], lots.flat()),
    ...(await printStatements(people.ada, 'Ada Quill')),
    ...(await printStatements(people.ben, 'Ben Ito')),
    ...(await printStatements(people.cleo, 'Cleo Marsh')),
  ].join('\n');
}
