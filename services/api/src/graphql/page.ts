// Keyset pages: a list is read in order from behind a cursor, so that it neither skips nor repeats while it grows.
import { isId, isLocalDate } from '@habitat/kernel';
import { invalidInput } from './error.ts';
import type { ArgBuilder } from '@pothos/core';
import type { Types } from './builder.ts';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 200;

/** Arguments of every connection; spread them into the field's own. */
export function pageArgs(arg: ArgBuilder<Types>) {
  return {
    first: arg.int({ description: 'How many at most, from 1 to 200; 50 when left out.' }),
    after: arg.string({ description: 'Cursor of the edge after which the page begins.' }),
  };
}

/** What a package's query gets: read `limit` rows after the key of the last row seen. */
export interface PageRequest {
  readonly limit: number;
  /** Ordering key of the last row of the page before, as text; null for the first page. */
  readonly after: readonly string[] | null;
}

/** A page as connection types want it. */
export interface Page<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
const LONGEST_WORDS = 400;

/** What a part of an ordering key may be: a cursor comes back from outside, and none may be a fault to the database. */
const FORMS = {
  id: isId,
  day: isLocalDate,
  whole: (part: string) => /^\d{1,9}$/.test(part),
  instant: (part: string) => INSTANT.test(part) && !Number.isNaN(Date.parse(part)),
  words: (part: string) => part.length <= LONGEST_WORDS && !part.includes('\0') && !/\p{Cs}/u.test(part),
} as const;
export type KeyForm = keyof typeof FORMS;

/** The opaque cursor of an ordering key. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The ordering key in a cursor, or VALIDATION_ERROR at `after`. */
export function decodeCursor(cursor: string, parts: readonly KeyForm[]): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isOurs = (part: unknown, place: number): part is string => {
      const form = parts[place];
      return typeof part === 'string' && form !== undefined && FORMS[form](part);
    };
    if (Array.isArray(key) && key.length === parts.length && key.every(isOurs)) return key;
  } catch {
    // Not JSON: the same refusal as any other damaged cursor.
  }
  throw invalidInput(
    [{ path: ['after'], message: 'this cursor does not belong to this list' }],
    'BAD_CURSOR',
  );
}

/**
 * Reads one page. `keyOf` gives a row's ordering key (as text, always the same parts); `load` reads rows
 * behind a key. One row more than asked for is read, to know whether there is more.
 */
export async function readPage<Row>(
  args: { first?: number | null | undefined; after?: string | null | undefined },
  keyOf: { readonly parts: readonly KeyForm[]; of(row: Row): readonly string[] },
  load: (request: PageRequest) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const first = args.first ?? DEFAULT_PAGE_SIZE;
  if (first < 1 || first > LARGEST_PAGE_SIZE) {
    throw invalidInput(
      [{ path: ['first'], message: `a page has from 1 to ${LARGEST_PAGE_SIZE} entries` }],
      'BAD_PAGE_SIZE',
    );
  }
  const after = args.after == null ? null : decodeCursor(args.after, keyOf.parts);
  const rows = await load({ limit: first + 1, after });
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(keyOf.of(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
