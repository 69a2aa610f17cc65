// A journal entry while it is typed: debits and credits per line, what is still missing in each basis, and whether a
// second person will have to sign. The server reads the same form by the same rules.
import { formatMinor, needsSecondPerson, parseMoney } from '@habitat/kernel';

export type PostLine = {
  account: string;
  debit: string;
  credit: string;
  taxDebit: string;
  taxCredit: string;
};

export type PostDraft = {
  effectiveOn: string;
  description: string;
  /** Tax amounts are typed too; else they are those of the book. */
  ownTax: boolean;
  lines: readonly PostLine[];
};

export type PostAccount = {
  id: string;
  code: string;
  name: string;
  leaf: boolean;
  active: boolean;
  member: { displayName: string } | null;
};

export const LINES_WITHOUT_SCRIPT = 6;
export const emptyLine: PostLine = { account: '', debit: '', credit: '', taxDebit: '', taxCredit: '' };
const parts = ['account', 'debit', 'credit', 'taxDebit', 'taxCredit'] as const;
const MOST_LINES = 200;

/** The form as it was sent. */
export function sentDraft(form: FormData): PostDraft {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const count = Math.min(MOST_LINES, form.getAll('line').length);
  const lines = Array.from(
    { length: count },
    (_, index) => Object.fromEntries(parts.map((part) => [part, text(`${part}.${index}`)])) as PostLine,
  );
  return {
    effectiveOn: text('effectiveOn'),
    description: text('description'),
    ownTax: form.get('ownTax') === 'on',
    lines,
  };
}

/** How an account is written in the form: its code, then its name. */
export function accountText(account: PostAccount): string {
  return `${account.code} ${account.member?.displayName ?? account.name}`;
}

/** The leaf somebody means by "1110", "1110 Operating cash" or its whole name. */
export function accountNamed(text: string, accounts: readonly PostAccount[]): PostAccount | null {
  const wanted = text.trim().toLowerCase();
  const leaves = accounts.filter(({ leaf, active }) => leaf && active);
  return (
    leaves.find((one) => accountText(one).toLowerCase() === wanted) ??
    leaves.find(({ code }) => code.toLowerCase() === wanted.split(/\s+/)[0]) ??
    leaves.find(({ name }) => name.toLowerCase() === wanted) ??
    null
  );
}

