// How long the cooperative lets something wait for a second person. Treasury and agreements do not know it: their
// commands are given it, and refuse a yes that comes too late. What is over by it is shown as over, also in the minutes
// before the clock has ended it.
import type { LocalDate } from '@habitat/kernel';
import { isPastItsTime, SECOND_PERSON_DAYS } from '@habitat/kernel';
import { policyInForce } from '@habitat/people';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';

/** Days something may wait for a second person, by the approval policy in force today. */
export async function secondPersonDays(context: ApiContext): Promise<number> {
  const today = context.today() as LocalDate;
  const policy = await policyInForce(context.database, context.cooperativeId(), 'approval', today);
  return policy.secondPersonDays ?? SECOND_PERSON_DAYS;
}

const daysOf = requestLoader<'days', number>(async (keys, context) => {
  const days = await secondPersonDays(context);
  return keys.map(() => days);
});

/** True of what was asked for so long ago that nobody can agree to it any more. */
export async function isOver(context: ApiContext, requestedAt: Date): Promise<boolean> {
  return isPastItsTime(requestedAt, await daysOf(context).load('days'), context.now);
}

/** Those of them somebody may still agree to. */
export async function stillWaiting<Request>(
  context: ApiContext,
  requests: readonly Request[],
  requestedAt: (request: Request) => Date,
): Promise<Request[]> {
  const over = await Promise.all(requests.map((request) => isOver(context, requestedAt(request))));
  return requests.filter((_, index) => over[index] === false);
}
