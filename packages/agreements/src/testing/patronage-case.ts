// Alice, Bob and Carol of the worked example, with what they gave.
import type { TestDatabase } from '@habitat/database/testing';
import type { Story } from './story.ts';
import { beginStory } from './story.ts';

const GIVEN = {
  alice: { labor: 600_000n, revenue: 400_000n, cash: 200_000n, community: 50_000n },
  bob: { labor: 400_000n, revenue: 100_000n, cash: 500_000n, community: 100_000n },
  carol: { labor: 300_000n, revenue: 200_000n, cash: 100_000n, community: 200_000n },
};

/** Alice, Bob and Carol with what the worked example says they gave. */
export async function patronage(
  server: TestDatabase,
): Promise<Story & { ids: { alice: string; bob: string; carol: string } }> {
  const story = await beginStory(server);
  const ids = { alice: await story.join(1), bob: await story.join(2), carol: await story.join(3) };
  for (const [name, given] of Object.entries(GIVEN)) {
    for (const [category, value] of Object.entries(given))
      await story.give(ids[name as 'alice'], category, value);
  }
  return Object.assign(story, { ids });
}
