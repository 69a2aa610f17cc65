// The ledger's answers to a close, told as treasury publishes them, one by one, so that a test can stop between
// any two of them.
import type { Result } from '@habitat/kernel';
import {
  allocationCredited,
  capitalStatementPrepared,
  incomeStatementPrepared,
  periodClosed,
  periodClosing,
} from '@habitat/events';
import { newId } from '@habitat/kernel';
import { approveAllocation, proposeAllocation } from '../allocation/allocation.commands.ts';
import { beginPeriodClose, confirmCloseStep } from '../period-close/period-close.commands.ts';
import type { Story } from './story.ts';

/** The value of a result that must be accepted; the refusal's code in the message otherwise. */
export function must<T, R extends { readonly code: string }>(result: Result<T, R>): T {
  if (result.ok) return result.value;
  throw new Error(
    `refused: ${JSON.stringify(result.refusal, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one))}`,
  );
}

/** The code of a refusal, or "accepted". */
export function code(result: Result<unknown, { readonly code: string }>): string {
  return result.ok ? 'accepted' : result.refusal.code;
}

export async function tellClosing(story: Story): Promise<void> {
  await story.tell(periodClosing, story.period.periodId, { ...story.period, status: 'closing' });
}

export async function tellIncome(
  story: Story,
  closeId: string,
  bookMinor: bigint,
  taxMinor = bookMinor,
): Promise<void> {
  const netIncome = { bookMinor, taxMinor };
  const revenue = { bookMinor: bookMinor + 100n, taxMinor: taxMinor + 100n };
  await story.tell(incomeStatementPrepared, closeId, {
    closeId,
    periodId: story.period.periodId,
    revenue,
    expense: { bookMinor: 100n, taxMinor: 100n },
    netIncome,
    lines: [],
  });
}

export async function tellCredited(story: Story, closeId: string, allocationId: string): Promise<void> {
  const { periodId } = story.period;
  await story.tell(allocationCredited, allocationId, {
    allocationId,
    closeId,
    periodId,
    transactionIds: [newId()],
  });
}

/** Capital statements for these members: nothing at opening, the share as the only change. */
export async function tellCapital(
  story: Story,
  closeId: string,
  shares: ReadonlyMap<string, bigint>,
): Promise<void> {
  await story.tell(capitalStatementPrepared, closeId, {
    closeId,
    periodId: story.period.periodId,
    members: [...shares].map(([memberId, share]) => ({
      memberId,
      opening: { bookMinor: 0n, taxMinor: 0n },
      changes: [{ cause: 'surplus', bookMinor: share, taxMinor: share }],
      closing: { bookMinor: share, taxMinor: share },
    })),
  });
}

export async function tellClosed(story: Story): Promise<void> {
  await story.tell(periodClosed, story.period.periodId, { ...story.period, status: 'closed' });
}

/** Brings a fresh close to step 5 with this net income. */
export async function closeToStepFive(
  story: Story,
  bookMinor: bigint,
  taxMinor = bookMinor,
): Promise<string> {
  const { database, allocator, period } = story;
  const { closeId } = must(
    await beginPeriodClose(database, story.as(allocator), { periodId: period.periodId }),
  );
  must(await confirmCloseStep(database, story.as(allocator), { closeId, step: 1 }));
  must(await confirmCloseStep(database, story.as(allocator), { closeId, step: 2 }));
  await tellClosing(story);
  must(await confirmCloseStep(database, story.as(allocator), { closeId, step: 3, note: 'Bank reconciled' }));
  await tellIncome(story, closeId, bookMinor, taxMinor);
  return closeId;
}

/** A whole close: proposed by the allocator, approved by the administrator, credited, stated, closed. */
export async function closeWholly(
  story: Story,
  bookMinor: bigint,
): Promise<{ closeId: string; allocationId: string; recordHash: string }> {
  const closeId = await closeToStepFive(story, bookMinor);
  const proposed = must(await proposeAllocation(story.database, story.as(story.allocator), { closeId }));
  const approval = { closeId, recordHash: proposed.recordHash };
  must(await approveAllocation(story.database, story.as(story.administrator), approval));
  await tellCredited(story, closeId, proposed.allocationId);
  const rows = await story.test.asOwner<{ member_id: string; book: string }>(
    'select member_id, book_minor::text as book from agreements.allocation_line where allocation_id = $1',
    [proposed.allocationId],
  );
  await story.post({
    capital: rows.map((row) => [row.member_id, BigInt(row.book), BigInt(row.book)]),
    on: '2026-09-30',
  });
  await tellCapital(story, closeId, new Map(rows.map((row) => [row.member_id, BigInt(row.book)])));
  await tellClosed(story);
  return { closeId, ...proposed };
}
