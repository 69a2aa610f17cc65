// Reads a CSV file (RFC 4180, with or without a byte order mark, comma or semicolon) into rows that know their line.
// What is malformed is told with its line; nothing is guessed.
import { CsvError, parse } from 'csv-parse/sync';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { Fault } from './fault.ts';

export interface SheetRow {
  /** Line of the file the row begins on; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
}

const MOST_ROWS = 200_000;
const LONGEST_RECORD = 100_000;

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Spreadsheets of many countries write semicolons; the header says which. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/**
 * Splits a file into its header and rows; empty lines are passed over. Faults: NOT_TEXT, MALFORMED_CSV (an unclosed
 * quote and the like), EMPTY_FILE, TOO_MANY_ROWS.
 */
export function readSheet(text: string): Result<Sheet, Fault> {
  const whole = (code: string, message: string) => refuse<Fault>({ line: null, column: null, code, message });
  if (text.includes('\u0000') || text.includes('\uFFFD')) {
    return whole('NOT_TEXT', 'the file is not UTF-8 text; save it as "CSV UTF-8"');
  }
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      bom: true,
      info: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: LONGEST_RECORD,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : null;
    return refuse({ line, column: null, code: 'MALFORMED_CSV', message: error.message });
  }
  const [header, ...rest] = parsed;
  if (header === undefined) return whole('EMPTY_FILE', 'the file is empty; it begins with a header line');
  if (rest.length > MOST_ROWS) {
    return whole(
      'TOO_MANY_ROWS',
      `the file has ${rest.length} rows; at most ${MOST_ROWS} are imported at once`,
    );
  }
  const rows = rest.map(({ record, info }) => ({ line: info.lines - newlinesIn(record), cells: record }));
  return accept({ header: header.record, rows: rows.filter((row) => row.cells.some((cell) => cell !== '')) });
}
