// Requests as rows: written pending, decided once.
import type { Queryable, Transaction } from '@habitat/database';
import { appendExpired } from '@habitat/database';
import type { SecondPersonDays } from '@habitat/kernel';
import { isPastItsTime, newId } from '@habitat/kernel';
import { needCooperative } from '../cooperative/cooperative.store.ts';
import type { JournalRequest, RequestAct, RequestStatus, StoredDraft } from './request.ts';
import { ASKED_BY } from './request.ts';

const columns = `id, act, subject_id as "subjectId", payload, reason, amount_minor as "amountMinor",
  requested_by_login_id as "requestedByLoginId", requested_by_member_id as "requestedByMemberId",
  requested_at as "requestedAt", status, decided_by_login_id as "decidedByLoginId",
  decided_by_member_id as "decidedByMemberId", decided_at as "decidedAt", decision_note as "decisionNote",
  transaction_ids as "transactionIds"`;

/**
 * Writes a pending request; null when one about the same subject is pending already. One that is past its time is over: it
 * ends here, and keeps nobody from asking anew.
 */
export async function insertRequest(
  tx: Transaction,
  request: {
    readonly act: RequestAct;
    readonly subjectId: string | null;
    readonly transactions: readonly StoredDraft[];
    readonly reason: string;
    readonly amountMinor: bigint;
  } & SecondPersonDays,
): Promise<string | null> {
  if (request.subjectId !== null) await lockPendingRequest(tx, { ...request, subjectId: request.subjectId });
  const id = newId();
  const inserted = await tx.query(
    `insert into treasury.journal_request (cooperative_id, id, act, subject_id, payload, reason, amount_minor,
       requested_by_login_id, requested_by_member_id, requested_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
    [
      tx.cooperativeId,
      id,
      request.act,
      request.subjectId,
      JSON.stringify({ transactions: request.transactions }),
      request.reason,
      request.amountMinor.toString(),
      tx.actor.loginId,
      tx.actor.memberId,
      tx.now,
    ],
  );
  return inserted.length === 0 ? null : id;
}

/** One request, locked so that it is decided once. */
export async function lockRequest(tx: Transaction, requestId: string): Promise<JournalRequest | null> {
  const [request] = await tx.query<JournalRequest & Record<string, unknown>>(
    `select ${columns} from treasury.journal_request where cooperative_id = $1 and id = $2 for update`,
    [tx.cooperativeId, requestId],
  );
  return request ?? null;
}

/** The request about a subject that waits, locked; one that is past its time is ended instead. */
export async function lockPendingRequest(
  tx: Transaction,
  asked: { readonly act: RequestAct; readonly subjectId: string } & SecondPersonDays,
): Promise<JournalRequest | null> {
  const [request] = await tx.query<JournalRequest & Record<string, unknown>>(
    `select ${columns} from treasury.journal_request
     where cooperative_id = $1 and act = $2 and subject_id = $3 and status = 'pending' for update`,
    [tx.cooperativeId, asked.act, asked.subjectId],
  );
  if (request === undefined) return null;
  if (!isPastItsTime(request.requestedAt, asked.secondPersonDays, tx.now)) return request;
  await expireRequests(tx, [request.id]);
  const { timeZone } = await needCooperative(tx, tx.cooperativeId);
  const { id, act, requestedByMemberId: byMemberId, requestedAt } = request;
  const over = { id, act: ASKED_BY[act], byMemberId, requestedAt };
  appendExpired(tx, [over], { days: asked.secondPersonDays, timeZone });
  return null;
}

/** Ends requests nobody decided in time; returns those that still were pending. */
export async function expireRequests(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const ended = await tx.query<{ id: string }>(
    `update treasury.journal_request set status = 'expired', decided_at = $3
     where cooperative_id = $1 and status = 'pending' and id = any($2::uuid[]) returning id`,
    [tx.cooperativeId, [...ids], tx.now],
  );
  return ended.map(({ id }) => id);
}

export async function decideRequest(
  tx: Transaction,
  requestId: string,
  decision: {
    readonly status: Exclude<RequestStatus, 'pending'>;
    readonly note: string | null;
    readonly transactionIds: readonly string[];
  },
): Promise<void> {
  await tx.query(
    `update treasury.journal_request set status = $3, decision_note = $4, transaction_ids = $5::uuid[],
       decided_by_login_id = $6, decided_by_member_id = $7, decided_at = $8
     where cooperative_id = $1 and id = $2`,
    [
      tx.cooperativeId,
      requestId,
      decision.status,
      decision.note,
      [...decision.transactionIds],
      tx.actor.loginId,
      tx.actor.memberId,
      tx.now,
    ],
  );
}

/** Requests by id, or all that are pending (oldest first) when no ids are given. */
export async function selectRequests(
  client: Queryable,
  cooperativeId: string,
  ids: readonly string[] | null,
): Promise<JournalRequest[]> {
  return client.query<JournalRequest & Record<string, unknown>>(
    `select ${columns} from treasury.journal_request
     where cooperative_id = $1 and ($2::uuid[] is null and status = 'pending' or id = any ($2::uuid[]))
     order by requested_at, id limit 500`,
    [cooperativeId, ids === null ? null : [...ids]],
  );
}
