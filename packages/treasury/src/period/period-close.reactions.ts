// Treasury's part in a period's close, asked for by agreements step by step: no more contributions, final books with
// their income statement, snapshot and close. Asked again, it answers again and does nothing twice.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import {
  capitalStatementPrepared,
  contributionsCutOff,
  incomeStatementPrepared,
  incomeStatementRequested,
  newEvent,
  periodCloseAbandoned,
  periodCloseFinalised,
  periodClosed,
  periodClosing,
  readPayload,
} from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { addDays } from '@habitat/kernel';
import { needCooperative, todayOf } from '../cooperative/cooperative.store.ts';
import { selectCapitalStatements } from '../capital-account/capital-account.store.ts';
import { CODE } from '../account/template.ts';
import { incomeStatement } from '../report/report.ts';
import { selectIncome } from '../report/report.store.ts';
import { ensurePeriodsIn, periodFacts, reopenPeriodIn } from './period.commands.ts';
import type { Period } from './period.ts';
import { loadPeriods, lockPeriodRow } from './period.store.ts';

const MEMBERS_PER_EVENT = 500;

async function needPeriod(tx: Transaction, periodId: string): Promise<Period> {
  const period = await lockPeriodRow(tx, periodId);
  if (period === null) throw new Error(`period ${periodId} is unknown to treasury`);
  return period;
}

async function cutOff(tx: Transaction, event: Envelope): Promise<void> {
  const { periodId } = readPayload(contributionsCutOff, event);
  const period = await needPeriod(tx, periodId);
  if (period.status === 'open') {
    // Snapshots build on each other, so periods close in their order.
    const earlier = (await loadPeriods(tx)).find(
      (each) => each.endsOn < period.startsOn && each.closedAt === null,
    );
    if (earlier !== undefined)
      throw new Error(`${period.name} cannot close before ${earlier.name}, which is ${earlier.status}`);
    await tx.query(`update treasury.period set status = 'closing' where cooperative_id = $1 and id = $2`, [
      tx.cooperativeId,
      periodId,
    ]);
  } else if (period.status !== 'closing') return;
  tx.append(newEvent(periodClosing, periodId, periodFacts({ ...period, status: 'closing' })));
}

async function prepareIncomeStatement(tx: Transaction, event: Envelope): Promise<void> {
  const { closeId, periodId } = readPayload(incomeStatementRequested, event);
  const period = await needPeriod(tx, periodId);
  if (period.status === 'closing' && period.booksFinalAt === null) {
    // Under the lock that posts share, so that nothing slips in between the flag and the sums.
    await tx.query('select pg_advisory_xact_lock(treasury.period_lock($1))', [periodId]);
    await tx.query('update treasury.period set books_final_at = $3 where cooperative_id = $1 and id = $2', [
      tx.cooperativeId,
      periodId,
      tx.now,
    ]);
  } else if (period.status === 'open') {
    throw new Error(`${period.name} is open: its contributions were not cut off`);
  }
  const span = { from: period.startsOn, to: period.endsOn, asKnownAt: null };
  const statement = incomeStatement(await selectIncome(tx, tx.cooperativeId, span));
  const linesOf = (type: 'revenue' | 'expense') =>
    statement[type].lines.map(({ code, name, bookMinor, taxMinor }) => ({
      accountCode: code,
      accountName: name,
      type,
      bookMinor,
      taxMinor,
    }));
  tx.append(
    newEvent(incomeStatementPrepared, closeId, {
      closeId,
      periodId,
      revenue: statement.revenue.total,
      expense: statement.expense.total,
      netIncome: statement.netIncome,
      lines: [...linesOf('revenue'), ...linesOf('expense')],
    }),
  );
}

/** What must be zero at the end of a period: revenue, expense and current-year net income. */
async function unclosedAccounts(tx: Transaction, day: string): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select a.code from treasury.balances_at($2) b
     join treasury.account a on a.cooperative_id = $1 and a.id = b.account_id
     where (a.type in ('revenue', 'expense') or a.code = $3) and (b.book_minor <> 0 or b.tax_minor <> 0) order by a.code`,
    [tx.cooperativeId, day, CODE.currentNetIncome],
  );
  return rows.map(({ code }) => code);
}

async function tellCapital(tx: Transaction, closeId: string, period: Period): Promise<void> {
  const statements = await selectCapitalStatements(tx, tx.cooperativeId, {
    from: period.startsOn,
    to: period.endsOn,
  });
  for (let start = 0; start < Math.max(statements.length, 1); start += MEMBERS_PER_EVENT) {
    const members = statements.slice(start, start + MEMBERS_PER_EVENT);
    tx.append(
      newEvent(capitalStatementPrepared, closeId, {
        closeId,
        periodId: period.id,
        members: members.map(({ memberId, opening, changes, closing }) => ({
          memberId,
          opening,
          changes: [...changes],
          closing,
        })),
      }),
    );
  }
}

async function finalise(tx: Transaction, event: Envelope): Promise<void> {
  const { closeId, periodId } = readPayload(periodCloseFinalised, event);
  const period = await needPeriod(tx, periodId);
  if (period.status === 'open') throw new Error(`${period.name} is open: it cannot be closed now`);
  if (period.status === 'closing') {
    const unclosed = await unclosedAccounts(tx, period.endsOn);
    if (unclosed.length > 0)
      throw new Error(`${period.name} cannot close: ${unclosed.join(', ')} not at zero`);
    // Closed first: from here on no posting can be dated in it, and the snapshot below sees every one there is.
    await tx.query(
      `update treasury.period set status = 'closed', closed_at = $3 where cooperative_id = $1 and id = $2`,
      [tx.cooperativeId, periodId, tx.now],
    );
    await tx.query(
      `insert into treasury.balance_snapshot (cooperative_id, period_id, account_id, book_minor, tax_minor)
       select $1, $2, b.account_id, b.book_minor, b.tax_minor from treasury.balances_before_snapshot($2) b
       where b.book_minor <> 0 or b.tax_minor <> 0`,
      [tx.cooperativeId, periodId],
    );
  }
  await tellCapital(tx, closeId, period);
  const status = period.status === 'locked' ? 'locked' : 'closed';
  tx.append(newEvent(periodClosed, periodId, periodFacts({ ...period, status })));
  const cooperative = await needCooperative(tx, tx.cooperativeId);
  const next = addDays(period.endsOn as LocalDate, 1);
  const today = todayOf(cooperative, tx.now);
  await ensurePeriodsIn(tx, today > next ? today : next);
}

async function abandon(tx: Transaction, event: Envelope): Promise<void> {
  const { periodId } = readPayload(periodCloseAbandoned, event);
  const period = await needPeriod(tx, periodId);
  if (period.status === 'closing') await reopenPeriodIn(tx, periodId);
}

/** Handles agreements.period_close.cut_off, .income_statement_requested, .finalised and .abandoned. */
export async function advanceClose(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) {
    const caused = tx.causedBy(event);
    if (event.type === contributionsCutOff.type) await cutOff(caused, event);
    else if (event.type === incomeStatementRequested.type) await prepareIncomeStatement(caused, event);
    else if (event.type === periodCloseFinalised.type) await finalise(caused, event);
    else await abandon(caused, event);
  }
}
