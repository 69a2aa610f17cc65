// Asking for an erasure, agreeing to it, declining it and taking it back. Capital and payments are others' knowledge: what is asked for
// here is checked by agreements, and done only when its answer comes (erasure.reactions.ts).
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { appendDeclined, runCommand } from '@habitat/database';
import { erasureApproved, erasureRequested, newEvent } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, isId, may, newId, refuse } from '@habitat/kernel';
import type { MemberNotFound } from '../member/member.commands.ts';
import { lockMember } from '../member/member.store.ts';
import { endedAsOverdue, isOverdue } from '../waiting/overdue.ts';
import type { DeclineWaitingRefusal } from '../waiting/waiting.ts';
import type { AgreementRefusal, Erasure, ErasureObstacle, ErasureStatus } from './erasure.ts';
import { agreementRefusal, isConcerned, mayRequestErasure, obstacleOf } from './erasure.ts';
import {
  expireErasures,
  insertErasure,
  lockErasure,
  lockOpenErasure,
  selectOpenBusiness,
  updateErasure,
} from './erasure.store.ts';

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
type ErasureAnswer = { readonly erasureId: string };
type ErasureNotFound = { readonly code: 'ERASURE_NOT_FOUND' };

/** In the order checked. */
export type RequestErasureRefusal =
  | Forbidden
  | MemberNotFound
  | { readonly code: 'ALREADY_ERASED' }
  | { readonly code: 'ALREADY_REQUESTED' }
  | ErasureObstacle;

/** Ends what nobody agreed to in time, so that it can be asked for anew. */
async function endOverdue(tx: Transaction, memberId: string): Promise<void> {
  const open = await lockOpenErasure(tx, memberId);
  if (open?.status !== 'waiting') return;
  const { erasureId: id, requestedByMemberId: byMemberId, requestedAt } = open;
  const asked = { id, act: 'requestErasure', byMemberId, requestedAt } as const;
  await endedAsOverdue(tx, asked, () => expireErasures(tx, [id]));
}

/** Asks to erase a member: oneself, or another as an administrator. It waits for a second person once nothing stands against it. */
export async function requestErasure(
  database: Database,
  context: CommandContext,
  input: { readonly memberId: string },
) {
  return runCommand<ErasureAnswer, RequestErasureRefusal>(
    database,
    'people',
    context,
    { name: 'requestErasure', input },
    async (tx): Promise<Result<ErasureAnswer, RequestErasureRefusal>> => {
      const { actor } = tx;
      const { memberId } = input;
      if (actor.memberId === null || !mayRequestErasure(actor, memberId))
        return refuse({ code: 'FORBIDDEN', act: 'member.erase' });
      const member = isId(memberId) ? await lockMember(tx, memberId) : null;
      if (member === null) return refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' });
      if (member.isErased) return refuse({ code: 'ALREADY_ERASED' });
      const obstacle = obstacleOf(member, await selectOpenBusiness(tx, tx.cooperativeId, memberId));
      if (obstacle !== null) return refuse(obstacle);
      await endOverdue(tx, memberId);
      const erasureId = newId();
      if (!(await insertErasure(tx, { erasureId, memberId, byMemberId: actor.memberId })))
        return refuse({ code: 'ALREADY_REQUESTED' });
      tx.append(newEvent(erasureRequested, memberId, { erasureId, memberId }));
      return accept({ erasureId });
    },
  );
}

async function findLocked(tx: Transaction, erasureId: string): Promise<Erasure | null> {
  return isId(erasureId) ? lockErasure(tx, erasureId) : null;
}

/** Agrees as the second person. Refusals in order: ERASURE_NOT_FOUND, then as `agreementRefusal` says. */
export async function approveErasure(
  database: Database,
  context: CommandContext,
  input: { readonly erasureId: string },
) {
  return runCommand<ErasureAnswer, ErasureNotFound | AgreementRefusal>(
    database,
    'people',
    context,
    { name: 'approveErasure', input },
    async (tx) => {
      const erasure = await findLocked(tx, input.erasureId);
      if (erasure === null) return refuse({ code: 'ERASURE_NOT_FOUND' });
      const refusal = agreementRefusal(tx.actor, erasure);
      if (refusal !== null) return refuse(refusal);
      if (await isOverdue(tx, erasure.requestedAt)) return refuse({ code: 'NOT_WAITING', status: 'expired' });
      const { erasureId, memberId } = erasure;
      await updateErasure(tx, erasureId, { status: 'approved' });
      tx.append(newEvent(erasureApproved, memberId, { erasureId, memberId }));
      return accept({ erasureId });
    },
  );
}

export type WithdrawErasureRefusal =
  ErasureNotFound | Forbidden | { readonly code: 'NOT_WAITING'; readonly status: ErasureStatus };

/** Takes a request back before anybody agreed: whoever made it, or whose data it is about. */
export async function withdrawErasure(
  database: Database,
  context: CommandContext,
  input: { readonly erasureId: string },
) {
  return runCommand<ErasureAnswer, WithdrawErasureRefusal>(
    database,
    'people',
    context,
    { name: 'withdrawErasure', input },
    async (tx) => {
      const erasure = await findLocked(tx, input.erasureId);
      if (erasure === null) return refuse({ code: 'ERASURE_NOT_FOUND' });
      if (!isConcerned(tx.actor, erasure)) return refuse({ code: 'FORBIDDEN', act: 'member.erase' });
      const { erasureId, status } = erasure;
      if (status !== 'checking' && status !== 'waiting') return refuse({ code: 'NOT_WAITING', status });
      await updateErasure(tx, erasureId, { status: 'withdrawn' });
      return accept({ erasureId });
    },
  );
}

/**
 * Says no, as the second person, with a reason the member can read; whoever asked takes it back the same way. Refuses, in
 * order: REQUEST_NOT_FOUND (also when it waits no more), FORBIDDEN, REASON_REQUIRED.
 */
export async function declineErasure(
  database: Database,
  context: CommandContext,
  input: { readonly requestId: string; readonly reason: string },
) {
  return runCommand<ErasureAnswer, DeclineWaitingRefusal>(
    database,
    'people',
    context,
    { name: 'declineErasure', input },
    async (tx) => {
      const erasure = await findLocked(tx, input.requestId);
      if (erasure === null || erasure.status !== 'waiting') return refuse({ code: 'REQUEST_NOT_FOUND' });
      const own = isConcerned(tx.actor, erasure);
      const { actor } = tx;
      if (actor.kind !== 'person' || actor.memberId === null || !(own || may(actor, 'member.erase')))
        return refuse({ code: 'FORBIDDEN', act: 'member.erase' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      const { erasureId, memberId: about, requestedByMemberId: askedBy } = erasure;
      await updateErasure(tx, erasureId, { status: own ? 'withdrawn' : 'declined', reason });
      if (!own) appendDeclined(tx, { requestId: erasureId, asked: 'requestErasure', askedBy, about, reason });
      return accept({ erasureId });
    },
  );
}
