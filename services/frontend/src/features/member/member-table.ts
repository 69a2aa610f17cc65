// The directory as a file: everybody the filter of the page names, page by page.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../lib/api/request.ts';
import type { CsvRow } from '../../lib/csv.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { pagesOf, refused } from '../../lib/csv-table.ts';
import type { MemberRow } from './member.documents.ts';
import { membersDocument } from './member.documents.ts';
import { variablesOf } from './member-filter.tsx';

export const memberTable: CsvReport = async (search) => {
  const t = await getTranslations('members');
  const variables = variablesOf(search);
  const first = await ask(membersDocument, { ...variables, after: null });
  if (!first.ok) return refused(first);
  const rowOf = (one: MemberRow): CsvRow => [
    one.number,
    one.displayName,
    one.email,
    one.className,
    one.roles.map(({ role }) => role).join(', '),
    one.joinedOn,
    one.status ? t(`status.${one.status}`) : null,
  ];
  const columns = ['number', 'name', 'email', 'class', 'roles', 'joined', 'status'] as const;
  return {
    ok: true,
    table: {
      name: ['members'],
      header: columns.map((column) => t(`columns.${column}`)),
      batches: pagesOf({
        first,
        listOf: ({ members }) => members,
        after: (after) => ask(membersDocument, { ...variables, after }),
        rowsOf: (one) => [rowOf(one)],
      }),
    },
  };
};
