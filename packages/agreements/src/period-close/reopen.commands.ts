// Emergency reopen of a closed period: an administrator asks with a reason, a board member who is somebody else
// approves. Treasury then reverses the allocation; money already on its way to members stops it.
import type {
  CommandContext,
  Database,
  IdempotencyConflict,
  Queryable,
  Transaction,
} from '@habitat/database';
import { appendExpired, runCommand } from '@habitat/database';
import { newEvent, periodReopenApproved } from '@habitat/events';
import type { Result, SecondPersonDays } from '@habitat/kernel';
import { accept, hasRole, isPastItsTime, may, newId, refuse } from '@habitat/kernel';
import { needCooperative } from '../copies/cooperative-copy.ts';
import { findPeriod } from '../copies/period-copy.ts';
import { isAnotherPerson, signatureOf } from '../signature.ts';
import type { ReopenRefusal } from './period-close.ts';
import type { CloseRow } from './period-close.store.ts';
import { lockCloseOf, updateClose } from './period-close.store.ts';
import { expireReopenings } from './reopen.store.ts';

export type ReopenDone = { readonly closeId: string };
type Outcome = Promise<Result<ReopenDone, ReopenRefusal | IdempotencyConflict>>;

export interface ReopenRequest {
  readonly id: string;
  readonly reason: string;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly requestedAt: Date;
  readonly approvedAt: Date | null;
  readonly approvedByLoginId: string | null;
  readonly approvedByMemberId: string | null;
  /** When it was declined, taken back or expired. */
  readonly endedAt: Date | null;
}

/** The latest request to reopen what a close closed, with its approval; null when nobody asked. */
export async function reopenRequestOf(
  db: Queryable,
  cooperativeId: string,
  closeId: string,
): Promise<ReopenRequest | null> {
  const [row] = await db.query<ReopenRequest & Record<string, unknown>>(
    `select r.id, r.reason, r.by_login_id as "byLoginId", r.by_member_id as "byMemberId", r.recorded_at as "requestedAt",
       a.recorded_at as "approvedAt", a.by_login_id as "approvedByLoginId", a.by_member_id as "approvedByMemberId",
       e.recorded_at as "endedAt"
     from agreements.reopen_request r
     left join agreements.reopen_ending e on e.cooperative_id = r.cooperative_id and e.request_id = r.id
     left join agreements.reopen_approval a on a.cooperative_id = r.cooperative_id and a.request_id = r.id
     where r.cooperative_id = $1 and r.close_id = $2 order by r.recorded_at desc, r.id desc limit 1`,
    [cooperativeId, closeId],
  );
  return row ?? null;
}

const isOpen = (request: ReopenRequest | null): request is ReopenRequest =>
  request !== null && request.approvedAt === null && request.endedAt === null;

async function lockReopenable(tx: Transaction, periodId: string): Promise<Result<CloseRow, ReopenRefusal>> {
  const period = await findPeriod(tx, tx.cooperativeId, periodId);
  if (period === null) return refuse({ code: 'PERIOD_NOT_FOUND' });
  if (period.status === 'locked') return refuse({ code: 'PERIOD_LOCKED' });
  const close = await lockCloseOf(tx, periodId, ['completed', 'reopening']);
  if (close?.status === 'reopening') return refuse({ code: 'ALREADY_APPROVED' });
  if (period.status !== 'closed' || close === null)
    return refuse({ code: 'PERIOD_NOT_CLOSED', status: period.status });
  const [later] = await tx.query<{ name: string }>(
    `select name from agreements.period where cooperative_id = $1 and starts_on > $2 and status in ('closing', 'closed', 'locked')
     order by starts_on desc limit 1`,
    [tx.cooperativeId, period.endsOn],
  );
  if (later !== undefined) return refuse({ code: 'LATER_PERIOD_CLOSED', periodName: later.name });
  // Later distributions take the cooperative's row lock before they look for lots, so none can begin meanwhile.
  await tx.query('select from agreements.cooperative where cooperative_id = $1 for update', [
    tx.cooperativeId,
  ]);
  const [paid] = await tx.query<{ number: number; state: string }>(
    `select d.number, l.state from agreements.distribution d
     join agreements.distribution_line l on l.cooperative_id = d.cooperative_id and l.distribution_id = d.id
     where d.cooperative_id = $1 and d.allocation_id = $2
       and l.state in ('scheduling', 'scheduled', 'paying', 'paid', 'voiding')
     order by d.number limit 1`,
    [tx.cooperativeId, close.allocationId],
  );
  if (paid !== undefined) {
    return refuse({ code: 'DISTRIBUTION_UNDER_WAY', distributionNumber: paid.number, state: paid.state });
  }
  return accept(close);
}

