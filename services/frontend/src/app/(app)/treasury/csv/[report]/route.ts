// Any table of the treasury as a file, under the same rights and with the same filters as its page.
import { NextResponse } from 'next/server';
import type { NextRequest } from 'next/server';
import { journal, ledger } from '../../../../../features/treasury/csv/csv-lists.ts';
import type { CsvReport } from '../../../../../features/treasury/csv/csv-reports.ts';
import {
  accounts,
  balanceSheet,
  incomeStatement,
  memberCapital,
  membersCapital,
  trends,
  trialBalance,
} from '../../../../../features/treasury/csv/csv-reports.ts';
import type { FaultKind } from '../../../../../lib/api/fault.ts';
import { csvResponse } from '../../../../../lib/csv.ts';

const reports: Readonly<Record<string, CsvReport>> = {
  'trial-balance': trialBalance,
  'balance-sheet': balanceSheet,
  'income-statement': incomeStatement,
  'members-capital': membersCapital,
  'member-capital': memberCapital,
  accounts,
  ledger,
  journal,
  trends,
};

const statusOf: Record<FaultKind, number> = {
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  refused: 400,
  'too-many': 429,
  internal: 500,
  unreachable: 503,
};

export async function GET(request: NextRequest, { params }: { params: Promise<{ report: string }> }) {
  const { report } = await params;
  const make = Object.hasOwn(reports, report) ? reports[report] : undefined;
  if (!make) return new NextResponse(null, { status: 404 });
  const answer = await make(Object.fromEntries(request.nextUrl.searchParams));
  if (answer.ok) return csvResponse(answer.table);
  const { kind, message, reason, correlationId } = answer.fault;
  return NextResponse.json({ reason, message, correlationId }, { status: statusOf[kind] });
}
