// The tables of the operators' page as files.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../lib/api/request.ts';
import type { CsvRow } from '../../lib/csv.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { made, refused } from '../../lib/csv-table.ts';
import type { Operations } from './operation.documents.ts';
import { operationsDocument } from './operation.documents.ts';

type Words = Awaited<ReturnType<typeof getTranslations<'operations.columns'>>>;
type ColumnName = 'handler' | 'pending' | 'seconds' | 'job' | 'outcome' | 'at' | 'event' | 'tries' | 'tried';

const tableOf =
  (
    name: string,
    columns: readonly ColumnName[],
    rowsOf: (operations: Operations) => readonly CsvRow[],
  ): CsvReport =>
  async () => {
    const t: Words = await getTranslations('operations.columns');
    const answer = await ask(operationsDocument, {});
    if (!answer.ok) return refused(answer);
    return made(
      [name],
      columns.map((column) => t(column)),
      rowsOf(answer.data.operations),
    );
  };

export const handlers = tableOf('handlers', ['handler', 'pending', 'seconds'], (operations) =>
  operations.handlers.map(({ handler, pendingEvents, lagSeconds }) => [handler, pendingEvents, lagSeconds]),
);

export const jobs = tableOf('jobs', ['job', 'outcome', 'at'], (operations) =>
  operations.schedules.map(({ name, outcome, finishedAt }) => [name, outcome, finishedAt]),
);

export const deadLetters = tableOf(
  'dead-letters',
  ['event', 'handler', 'tries', 'at', 'tried'],
  (operations) =>
    operations.deadLetters.map(({ eventType, handler, attempts, deadAt, redrivenAt }) => [
      eventType,
      handler,
      attempts,
      deadAt,
      redrivenAt,
    ]),
);