/** Minor units of an amount as typed ("1,200.50"); zero for nothing, null when it can't be read. */
function typedMinor(text: string, digits: number): bigint | null {
  const plain = text.replace(/[,\s']/g, '');
  if (plain === '') return 0n;
  const parsed = parseMoney(plain, digits);
  return parsed.ok && parsed.value >= 0n ? parsed.value : null;
}

const isEmpty = (line: PostLine) => parts.every((part) => line[part].trim() === '');

function signed(debit: string, credit: string, digits: number): bigint | null {
  const [left, right] = [typedMinor(debit, digits), typedMinor(credit, digits)];
  return left === null || right === null ? null : left - right;
}

const bookOf = (line: PostLine, digits: number) => signed(line.debit, line.credit, digits);
const taxOf = (line: PostLine, { ownTax }: PostDraft, digits: number) =>
  ownTax ? signed(line.taxDebit, line.taxCredit, digits) : bookOf(line, digits);

export type PostFault = {
  field: string;
  reason: 'unreadable' | 'twoSides' | 'account' | 'noAmount' | 'tooFew' | 'bookOff' | 'taxOff';
};

type Built =
  | {
      ok: true;
      entries: readonly { accountId: string; book: string; tax: string }[];
      /** Where a fault of the API belongs in the form. */
      fieldOf: (field: string | null) => string | null;
    }
  | { ok: false; faults: readonly [PostFault, ...PostFault[]] };

function faultsOfLine(
  line: PostLine,
  index: number,
  draft: PostDraft,
  account: PostAccount | null,
  digits: number,
): PostFault[] {
  const faults: PostFault[] = [];
  if (!account) faults.push({ field: `account.${index}`, reason: 'account' });
  const amounts = draft.ownTax
    ? (['debit', 'credit', 'taxDebit', 'taxCredit'] as const)
    : (['debit', 'credit'] as const);
  for (const part of amounts)
    if (typedMinor(line[part], digits) === null)
      faults.push({ field: `${part}.${index}`, reason: 'unreadable' });
  if (faults.length > 0) return faults;
  if (line.debit && line.credit) return [{ field: `credit.${index}`, reason: 'twoSides' }];
  if (draft.ownTax && line.taxDebit && line.taxCredit)
    return [{ field: `taxCredit.${index}`, reason: 'twoSides' }];
  const nothing = bookOf(line, digits) === 0n && taxOf(line, draft, digits) === 0n;
  return nothing ? [{ field: `debit.${index}`, reason: 'noAmount' }] : [];
}

/** The entries to send, or everything that is wrong with the form, each at its field. */
export function entriesOf(draft: PostDraft, accounts: readonly PostAccount[], digits: number): Built {
  const filled = draft.lines.flatMap((line, index) =>
    isEmpty(line) ? [] : [{ line, index, account: accountNamed(line.account, accounts) }],
  );
  const faults = filled.flatMap(({ line, index, account }) =>
    faultsOfLine(line, index, draft, account, digits),
  );
  if (filled.length < 2) faults.push({ field: 'account.0', reason: 'tooFew' });
  const off = differenceOf(draft, digits);
  if (faults.length === 0 && off.book !== 0n) faults.push({ field: 'debit.0', reason: 'bookOff' });
  if (faults.length === 0 && off.tax !== 0n)
    faults.push({ field: draft.ownTax ? 'taxDebit.0' : 'debit.0', reason: 'taxOff' });
  const [first, ...rest] = faults;
  if (first) return { ok: false, faults: [first, ...rest] };
  return {
    ok: true,
    entries: filled.map(({ line, account }) => ({
      accountId: account?.id ?? '',
      book: formatMinor(bookOf(line, digits) ?? 0n, digits),
      tax: formatMinor(taxOf(line, draft, digits) ?? 0n, digits),
    })),
    fieldOf: (field) => {
      const match = /^entries\.(\d+)(?:\.(\w+))?$/.exec(field ?? '');
      if (!match) return field === 'entries' ? 'debit.0' : field;
      const index = filled[Number(match[1])]?.index ?? 0;
      const part = match[2] === 'accountId' ? 'account' : match[2] === 'tax' ? 'taxDebit' : 'debit';
      return `${part}.${index}`;
    },
  };
}

/** Debits less credits of what can be read so far, in minor units. */
export function differenceOf(draft: PostDraft, digits: number): { book: bigint; tax: bigint } {
  const sum = (of: (line: PostLine) => bigint | null) =>
    draft.lines.reduce((total, line) => total + (of(line) ?? 0n), 0n);
  return {
    book: sum((line) => bookOf(line, digits)),
    tax: sum((line) => taxOf(line, draft, digits)),
  };
}

/**
 * Why a second person will have to sign, as far as can be told before sending; null when nobody has to. The line is the
 * cooperative's own, in major units.
 */
export function secondSignature(
  draft: PostDraft,
  accounts: readonly PostAccount[],
  digits: number,
  journalThreshold: string,
): 'amount' | 'capital' | null {
  const touched = draft.lines.map(({ account }) => accountNamed(account, accounts));
  if (touched.some((account) => account !== null && account.member !== null)) return 'capital';
  const debits = (of: (line: PostLine) => bigint | null) =>
    draft.lines.reduce((total, line) => {
      const amount = of(line) ?? 0n;
      return amount > 0n ? total + amount : total;
    }, 0n);
  const [book, tax] = [debits((line) => bookOf(line, digits)), debits((line) => taxOf(line, draft, digits))];
  const amountMinor = book > tax ? book : tax;
  const line = parseMoney(journalThreshold, digits);
  const own = line.ok ? { thresholdMinor: line.value } : {};
  return needsSecondPerson('transaction.post', { amountMinor, digits, ...own }) ? 'amount' : null;
}
