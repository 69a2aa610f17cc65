// A quarter that was closed, and a distribution of its cash that two people agreed to: where paying and reopening begin.
import type { TestDatabase } from '@habitat/database/testing';
import { approveDistribution, calculateDistribution } from '../distribution/distribution.commands.ts';
import { closeWholly, must } from './ledger-answers.ts';
import type { Story } from './story.ts';
import { beginStory } from './story.ts';

export type ClosedQuarter = Story & { readonly members: readonly string[]; readonly closeId: string };

/** Two members who share 3,000.00 equally, 20 % in cash; the cooperative holds 11,550.00 in cash. */
export async function closedQuarter(server: TestDatabase): Promise<ClosedQuarter> {
  const story = await beginStory(server);
  const members = [await story.join(1), await story.join(2)];
  for (const member of members) await story.give(member, 'labor', 100_000n);
  await story.post({ cash: 1_155_000n });
  const { closeId } = await closeWholly(story, 300_000n);
  return Object.assign(story, { members, closeId });
}

/** Its cash part calculated by one and approved by another; answers the distribution. */
export async function approvedDistribution(story: ClosedQuarter): Promise<string> {
  const calculated = await calculateDistribution(story.database, story.as(story.treasurer), {
    basis: 'allocation',
    periodId: story.period.periodId,
  });
  const { distributionId } = must(calculated);
  must(await approveDistribution(story.database, story.as(story.allocator), { distributionId }));
  return distributionId;
}