/**
 * Asks for a closed period to be opened again; what waited too long ends. Refuses, in order: FORBIDDEN, REASON_REQUIRED, PERIOD_NOT_FOUND,
 * PERIOD_LOCKED, ALREADY_APPROVED, PERIOD_NOT_CLOSED, LATER_PERIOD_CLOSED, DISTRIBUTION_UNDER_WAY, ALREADY_REQUESTED.
 */
export async function requestReopen(
  database: Database,
  context: CommandContext,
  input: { readonly periodId: string; readonly reason: string } & SecondPersonDays,
): Outcome {
  const { secondPersonDays, ...asked } = input;
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'requestReopen', input: asked },
    async (tx): Promise<Result<ReopenDone, ReopenRefusal>> => {
      if (!may(tx.actor, 'period.reopen')) return refuse({ code: 'FORBIDDEN', act: 'period.reopen' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      const close = await lockReopenable(tx, input.periodId);
      if (!close.ok) return close;
      const pending = await reopenRequestOf(tx, tx.cooperativeId, close.value.id);
      if (isOpen(pending)) {
        if (!isPastItsTime(pending.requestedAt, secondPersonDays, tx.now))
          return refuse({ code: 'ALREADY_REQUESTED' });
        await expireReopenings(tx, [pending.id]);
        const { timeZone } = await needCooperative(tx);
        appendExpired(tx, [{ ...pending, act: 'requestReopen' }], { days: secondPersonDays, timeZone });
      }
      const { loginId, memberId } = signatureOf(tx.actor);
      await tx.query(
        `insert into agreements.reopen_request (cooperative_id, id, close_id, reason, by_login_id, by_member_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
        [tx.cooperativeId, newId(), close.value.id, reason, loginId, memberId, tx.now],
      );
      return accept({ closeId: close.value.id });
    },
  );
}

/**
 * The second person's approval, after which treasury reverses the allocation and opens the period. Distributions that
 * were only calculated or approved are cancelled. Refuses, in order: FORBIDDEN, as requestReopen for the period,
 * NOTHING_REQUESTED, SAME_PERSON.
 */
export async function approveReopen(
  database: Database,
  context: CommandContext,
  input: { readonly periodId: string } & SecondPersonDays,
): Outcome {
  const { secondPersonDays, ...asked } = input;
  return runCommand(
    database,
    'agreements',
    context,
    { name: 'approveReopen', input: asked },
    async (tx): Promise<Result<ReopenDone, ReopenRefusal>> => {
      if (!hasRole(tx.actor, 'board_member')) return refuse({ code: 'FORBIDDEN', act: 'period.reopen' });
      const found = await lockReopenable(tx, input.periodId);
      if (!found.ok) return found;
      const close = found.value;
      const request = await reopenRequestOf(tx, tx.cooperativeId, close.id);
      if (!isOpen(request) || close.allocationId === null) return refuse({ code: 'NOTHING_REQUESTED' });
      if (isPastItsTime(request.requestedAt, secondPersonDays, tx.now))
        return refuse({ code: 'NOTHING_REQUESTED' });
      const first = { loginId: request.byLoginId, memberId: request.byMemberId };
      if (!isAnotherPerson(tx.actor, first)) return refuse({ code: 'SAME_PERSON' });
      const { loginId, memberId } = signatureOf(tx.actor);
      await tx.query(
        `insert into agreements.reopen_approval (cooperative_id, request_id, by_login_id, by_member_id, recorded_at)
       values ($1, $2, $3, $4, $5)`,
        [tx.cooperativeId, request.id, loginId, memberId, tx.now],
      );
      await tx.query(
        `update agreements.distribution_line l set state = 'cancelled', reason = $3, changed_at = $4
       from agreements.distribution d
       where l.cooperative_id = $1 and d.cooperative_id = l.cooperative_id and d.id = l.distribution_id
         and d.allocation_id = $2 and l.state in ('calculated', 'approved')`,
        [tx.cooperativeId, close.allocationId, `The period was opened again: ${request.reason}`, tx.now],
      );
      await updateClose(tx, close.id, { status: 'reopening', endReason: request.reason });
      tx.append(
        newEvent(periodReopenApproved, close.id, {
          closeId: close.id,
          periodId: close.periodId,
          allocationId: close.allocationId,
          reason: request.reason,
        }),
      );
      return accept({ closeId: close.id });
    },
  );
}
