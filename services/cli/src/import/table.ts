// Reads a sheet by the columns a kind of import declares: header first, then every cell of every row, so that all
// faults of a file come out in one go.
import type { Column } from './column.ts';
import type { Fault } from './fault.ts';
import { readSheet } from './sheet.ts';

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The values of one row by column name; only rows without a fault are handed on. */
export type Row<Shape extends Columns> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Column<infer Value> ? Value : never;
} & { readonly line: number };

export interface Table<Shape extends Columns> {
  readonly rows: readonly Row<Shape>[];
  readonly faults: readonly Fault[];
}

const spelled = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

function headerFaults(header: readonly string[], columns: Columns): Fault[] {
  const names = header.map(spelled);
  const known = Object.keys(columns);
  const fault = (code: string, column: string, message: string): Fault => ({
    line: 1,
    column,
    code,
    message,
  });
  return [
    ...names.flatMap((name, at) =>
      known.includes(name)
        ? names.indexOf(name) === at
          ? []
          : [fault('DUPLICATE_COLUMN', name, 'the header names this column twice')]
        : [
            fault(
              'UNKNOWN_COLUMN',
              header[at] ?? '',
              `not a column of this file; known are ${known.join(', ')}`,
            ),
          ],
    ),
    ...known
      .filter((name) => columns[name]?.required && !names.includes(name))
      .map((name) => fault('MISSING_COLUMN', name, 'the header must name this column')),
  ];
}

function readCell(
  column: Column<unknown>,
  name: string,
  textOfCell: string,
  line: number,
  faults: Fault[],
): unknown {
  const tell = (code: string, message: string): undefined => {
    faults.push({ line, column: name, code, message });
  };
  if (textOfCell === '') {
    return column.required ? tell('REQUIRED', 'must not be empty') : column.empty;
  }
  return column.read({ text: textOfCell, refuse: tell });
}

/**
 * Reads a file by its columns. With a wrong header nothing below is looked at. Faults of the sheet itself, then
 * UNKNOWN_COLUMN, DUPLICATE_COLUMN, MISSING_COLUMN; per row TOO_MANY_CELLS, REQUIRED and the readers' own; NO_ROWS.
 */
export function readTable<Shape extends Columns>(text: string, columns: Shape): Table<Shape> {
  const sheet = readSheet(text);
  if (!sheet.ok) return { rows: [], faults: [sheet.refusal] };
  const wrongHeader = headerFaults(sheet.value.header, columns);
  if (wrongHeader.length > 0) return { rows: [], faults: wrongHeader };
  const names = sheet.value.header.map(spelled);
  const faults: Fault[] = [];
  const rows: Row<Shape>[] = [];
  for (const { line, cells } of sheet.value.rows) {
    const before = faults.length;
    if (cells.length > names.length) {
      faults.push({
        line,
        column: null,
        code: 'TOO_MANY_CELLS',
        message: `has ${cells.length} cells; the header names ${names.length}`,
      });
    }
    const values = Object.entries(columns).map(([name, column]) => {
      const at = names.indexOf(name);
      return [name, readCell(column, name, at < 0 ? '' : (cells[at] ?? ''), line, faults)];
    });
    if (faults.length === before) rows.push({ ...Object.fromEntries(values), line } as Row<Shape>);
  }
  if (sheet.value.rows.length === 0) {
    faults.push({
      line: null,
      column: null,
      code: 'NO_ROWS',
      message: 'the file has a header and nothing below it',
    });
  }
  return { rows, faults };
}
