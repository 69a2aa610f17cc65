// One file of what a member takes away: text made here, or bytes that are read when their turn comes.
import type { Readable } from 'node:stream';
import { spreadsheetText } from '@habitat/kernel';
import { stringify } from 'csv-stringify/sync';

export type Part =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly open: () => Promise<Readable | null> };

/** An amount or a count is handed over as it is; text must not become a formula. */
export type Cell = string | number | bigint | boolean | Date | null | { readonly exact: string };

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return spreadsheetText(cell);
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'object' ? cell.exact : String(cell);
}

/** Rows as a file that spreadsheets open: UTF-8 with its mark, RFC 4180. */
export function csvPart(name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): Part {
  const lines = [header, ...rows.map((row) => row.map(cellText))];
  return { name, text: `\ufeff${stringify(lines as string[][], { record_delimiter: 'windows' })}` };
}

/** The same facts for a program (GDPR art. 20: structured, commonly used, machine-readable). */
export function jsonPart(name: string, value: unknown): Part {
  const text = JSON.stringify(
    value,
    (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one),
    2,
  );
  return { name, text: `${text}\n` };
}
