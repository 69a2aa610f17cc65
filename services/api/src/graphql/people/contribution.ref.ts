// The contribution type's reference. What the viewer may not see does not exist for them.
import type { Contribution } from '@habitat/people';
import { findContributions, maySee } from '@habitat/people';
import { defineEntity } from '../entity.ts';

export const ContributionRef = defineEntity<Contribution>('Contribution', {
  idOf: (contribution) => contribution.contributionId,
  load: async (ids, context) => {
    const found = await findContributions(context.database, context.cooperativeId(), ids);
    return found.filter((contribution) => maySee(context.signedIn().actor, contribution));
  },
});
