// From a key to the agent behind it: it acts for its supervisor, with the supervisor's roles and the key's scopes. What is
// looked up is remembered for two seconds, so that a busy program asks once; a key revoked here is forgotten at once.
import type { Database } from '@habitat/database';
import { todayIn } from '@habitat/kernel';
import { holdingOf } from '@habitat/people';
import type { ApiKeyName, KeyStanding } from '@habitat/platform';
import {
  countKeyUse,
  findKeyStanding,
  findMembersWithSecondFactor,
  findSecondFactorPolicy,
  readApiKey,
  withheldRoles,
} from '@habitat/platform';
import type { Viewer } from '../graphql/context.ts';

const REMEMBERED_MS = 2_000;
const MOST_REMEMBERED = 1_000;

export interface Agent {
  readonly viewer: Viewer;
  readonly standing: KeyStanding;
}

export interface AgentLookup {
  /** True when this very key was believed a moment ago. */
  isFresh(name: ApiKeyName): boolean;
  /** The agent behind a key; null for one that opens nothing. */
  find(name: ApiKeyName, now: Date): Promise<Agent | null>;
  /** Counts a request against the key's hour; the seconds to wait, zero when it may pass. */
  count(agent: Agent, now: Date): Promise<number>;
  forget(keyId: string): void;
}

/** The key a request's bearer token is; null where it is anything else. */
export function apiKeyOf(header: string | undefined): ApiKeyName | null {
  const token = /^Bearer ([^\s]+)$/i.exec(header ?? '')?.[1];
  return token === undefined ? null : readApiKey(token);
}

async function load(database: Database, name: ApiKeyName, now: Date): Promise<Agent | null> {
  const standing = await findKeyStanding(database, name, now);
  if (standing === null) return null;
  const { keyId, keyName, scopes, hourlyLimit, ceilingMinor, loginId, memberId, email, ...cooperative } =
    standing;
  const { cooperativeId } = name;
  const on = todayIn(standing.timeZone, now);
  const [{ roles: held, limits }, policy, withFactor] = await Promise.all([
    holdingOf(database, { cooperativeId, memberId, on }),
    findSecondFactorPolicy(database, cooperativeId),
    findMembersWithSecondFactor(database, cooperativeId, [memberId]),
  ]);
  // What waits for the supervisor's second factor is not had through a key either.
  const hasSecondFactor = withFactor.length > 0;
  const withheld = withheldRoles(policy, { roles: held, hasSecondFactor, today: on });
  const roles = held.filter((role) => !withheld.includes(role));
  const actor = { kind: 'agent', cooperativeId, loginId, memberId, roles, limits, scopes } as const;
  const viewer: Viewer = {
    actor,
    // The trail keeps which key it was where it keeps the session of a person.
    sessionId: keyId,
    email,
    displayName: keyName,
    cooperative,
    authenticatedAt: null,
    secondFactor: { withheld },
    agent: { keyId, ceilingMinor },
  };
  return { viewer, standing };
}

/** Builds the lookup; `monotonicMs` measures how long something was remembered and is not the cooperative's clock. */
export function createAgentLookup(
  database: Database,
  monotonicMs: () => number = () => performance.now(),
): AgentLookup {
  const remembered = new Map<string, { readonly at: number; readonly hash: string; readonly agent: Agent }>();
  const known = ({ keyId, secretHash }: ApiKeyName): Agent | null => {
    const entry = remembered.get(keyId);
    if (entry === undefined || entry.hash !== secretHash) return null;
    return monotonicMs() - entry.at < REMEMBERED_MS ? entry.agent : null;
  };
  return {
    isFresh: (name) => known(name) !== null,
    async find(name, now) {
      const before = known(name);
      if (before !== null) return before;
      const agent = await load(database, name, now);
      if (remembered.size > MOST_REMEMBERED) remembered.clear();
      if (agent === null) remembered.delete(name.keyId);
      else remembered.set(name.keyId, { at: monotonicMs(), hash: name.secretHash, agent });
      return agent;
    },
    count: ({ standing }, now) => countKeyUse(database, standing, now),
    forget: (keyId) => void remembered.delete(keyId),
  };
}
