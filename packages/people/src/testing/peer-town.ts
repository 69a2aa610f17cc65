// A town in which peers are asked about each other's work, for tests about their word.
import { expect } from 'vitest';
import { endPeerReviews, objectToContribution, validateContribution } from '../peer/peer.commands.ts';
import { setApprovalPolicy } from '../policy/policy.commands.ts';
import type { PeerRule } from '../policy/policy.ts';
import { listPolicyRequests } from '../policy/policy.queries.ts';
import { decidePolicyRequest } from '../policy-request/policy-request.commands.ts';
import type { Person } from './cooperative.ts';
import type { TestDatabase } from './database.ts';
import type { Town } from './town.ts';
import { code, foundTown } from './town.ts';

export interface PeerTown extends Town {
  /** Has two peers asked from now on, within three days, or what is given instead. */
  askPeers(more?: Partial<PeerRule>): Promise<void>;
  validate(who: Person, contributionId: string, key?: string): ReturnType<typeof validateContribution>;
  object(who: Person, contributionId: string, reason?: string): ReturnType<typeof objectToContribution>;
  /** The clock comes round. */
  look(): ReturnType<typeof endPeerReviews>;
  /** From now on it is the afternoon of this day. */
  later(day: string): void;
}

const rule = {
  kind: null,
  category: null,
  peers: 2,
  days: 3,
  onTimeout: 'escalate',
  role: null,
  sameClass: false,
} as const;

/** Founds a town of its own for one test; nobody is asked as a peer there yet. */
export async function foundPeerTown(owner: TestDatabase): Promise<PeerTown> {
  const town = await foundTown(owner);
  const { world } = town;
  return {
    ...town,
    async askPeers(more = {}) {
      const body = {
        twoApproversFromMinor: '250000',
        twoApproversFromMinorByKind: {},
        routes: [],
        staleDays: 3,
        peerRules: [{ ...rule, ...more }],
      };
      const input = { body, rationale: 'we know each other’s work' };
      expect(code(await setApprovalPolicy(world.database, world.as(world.admin), input))).toBe('ok');
      // Peers where a reviewer decided are looser: a second administrator agrees, who is no member and so no peer.
      const second = await world.join('Dee', ['administrator']);
      const [request] = await listPolicyRequests(world.database, world.cooperativeId);
      const agreed = { requestId: request?.requestId ?? '', approve: true };
      expect(code(await decidePolicyRequest(world.database, world.as(second), agreed))).toBe('ok');
    },
    validate: (who, contributionId, key) =>
      validateContribution(world.database, world.as(who, key), { contributionId }),
    object: (who, contributionId, reason = 'nobody was there') =>
      objectToContribution(world.database, world.as(who), { contributionId, reason }),
    look() {
      const { cooperativeId, now } = world;
      return endPeerReviews(world.database, { cooperativeId, now, correlationId: 'clock' });
    },
    later(day) {
      world.now = new Date(`${day}T15:00:00Z`);
    },
  };
}
