// Refresh tokens: a random secret that names its session, good for one exchange. Presenting one again after its
// exchange means that two hold it, so the session ends for both (RFC 9700 §4.14.2).

/**
 * Two tabs may refresh at once with the token both hold; within these seconds of the first exchange the second gets a
 * token of its own instead of an alarm.
 */
const PARALLEL_REFRESH_SECONDS = 10;

/** A presented token as stored, with its session. */
export interface PresentedToken {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly sessionEndedAt: Date | null;
  readonly standing: boolean;
}

export type RefreshDecision = 'exchange' | 'expired' | 'ended' | 'reused';

/** Decides what presenting a token leads to, in this order: session over, used before, run out, exchanged. */
export function decideRefresh(token: PresentedToken, now: Date): RefreshDecision {
  if (token.sessionEndedAt !== null || !token.standing) return 'ended';
  const sinceUse = token.usedAt === null ? 0 : now.getTime() - token.usedAt.getTime();
  if (token.usedAt !== null && sinceUse > PARALLEL_REFRESH_SECONDS * 1000) return 'reused';
  return token.expiresAt.getTime() <= now.getTime() ? 'expired' : 'exchange';
}
