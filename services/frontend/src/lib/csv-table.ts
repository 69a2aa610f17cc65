// What a route answers with when a table is asked for as a file: the file, or the fault under its own status. It is asked
// for as its page is, so that nobody takes away what they may not read.
import 'server-only';
import { NextResponse } from 'next/server';
import type { NextRequest } from 'next/server';
import type { Answer, Fault, FaultKind } from './api/fault.ts';
import type { CsvCell, CsvRow, CsvTable } from './csv.ts';
import { takingAs } from './api/taken-as.ts';
import { csvResponse, jsonResponse } from './csv.ts';

export type CsvAnswer = { ok: true; table: CsvTable } | { ok: false; fault: Fault };
/** A table for the address it is asked by: its filters are the page's. */
export type CsvReport = (search: Record<string, string | undefined>) => Promise<CsvAnswer>;

export const exact = (value: string | null): CsvCell => (value === null ? null : { exact: value });

export const refused = (answer: Extract<Answer<unknown>, { ok: false }>): CsvAnswer => ({
  ok: false,
  fault: answer.faults[0],
});

export const made = (
  name: readonly string[],
  header: readonly string[],
  rows: readonly CsvRow[],
  data?: object,
): CsvAnswer => ({
  ok: true,
  table: { name, header, batches: [rows], ...(data ? { data } : {}) },
});

type Connection<Node> = {
  edges: readonly { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};
type Pages<Data, Node> = {
  first: Extract<Answer<Data>, { ok: true }>;
  listOf: (data: Data) => Connection<Node>;
  after: (cursor: string) => Promise<Answer<Data>>;
  rowsOf: (node: Node) => readonly CsvRow[];
};

/** A long list page by page, while the file is sent. Half a file must not look whole: a fault breaks it off. */
export async function* pagesOf<Data, Node>({ first, listOf, after, rowsOf }: Pages<Data, Node>) {
  let page: Answer<Data> = first;
  for (;;) {
    if (!page.ok) throw new Error(`the list could not be read on: ${page.faults[0].reason}`);
    const { edges, pageInfo } = listOf(page.data);
    yield edges.flatMap(({ node }) => rowsOf(node));
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return;
    page = await after(pageInfo.endCursor);
  }
}

const statusOf: Record<FaultKind, number> = {
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  refused: 400,
  'too-many': 429,
  internal: 500,
  unreachable: 503,
};

/** The route of one table; with `as=json` what is behind it, where there is such a thing. */
export const csvRoute = (report: CsvReport) => async (request: NextRequest) => {
  const { as, ...search } = Object.fromEntries(request.nextUrl.searchParams);
  return takingAs(as === 'json' ? 'json' : 'csv', async () => {
    const answer = await report(search);
    if (answer.ok)
      return as === 'json' && answer.table.data ? jsonResponse(answer.table) : csvResponse(answer.table);
    const { kind, message, reason, correlationId } = answer.fault;
    return NextResponse.json({ reason, message, correlationId }, { status: statusOf[kind] });
  });
};

/** The route of several, by the last part of its address. */
export const csvRoutes =
  (reports: Readonly<Record<string, CsvReport>>) =>
  async (request: NextRequest, { params }: { params: Promise<{ report: string }> }) => {
    const { report } = await params;
    const known = Object.hasOwn(reports, report) ? reports[report] : undefined;
    return known ? csvRoute(known)(request) : new NextResponse(null, { status: 404 });
  };
