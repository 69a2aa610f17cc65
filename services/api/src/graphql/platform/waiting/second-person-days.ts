// How long the cooperative lets something wait for a second person. Treasury and agreements do not know it: their
// commands are given it, and refuse a yes that comes too late.
import type { LocalDate } from '@habitat/kernel';
import { SECOND_PERSON_DAYS } from '@habitat/kernel';
import { policyInForce } from '@habitat/people';
import type { ApiContext } from '../../context.ts';

/** Days something may wait for a second person, by the approval policy in force today. */
export async function secondPersonDays(context: ApiContext): Promise<number> {
  const today = context.today() as LocalDate;
  const policy = await policyInForce(context.database, context.cooperativeId(), 'approval', today);
  return policy.secondPersonDays ?? SECOND_PERSON_DAYS;
}
