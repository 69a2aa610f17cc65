// The projections that can be rebuilt from the event log, of all contexts.
import type { Projection } from '@habitat/messaging';
import { peopleProjections } from '@habitat/people';
import { agreementsProjections } from '@habitat/worker';

export const projections: readonly Projection[] = [...peopleProjections, ...agreementsProjections];
