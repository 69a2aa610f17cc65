// A table as a file a spreadsheet opens: UTF-8 with its mark, lines and quotes as RFC 4180 has them. Text never becomes a
// formula there, and an amount stays a number.
import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { spreadsheetText } from '@habitat/kernel';
import { stringify } from 'csv-stringify/sync';

/** Text as people typed it, an exact number as the API sends it, or nothing. */
export type CsvCell = string | number | null | { readonly exact: string };
export type CsvRow = readonly CsvCell[];

export type CsvTable = {
  /** What the file is named after: cooperative, report, day. */
  name: readonly string[];
  header: readonly string[];
  /** Rows in batches, so that a long list is sent while it is read. */
  batches: AsyncIterable<readonly CsvRow[]> | Iterable<readonly CsvRow[]>;
  /** The same figures as the API tells them, for a program rather than a spreadsheet. */
  data?: object;
};

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return spreadsheetText(cell);
  if (!/^-?\d+(\.\d+)?$/.test(cell.exact)) throw new Error(`"${cell.exact}" is not an exact number`);
  return cell.exact;
}

/** Some rows as lines of a file, without the mark at its beginning. */
export function csvLines(rows: readonly CsvRow[]): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}

/** "riverbend-trial-balance-2026-09-30.csv": only what every file system takes. */
export function fileName(parts: readonly string[], ending: 'csv' | 'json'): string {
  const plain = parts.map((part) =>
    part
      .normalize('NFKD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, ''),
  );
  return `${plain.filter(Boolean).join('-')}.${ending}`;
}

async function* linesOf({ header, batches }: CsvTable): AsyncGenerator<string> {
  yield `\ufeff${csvLines([header])}`;
  for await (const rows of batches) if (rows.length > 0) yield csvLines(rows);
}

/** The table as a download. A fault while it is read breaks the download off: half a file must not look whole. */
export function csvResponse(table: CsvTable): Response {
  const lines = linesOf(table);
  // Later batches are asked for as this same person, whoever pulls them.
  const inThisRequest = AsyncLocalStorage.snapshot();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await inThisRequest(() => lines.next());
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: headersOf(table, 'csv'),
  });
}

/** The figures behind the table as a download; amounts stay text, so that no reader rounds them. */
export function jsonResponse(table: CsvTable): Response {
  return new Response(`${JSON.stringify(table.data ?? null, null, 2)}\n`, {
    headers: headersOf(table, 'json'),
  });
}

const headersOf = ({ name }: CsvTable, ending: 'csv' | 'json') => ({
  'content-type': ending === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/json',
  'content-disposition': `attachment; filename="${fileName(name, ending)}"`,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});
