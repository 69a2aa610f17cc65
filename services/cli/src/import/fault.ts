// A fault of an imported file, named by the line and column where a person finds it in a spreadsheet. A file with one
// fault is not imported at all, and every fault is told at once.

export interface Fault {
  /** Line of the file, the header being line 1; null when the fault is the file's. */
  readonly line: number | null;
  /** Name of the column; null when the whole row or file is meant. */
  readonly column: string | null;
  /** Stable code for programs: NOT_A_NUMBER, TOO_MANY_DECIMALS, DUPLICATE_EMAIL … */
  readonly code: string;
  /** The same for people, one sentence. */
  readonly message: string;
}

/** Order in which faults are told: by line, then as they were found. */
export function sortFaults(faults: readonly Fault[]): Fault[] {
  return [...faults].sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

/** "line 7, column joined_on: 2026-02-30 is not a day of the calendar (NOT_A_DATE)". */
export function describeFault(fault: Fault): string {
  const where = [
    ...(fault.line === null ? [] : [`line ${fault.line}`]),
    ...(fault.column === null ? [] : [`column ${fault.column}`]),
  ].join(', ');
  return `${where === '' ? 'file' : where}: ${fault.message} (${fault.code})`;
}
