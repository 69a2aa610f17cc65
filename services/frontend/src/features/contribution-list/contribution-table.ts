// A member's contributions as a file: the whole list as it is narrowed on the page, read two hundred at a time.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../lib/api/request.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { exact, pagesOf, refused } from '../../lib/csv-table.ts';
import { contributionListDocument } from '../contribution/contribution.documents.ts';
import { isKind } from '../contribution/kind.ts';
import { ownMemberId } from '../session/own-member.ts';
import { readListQuery, variablesOf } from './list-query.ts';

const pageSize = 200;
const columns = ['number', 'day', 'kind', 'category', 'what', 'quantity', 'unit', 'state', 'value'] as const;

export const contributionTable: CsvReport = async (search) => {
  const query = { ...readListQuery(search), after: null };
  const memberId = query.member ?? (await ownMemberId());
  const variables = { memberId, of: memberId ?? '', other: false, first: pageSize };
  const first = await ask(contributionListDocument, { ...variablesOf(query), ...variables });
  if (!first.ok) return refused(first);
  const t = await getTranslations('contributions');
  const kinds = await getTranslations('kind');
  return {
    ok: true,
    table: {
      name: ['contributions', query.from ?? '', query.to ?? ''],
      header: columns.map((column) => t(`columns.${column}`)),
      batches: pagesOf({
        first,
        listOf: (data) => data.contributions,
        after: (after) =>
          ask(contributionListDocument, { ...variablesOf({ ...query, after }), ...variables }),
        rowsOf: (one) => [
          [
            one.number,
            one.workedOn,
            isKind(one.kind) ? kinds(one.kind) : one.kind,
            one.category,
            one.description,
            exact(one.quantity),
            one.unit,
            one.status.toLowerCase(),
            exact(one.value),
          ],
        ],
      }),
    },
  };
};
