// Opening periods. The next one opens when its first day comes, by the worker's schedule, by the close of the one
// before, or by hand.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand, runTransaction } from '@habitat/database';
import { newEvent, periodOpened, periodReopened } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, addDays, may, newId, refuse } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import { findCooperative, needCooperative, todayOf } from '../cooperative/cooperative.store.ts';
import type { CalendarPeriod, Period } from './period.ts';
import { calendarPeriod, calendarPeriods } from './period.ts';
import { loadPeriods, lockPeriodRow } from './period.store.ts';

/** The facts of a period as its events tell them. */
export function periodFacts(period: Pick<Period, 'id' | 'name' | 'startsOn' | 'endsOn' | 'status'>) {
  return {
    periodId: period.id,
    name: period.name,
    startsOn: period.startsOn,
    endsOn: period.endsOn,
    status: period.status,
  };
}

/** Opens calendar periods that are not there yet and tells of each one; returns the ids of those opened now. */
export async function openPeriodsIn(tx: Transaction, periods: readonly CalendarPeriod[]): Promise<string[]> {
  const opened: string[] = [];
  for (const period of periods) {
    const id = newId();
    const inserted = await tx.query(
      `insert into treasury.period (cooperative_id, id, name, starts_on, ends_on)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
      [tx.cooperativeId, id, period.name, period.startsOn, period.endsOn],
    );
    if (inserted.length === 0) continue;
    opened.push(id);
    tx.append(newEvent(periodOpened, id, periodFacts({ ...period, id, status: 'open' })));
  }
  return opened;
}

/** Opens every period still missing up to the one that contains `through`. */
export async function ensurePeriodsIn(tx: Transaction, through: LocalDate): Promise<string[]> {
  const cooperative = await needCooperative(tx, tx.cooperativeId);
  const last = (await loadPeriods(tx)).at(-1);
  if (last === undefined || last.endsOn >= through) return [];
  const next = addDays(last.endsOn as LocalDate, 1);
  return openPeriodsIn(
    tx,
    calendarPeriods(next, through, cooperative.periodLength, cooperative.fiscalStartMonth),
  );
}

/**
 * Opens the period that contains today in the cooperative's time zone (and any missing before it).
 * For a schedule: does nothing when it is there, or while treasury does not know the cooperative.
 */
export async function ensureCurrentPeriod(database: Database, context: CommandContext): Promise<string[]> {
  return runTransaction(database, 'treasury', context, async (tx) => {
    const cooperative = await findCooperative(tx, tx.cooperativeId);
    return cooperative === null ? [] : ensurePeriodsIn(tx, todayOf(cooperative, tx.now));
  });
}

export type OpenPeriodRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'UNKNOWN_COOPERATIVE' }
  | { readonly code: 'PERIOD_TOO_EARLY'; readonly startsOn: string }
  | IdempotencyConflict;

/**
 * Opens the period after the last one, at most one period ahead of today, so that budgets and early entries have
 * a place. Refuses FORBIDDEN, UNKNOWN_COOPERATIVE, PERIOD_TOO_EARLY.
 */
export async function openPeriod(
  database: Database,
  context: CommandContext,
): Promise<Result<{ periodId: string }, OpenPeriodRefusal>> {
  return runCommand<{ periodId: string }, OpenPeriodRefusal>(
    database,
    'treasury',
    context,
    { name: 'openPeriod', input: {} },
    async (tx) => {
      if (!may(tx.actor, 'period.open')) return refuse({ code: 'FORBIDDEN' });
      const cooperative = await findCooperative(tx, tx.cooperativeId);
      const last = (await loadPeriods(tx)).at(-1);
      if (cooperative === null || last === undefined) return refuse({ code: 'UNKNOWN_COOPERATIVE' });
      if (last.startsOn > todayOf(cooperative, tx.now))
        return refuse({ code: 'PERIOD_TOO_EARLY', startsOn: last.startsOn });
      const next = calendarPeriod(
        addDays(last.endsOn as LocalDate, 1),
        cooperative.periodLength,
        cooperative.fiscalStartMonth,
      );
      const [periodId] = await openPeriodsIn(tx, [next]);
      // Somebody opened it a moment ago: it is there, which is what was asked.
      if (periodId !== undefined) return accept({ periodId });
      const [existing] = await tx.query<{ id: string }>(
        'select id from treasury.period where cooperative_id = $1 and starts_on = $2',
        [tx.cooperativeId, next.startsOn],
      );
      return accept({ periodId: existing?.id ?? last.id });
    },
  );
}

/** Puts a closing or closed period back to open and tells so; the caller undoes what the close had posted. */
export async function reopenPeriodIn(tx: Transaction, periodId: string): Promise<Period> {
  const period = await lockPeriodRow(tx, periodId);
  if (period === null) throw new Error(`period ${periodId} is unknown to treasury`);
  await tx.query('delete from treasury.balance_snapshot where cooperative_id = $1 and period_id = $2', [
    tx.cooperativeId,
    periodId,
  ]);
  await tx.query(
    `update treasury.period set status = 'open', books_final_at = null, closed_at = null, reopened_at = $3
     where cooperative_id = $1 and id = $2`,
    [tx.cooperativeId, periodId, tx.now],
  );
  tx.append(newEvent(periodReopened, periodId, periodFacts({ ...period, status: 'open' })));
  return { ...period, status: 'open', booksFinalAt: null, closedAt: null };
}
