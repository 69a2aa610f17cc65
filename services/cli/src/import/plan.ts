// What each kind of file does once it is read: which context takes it, and the one set-based command it becomes. A
// plan runs inside a transaction its caller opens, so that a dry run is the same run, rolled back.
import { importOpeningLotsIn } from '@habitat/agreements';
import type { Database, Transaction } from '@habitat/database';
import type { ContextName } from '@habitat/events';
import { accept, refuse } from '@habitat/kernel';
import type { Result } from '@habitat/kernel';
import { addMembersIn, findMemberByEmail, logContributionsIn } from '@habitat/people';
import { importTransactionsIn } from '@habitat/treasury';
import { formatMinor } from '@habitat/kernel';
import { readContributionFile } from './contribution-file.ts';
import type { Fault } from './fault.ts';
import type { LedgerFile, LedgerTransaction } from './ledger-file.ts';
import { readJournalFile, readOpeningFile } from './ledger-file.ts';
import { readMemberFile } from './member-file.ts';
import { entryPlace, faultOf } from './refusal.ts';
import { readRetainedFile } from './retained-file.ts';

export const IMPORT_KINDS = [
  'members',
  'opening-balances',
  'retained-patronage',
  'contributions',
  'journal',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** One thing made by an import, with the line it came from. */
export type ImportedItem = { readonly line: number; readonly subjectId: string };

export interface Plan {
  readonly context: ContextName;
  readonly rows: number;
  readonly run: (tx: Transaction) => Promise<Result<ImportedItem[], Fault[]>>;
}

export interface PlanFacts {
  readonly database: Database;
  readonly cooperativeId: string;
  /** Minor-unit digits of the cooperative's currency. */
  readonly digits: number;
}

type Planned = Result<Plan, readonly Fault[]>;

/** Finds members by address; an address nobody has is a fault at each of its lines. */
async function membersOf(
  facts: PlanFacts,
  wanted: readonly { readonly line: number; readonly email: string }[],
  column: string,
): Promise<{ idOf: (email: string) => string; faults: Fault[] }> {
  const ids = new Map<string, string>();
  for (const email of new Set(wanted.map((one) => one.email))) {
    const member = await findMemberByEmail(facts.database, facts.cooperativeId, email);
    if (member !== null) ids.set(email, member.memberId);
  }
  const faults = wanted
    .filter((one) => !ids.has(one.email))
    .map(({ line, email }): Fault => ({
      line,
      column,
      code: 'MEMBER_NOT_FOUND',
      message: `no member has the address ${email}`,
    }));
  return { idOf: (email) => ids.get(email) ?? '', faults };
}

/** Pairs what a command made with the lines it was made of. */
function pair(lines: readonly number[], subjectIds: readonly string[]): ImportedItem[] {
  return subjectIds.map((subjectId, at) => ({ line: lines[at] ?? 0, subjectId }));
}

type ItemsRefused = {
  readonly refusals: readonly { readonly index: number; readonly refusal: { readonly code: string } }[];
};

function itemFaults(lines: readonly number[], { refusals }: ItemsRefused): Fault[] {
  return refusals.map(({ index, refusal }) => faultOf(lines[index] ?? null, refusal));
}

function planMembers(text: string, facts: PlanFacts): Planned {
  const { rows, faults } = readMemberFile(text, facts.digits);
  if (faults.length > 0) return refuse(faults);
  const lines = rows.map((row) => row.line);
  const inputs = rows.map((row) => ({
    displayName: row.display_name,
    legalName: row.legal_name,
    email: row.email,
    class: row.class,
    status: row.status,
    joinedOn: row.joined_on,
    droAmount: formatMinor(row.dro, facts.digits),
  }));
  const run: Plan['run'] = async (tx) => {
    const added = await addMembersIn(tx, inputs);
    return added.ok
      ? accept(
          pair(
            lines,
            added.value.map((member) => member.memberId),
          ),
        )
      : refuse(itemFaults(lines, added.refusal));
  };
  return accept({ context: 'people', rows: rows.length, run });
}

async function planContributions(text: string, facts: PlanFacts, reason: string): Promise<Planned> {
  const { rows, faults } = readContributionFile(text);
  const members = await membersOf(
    facts,
    rows.map((row) => ({ line: row.line, email: row.member_email })),
    'member_email',
  );
  const all = [...faults, ...members.faults];
  if (all.length > 0) return refuse(all);
  const lines = rows.map((row) => row.line);
  const inputs = rows.map((row) => ({
    memberId: members.idOf(row.member_email),
    reason,
    kind: row.kind,
    category: row.category,
    quantity: row.quantity,
    workedOn: row.worked_on,
    description: row.description,
    value: row.value,
    costBasis: row.cost_basis,
    evidence: row.evidence_url === null ? null : [{ label: row.evidence_url, url: row.evidence_url }],
    lateReason: row.late_reason,
  }));
  const run: Plan['run'] = async (tx) => {
    const logged = await logContributionsIn(tx, inputs);
    if (!logged.ok) return refuse(itemFaults(lines, logged.refusal));
    return accept(
      pair(
        lines,
        logged.value.map((change) => change.contribution.contributionId),
      ),
    );
  };
  return accept({ context: 'people', rows: rows.length, run });
}

async function planLedger(
  file: LedgerFile,
  source: 'opening' | 'import',
  facts: PlanFacts,
): Promise<Planned> {
  const sides = file.transactions.flatMap((transaction) => transaction.lines);
  const wanted = sides.flatMap(({ line, memberEmail }) =>
    memberEmail === null ? [] : [{ line, email: memberEmail }],
  );
  const members = await membersOf(facts, wanted, 'member');
  const all = [...file.faults, ...members.faults];
  if (all.length > 0) return refuse(all);
  const transactions = file.transactions.map(({ effectiveOn, description, cause, lines }) => ({
    effectiveOn,
    description,
    cause,
    entries: lines.map((side) => ({
      ...(side.memberEmail === null
        ? { accountCode: side.accountCode }
        : { memberId: members.idOf(side.memberEmail) }),
      bookMinor: side.bookMinor,
      taxMinor: side.taxMinor,
      memo: side.memo,
    })),
  }));
  const lines = file.transactions.map((transaction) => transaction.lines[0]?.line ?? 0);
  const run: Plan['run'] = async (tx) => {
    const posted = await importTransactionsIn(tx, { source, transactions });
    if (posted.ok) return accept(pair(lines, posted.value));
    const { refusal } = posted;
    if (refusal.code !== 'ITEMS_REFUSED') return refuse([faultOf(null, refusal)]);
    return refuse(refusal.items.map((item) => ledgerFault(file.transactions[item.index], item.refusal)));
  };
  return accept({ context: 'treasury', rows: sides.length, run });
}

/** A refused transaction's fault, at the row of the entry it names. */
function ledgerFault(
  transaction: LedgerTransaction | undefined,
  refusal: { readonly code: string; readonly path?: string },
): Fault {
  const side = transaction?.lines[entryPlace(refusal) ?? 0];
  return faultOf(side?.line ?? null, refusal);
}

async function planRetained(text: string, facts: PlanFacts): Promise<Planned> {
  const { rows, faults } = readRetainedFile(text, facts.digits);
  const members = await membersOf(
    facts,
    rows.map((row) => ({ line: row.line, email: row.member })),
    'member',
  );
  const all = [...faults, ...members.faults];
  if (all.length > 0) return refuse(all);
  const lines = rows.map((row) => row.line);
  const lots = rows.map((row) => ({
    memberId: members.idOf(row.member),
    year: row.year,
    allocatedMinor: row.allocated,
    paidOutMinor: row.paid_out,
  }));
  const run: Plan['run'] = async (tx) => {
    const opened = await importOpeningLotsIn(tx, lots);
    if (opened.ok) return accept(pair(lines, opened.value));
    const { refusal } = opened;
    return refuse([faultOf('index' in refusal ? (lines[refusal.index] ?? null) : null, refusal)]);
  };
  return accept({ context: 'agreements', rows: rows.length, run });
}

/** Reads a file and says what it would do, or every fault the file alone shows. */
export async function planImport(kind: ImportKind, text: string, facts: PlanFacts): Promise<Planned> {
  switch (kind) {
    case 'members':
      return planMembers(text, facts);
    case 'contributions':
      return planContributions(text, facts, 'imported from a file');
    case 'opening-balances':
      return planLedger(readOpeningFile(text, facts.digits), 'opening', facts);
    case 'journal':
      return planLedger(readJournalFile(text, facts.digits), 'import', facts);
    case 'retained-patronage':
      return planRetained(text, facts);
  }
}
