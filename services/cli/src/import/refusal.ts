// Turns what a context refuses about one item into a fault at a line and column of the file.
import type { Fault } from './fault.ts';

interface Refusal {
  readonly code: string;
  readonly field?: string;
  readonly path?: string;
  /** What else is wrong with the same item; a file is told the first, as its lines are many. */
  readonly more?: unknown;
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  memberId: 'member_email',
  workedOn: 'worked_on',
  costBasis: 'cost_basis',
  displayName: 'display_name',
  legalName: 'legal_name',
  joinedOn: 'joined_on',
  droAmount: 'dro',
  effectiveOn: 'effective_on',
  evidence: 'evidence_url',
  lateReason: 'late_reason',
  bookMinor: 'book_debit',
  taxMinor: 'tax_debit',
  accountId: 'account',
  accountCode: 'account',
  reason: 'late_reason',
};

const WORDS: Readonly<Record<string, string>> = {
  EMAIL_TAKEN: 'a member has this address already',
  UNKNOWN_CLASS: 'the cooperative has no such class',
  MEMBER_NOT_FOUND: 'no member has this address',
  MEMBER_NOT_ACTIVE: 'this member may not contribute now',
  FUTURE_DATE: 'the day is not over yet',
  PERIOD_NOT_FOUND: 'no period of the books contains this day',
  PERIOD_NOT_OPEN: 'the period of this day is not open, or there is none',
  LATE_NEEDS_OVERRIDE: 'the grace of its period is over',
  NO_VALUATION_RULE: 'no rate was in force for this on that day',
  VALUE_REQUIRED: 'needs its fair market value',
  COST_BASIS_REQUIRED: 'needs what it cost its giver',
  UNKNOWN_ACCOUNT: 'the chart has no such account',
  ACCOUNT_NOT_A_LEAF: 'is a group; only accounts without others below them take entries',
  ACCOUNT_INACTIVE: 'is no longer active',
  CAPITAL_DEFICIT: 'a member’s capital would fall below its floor',
  FORBIDDEN: 'importing needs a treasurer or administrator',
};

const spell = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** "the grace of its period is over: graceEndedOn 2026-10-07". */
function messageOf({ code, field: _field, path: _path, more: _more, ...facts }: Refusal): string {
  const words = WORDS[code] ?? code.toLowerCase().replaceAll('_', ' ');
  const told = Object.entries(facts).map(([name, value]) => `${name} ${spell(value)}`);
  return told.length === 0 ? words : `${words}: ${told.join(', ')}`;
}

/** The column a field or a path such as `entries[1].accountCode` stands for. */
function columnOf({ field, path }: Refusal): string | null {
  const name = field ?? path?.split('.').at(-1) ?? null;
  return name === null ? null : (COLUMN_OF[name] ?? name);
}

/** A refusal as a fault at this line; the refusals of the contexts differ in their facts, not in this shape. */
export function faultOf(line: number | null, refusal: Refusal): Fault {
  return { line, column: columnOf(refusal), code: refusal.code, message: messageOf(refusal) };
}

/** Place of the entry a path names: `entries[2].bookMinor` is 2; null when it names none. */
export function entryPlace(refusal: Refusal): number | null {
  const found = /entries\[(\d+)\]/.exec(refusal.path ?? '');
  return found?.[1] === undefined ? null : Number(found[1]);
}
