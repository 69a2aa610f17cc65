// Whether something has waited for a second person longer than the cooperative lets it. It is over then, also in the
// minutes before the clock has ended it: nobody agrees to it, and it keeps nobody from asking anew.
import type { Expired, Transaction } from '@habitat/database';
import { appendExpired } from '@habitat/database';
import { isPastItsTime } from '@habitat/kernel';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { findPolicyOn } from '../policy/policy.store.ts';

async function terms(tx: Transaction): Promise<{ days: number | undefined; timeZone: string }> {
  const { today, timeZone } = await getCooperative(tx);
  const { secondPersonDays: days } = await findPolicyOn(tx, 'approval', today);
  return { days, timeZone };
}

export async function isOverdue(tx: Transaction, requestedAt: Date): Promise<boolean> {
  return isPastItsTime(requestedAt, (await terms(tx)).days, tx.now);
}

/** Ends what is past its time because somebody asks anew, and tells of it as the clock would have; false when it still waits. */
export async function endedAsOverdue(
  tx: Transaction,
  request: Expired,
  end: (tx: Transaction, id: string) => Promise<unknown>,
): Promise<boolean> {
  const { days, timeZone } = await terms(tx);
  if (!isPastItsTime(request.requestedAt, days, tx.now)) return false;
  await end(tx, request.id);
  appendExpired(tx, [request], { days, timeZone });
  return true;
}
