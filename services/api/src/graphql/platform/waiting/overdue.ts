// What waited too long for a second person in treasury and agreements, which do not know how long the cooperative lets it.
// It is over at once, also in the minutes before the clock has ended it; people looks at its own.
import { expireAgreementsWaiting, listAgreementsWaiting } from '@habitat/agreements';
import type { CommandContext } from '@habitat/database';
import type { LocalDate, WaitingRequest } from '@habitat/kernel';
import { requestExpiresAt, SECOND_PERSON_DAYS, systemActor } from '@habitat/kernel';
import { policyInForce } from '@habitat/people';
import { expireTreasuryWaiting, listTreasuryWaiting } from '@habitat/treasury';
import type { ApiContext } from '../../context.ts';

const rooms = {
  treasury: { list: listTreasuryWaiting, expire: expireTreasuryWaiting },
  agreements: { list: listAgreementsWaiting, expire: expireAgreementsWaiting },
} as const;
type Room = keyof typeof rooms;

/** Days something may wait for a second person, by the approval policy in force today. */
export async function secondPersonDays(context: ApiContext): Promise<number> {
  const today = context.today() as LocalDate;
  const policy = await policyInForce(context.database, context.cooperativeId(), 'approval', today);
  return policy.secondPersonDays ?? SECOND_PERSON_DAYS;
}

async function overdueIn(context: ApiContext, room: Room): Promise<readonly WaitingRequest[]> {
  const requests = await rooms[room].list(context.database, context.cooperativeId());
  if (requests.length === 0) return requests;
  const days = await secondPersonDays(context);
  return requests.filter((request) => requestExpiresAt(request, days) <= context.now);
}

/** True of what nobody agreed to in time: a yes comes too late. The clock ends it, and tells whoever asked. */
export async function isOverdue(context: ApiContext, room: Room, requestId: string): Promise<boolean> {
  return (await overdueIn(context, room)).some(({ id }) => id === requestId);
}

/** Ends in a room what nobody agreed to in time, so that it can be asked for anew. */
export async function endOverdue(context: ApiContext, command: CommandContext, room: Room): Promise<void> {
  const overdue = await overdueIn(context, room);
  if (overdue.length === 0) return;
  const facts = { ...command, actor: systemActor(command.cooperativeId), idempotencyKey: null };
  const newest = Math.max(...overdue.map(({ requestedAt }) => requestedAt.getTime()));
  await rooms[room].expire(context.database, facts, new Date(newest + 1));
}
