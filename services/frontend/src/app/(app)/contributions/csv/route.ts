// One's own contributions as a file: the whole list as it is narrowed on the page, read two hundred at a time.
import { getTranslations } from 'next-intl/server';
import type { NextRequest } from 'next/server';
import { NextResponse } from 'next/server';
import type { ContributionCard } from '../../../../features/contribution/contribution.documents.ts';
import { contributionListDocument } from '../../../../features/contribution/contribution.documents.ts';
import { isKind } from '../../../../features/contribution/kind.ts';
import type { ListQuery } from '../../../../features/contribution-list/list-query.ts';
import { readListQuery, variablesOf } from '../../../../features/contribution-list/list-query.ts';
import { ownMemberId } from '../../../../features/session/own-member.ts';
import { ask } from '../../../../lib/api/request.ts';
import type { CsvRow } from '../../../../lib/csv.ts';
import { csvResponse } from '../../../../lib/csv.ts';

const pageSize = 200;

export async function GET(request: NextRequest) {
  const query = { ...readListQuery(Object.fromEntries(request.nextUrl.searchParams)), after: null };
  const memberId = await ownMemberId();
  const first = await page(query, memberId);
  if (!first.ok) {
    const [fault] = first.faults;
    const status = fault.kind === 'signed-out' ? 401 : fault.kind === 'forbidden' ? 403 : 503;
    return NextResponse.json({ correlationId: fault.correlationId }, { status });
  }
  const t = await getTranslations('contributions');
  const kinds = await getTranslations('kind');
  const rowOf = (one: ContributionCard): CsvRow => [
    one.number,
    one.workedOn,
    isKind(one.kind) ? kinds(one.kind) : one.kind,
    one.category,
    one.description,
    { exact: one.quantity },
    one.unit,
    one.status.toLowerCase(),
    one.value === null ? null : { exact: one.value },
  ];
  async function* batches() {
    let answer = first;
    for (;;) {
      // Half a file must not look whole: the download breaks off.
      if (!answer.ok) throw new Error('the list could not be read to its end');
      const { edges, pageInfo } = answer.data.contributions;
      yield edges.map(({ node }) => rowOf(node));
      if (!pageInfo.hasNextPage) return;
      answer = await page({ ...query, after: pageInfo.endCursor }, memberId);
    }
  }
  return csvResponse({
    name: ['contributions', query.from ?? '', query.to ?? ''],
    header: (
      ['number', 'day', 'kind', 'category', 'what', 'quantity', 'unit', 'state', 'value'] as const
    ).map((column) => t(`columns.${column}`)),
    batches: batches(),
  });
}

const page = (query: ListQuery, memberId: string | null) =>
  ask(contributionListDocument, { ...variablesOf(query), memberId, first: pageSize });
