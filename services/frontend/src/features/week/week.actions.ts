'use server';
// Logs a week in one act: every cell by itself, with a result for each, and once however often it is sent.
import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import type { RefusalWords } from '../../lib/api/action-state.ts';
import { text } from '../../lib/api/form.ts';
import type { ResultOf, VariablesOf } from '../../lib/api/graphql.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import type { WeekRow } from './week-grid.ts';
import { dayOf, filledCells, overfullDays, partsOf, rowsOf } from './week-grid.ts';
import { logWeekDocument } from './week.documents.ts';

export type CellResult = {
  row: number;
  day: number;
  hours: string;
  what: string;
  /** The contribution it became, or why it became none. */
  logged: { id: string; number: number; value: string | null } | null;
  refusal: string | null;
};

export type WeekState =
  | { status: 'idle' }
  | { status: 'signed-out' }
  | { status: 'failed'; code: string }
  /** `rows` is what is left to mend: cells that were logged are empty in it. */
  | {
      status: 'answered';
      said: string;
      results: readonly CellResult[];
      rows: readonly WeekRow[];
      nextKey: string;
    };

type Entry = VariablesOf<typeof logWeekDocument>['input']['entries'][number];
type Result = ResultOf<typeof logWeekDocument>['logContributions']['results'][number];

/** Sends the filled cells of the grid for approval. */
export async function logWeek(_: WeekState, form: FormData): Promise<WeekState> {
  const t = await getTranslations('week');
  const rows = rowsOf(form);
  const cells = filledCells(rows);
  const nextKey = crypto.randomUUID();
  const refused = (said: string, results: readonly CellResult[] = []): WeekState => ({
    status: 'answered',
    said,
    results,
    rows,
    nextKey,
  });
  if (cells.length === 0) return refused(t('nothing'));
  const overfull = overfullDays(rows);
  if (overfull.length > 0) {
    const told = cells.filter(({ day }) => overfull.includes(day));
    return refused(
      t('overfull'),
      told.map((cell) => ({ ...cell, logged: null, refusal: t('overfull') })),
    );
  }
  const monday = text(form, 'monday');
  const entries = cells.map((cell) => entryOf(cell, monday));
  const answer = await ask(logWeekDocument, {
    input: { entries, idempotencyKey: text(form, 'idempotencyKey') },
  });
  if (!answer.ok) {
    const [fault] = answer.faults;
    if (fault.kind === 'signed-out') return { status: 'signed-out' };
    if (fault.kind === 'internal' || fault.kind === 'unreachable')
      return { status: 'failed', code: fault.correlationId ?? '' };
    return refused((await refusalWords())(fault));
  }
  revalidatePath('/', 'layout');
  const words = await refusalWords();
  const results = answer.data.logContributions.results.flatMap((result, index) => {
    const cell = cells[index];
    return cell ? [resultOf(cell, result, words, t('overfull'))] : [];
  });
  const logged = results.filter((result) => result.logged !== null);
  const said = t('said', { logged: logged.length, not: results.length - logged.length });
  return { status: 'answered', said, results, rows: withoutLogged(rows, logged), nextKey };
}

function entryOf(cell: ReturnType<typeof filledCells>[number], monday: string): Entry {
  const { kind, category } = partsOf(cell.what);
  return {
    kind: kind as Entry['kind'],
    category: category || null,
    quantity: cell.hours,
    workedOn: dayOf(monday, cell.day),
    description: cell.description,
  };
}

function resultOf(
  cell: ReturnType<typeof filledCells>[number],
  { contribution, reason, message, facts }: Result,
  words: RefusalWords,
  overfull: string,
): CellResult {
  const refusal =
    reason === null
      ? null
      : // Elsewhere that refusal leads to this grid.
        reason === 'OVER_24_HOURS'
        ? overfull
        : words({
            kind: 'refused',
            reason,
            message: message ?? '',
            field: null,
            correlationId: null,
            facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
          });
  return { ...cell, logged: contribution, refusal };
}

function withoutLogged(rows: readonly WeekRow[], logged: readonly CellResult[]): WeekRow[] {
  return rows.map((row, at) => ({
    ...row,
    hours: row.hours.map((typed, day) =>
      logged.some((cell) => cell.row === at && cell.day === day) ? '' : typed,
    ),
  }));
}
