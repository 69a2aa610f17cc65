// The audit trail as a file: every entry the filter of the page names, in words and by its codes.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../lib/api/request.ts';
import type { CsvRow } from '../../lib/csv.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { pagesOf, refused } from '../../lib/csv-table.ts';
import { trailWords } from '../../lib/language/use-trail-words.ts';
import { actorText } from './actor-text.ts';
import type { AuditEntry } from './audit.documents.ts';
import { auditEntriesDocument } from './audit.documents.ts';
import { auditFilter } from './audit-search.ts';

const AT_ONCE = 100;

export const trail: CsvReport = async (search) => {
  const filter = auditFilter(search);
  const first = await ask(auditEntriesDocument, { ...filter, first: AT_ONCE, after: null });
  if (!first.ok) return refused(first);
  const t = await getTranslations('audit');
  const words = trailWords(await getTranslations('trail'));
  const rowOf = (entry: AuditEntry): CsvRow => [
    entry.sequence,
    entry.recordedAt,
    actorText(t, entry),
    entry.command === null ? null : words.command(entry.command),
    entry.command,
    words.event(entry.type, entry.command),
    entry.type,
    entry.subjectType,
    entry.subjectId,
    entry.rules.join(', '),
    entry.sessionId,
    entry.correlationId,
    entry.hash,
  ];
  const columns = [
    'entry',
    'when',
    'actor',
    'command',
    'commandCode',
    'what',
    'eventCode',
    'kindOfSubject',
    'subject',
    'judgedBy',
    'session',
    'request',
    'hash',
  ] as const;
  return {
    ok: true,
    table: {
      name: ['audit-trail', first.data.cooperative.today],
      header: columns.map((column) => t(column)),
      batches: pagesOf({
        first,
        listOf: ({ auditTrail }) => auditTrail,
        after: (after) => ask(auditEntriesDocument, { ...filter, first: AT_ONCE, after }),
        rowsOf: (entry) => [rowOf(entry)],
      }),
    },
  };
};
