// From an Authorization header to the person behind it. What is looked up is remembered for two seconds at most, so
// that ending a session or taking a role away works at once for practical purposes, and a busy screen asks once.
import type { Database } from '@habitat/database';
import type { Actor } from '@habitat/kernel';
import { todayIn } from '@habitat/kernel';
import type { Holding } from '@habitat/people';
import { holdingOf } from '@habitat/people';
import type { AccessClaims, Standing, TokenSettings } from '@habitat/platform';
import { findStanding, verifyAccessToken, withheldRoles } from '@habitat/platform';
import type { Viewer } from '../graphql/context.ts';

/** Why nobody is signed in. */
export type Absence = 'SIGN_IN_REQUIRED' | 'TOKEN_NOT_VALID' | 'SESSION_ENDED';

export type Presence = { readonly viewer: Viewer } | { readonly viewer: null; readonly absence: Absence };

const REMEMBERED_MS = 2_000;
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly at: number;
  readonly claims: AccessClaims;
  readonly viewer: Promise<Viewer | null>;
}

/** A token is only answered from memory when it says exactly what the remembered one said. */
function isSame(left: AccessClaims, right: AccessClaims): boolean {
  return (
    left.loginId === right.loginId &&
    left.cooperativeId === right.cooperativeId &&
    left.memberId === right.memberId
  );
}

/** The claims of a request's bearer token: null without one, 'invalid' with one that is not to be believed. */
export function claimsOf(
  header: string | undefined,
  secrets: TokenSettings['secrets'],
  now: Date,
): AccessClaims | 'invalid' | null {
  if (header === undefined || header === '') return null;
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1];
  return (token === undefined ? null : verifyAccessToken(token, { secrets }, now)) ?? 'invalid';
}

function viewerOf(
  standing: Standing,
  claims: AccessClaims,
  { roles: held, limits }: Holding,
  today: string,
): Viewer {
  const { email, displayName, memberId, authenticatedAt, ...rest } = standing;
  const { hasSecondFactor, secondFactorPolicy: policy, ...cooperative } = rest;
  const withheld = withheldRoles(policy, { roles: held, hasSecondFactor, today });
  const roles = held.filter((role) => !withheld.includes(role));
  const actor: Actor & { readonly loginId: string } = {
    kind: 'person',
    cooperativeId: claims.cooperativeId,
    loginId: claims.loginId,
    memberId,
    roles,
    limits,
  };
  return {
    actor,
    sessionId: claims.sessionId,
    email,
    displayName,
    cooperative,
    authenticatedAt,
    agent: null,
    secondFactor: { withheld },
  };
}

/** Finds viewers, and forgets one whose session was ended here. */
export interface ViewerLookup {
  find(claims: AccessClaims | 'invalid' | null, now: Date): Promise<Presence>;
  forget(sessionId: string): void;
}

/** Builds the lookup; `monotonicMs` measures how long something was remembered and is not the cooperative's clock. */
export function createViewerLookup(
  database: Database,
  monotonicMs: () => number = () => performance.now(),
): ViewerLookup {
  const remembered = new Map<string, Remembered>();

  async function load(claims: AccessClaims, now: Date): Promise<Viewer | null> {
    const { cooperativeId, memberId } = claims;
    const standing = await findStanding(database, claims);
    if (standing === null || standing.memberId !== memberId) return null;
    const on = todayIn(standing.timeZone, now);
    const holding = await holdingOf(database, { cooperativeId, memberId, on });
    return viewerOf(standing, claims, holding, on);
  }

  function recall(claims: AccessClaims, now: Date): Promise<Viewer | null> {
    const at = monotonicMs();
    const known = remembered.get(claims.sessionId);
    if (known !== undefined && at - known.at < REMEMBERED_MS && isSame(known.claims, claims))
      return known.viewer;
    if (remembered.size > MOST_REMEMBERED) remembered.clear();
    const viewer = load(claims, now);
    remembered.set(claims.sessionId, { at, claims, viewer });
    // A failed lookup is tried again, not remembered.
    viewer.catch(() => remembered.delete(claims.sessionId));
    return viewer;
  }

  return {
    async find(claims, now) {
      if (claims === null) return { viewer: null, absence: 'SIGN_IN_REQUIRED' };
      if (claims === 'invalid') return { viewer: null, absence: 'TOKEN_NOT_VALID' };
      const viewer = await recall(claims, now);
      return viewer === null ? { viewer: null, absence: 'SESSION_ENDED' } : { viewer };
    },
    forget: (sessionId) => {
      remembered.delete(sessionId);
    },
  };
}
