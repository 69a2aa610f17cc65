// Whether something has waited for a second person longer than the cooperative lets it. It is over then, also in the
// minutes before the clock has ended it: nobody agrees to it, and it keeps nobody from asking anew.
import type { Transaction } from '@habitat/database';
import { isPastItsTime } from '@habitat/kernel';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { findPolicyOn } from '../policy/policy.store.ts';

export async function isOverdue(tx: Transaction, requestedAt: Date): Promise<boolean> {
  const { today } = await getCooperative(tx);
  const { secondPersonDays } = await findPolicyOn(tx, 'approval', today);
  return isPastItsTime(requestedAt, secondPersonDays, tx.now);
}
