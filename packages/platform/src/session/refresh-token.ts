// Refresh tokens: a random secret that names its session, good for one exchange. Presenting one again after its
// exchange means that two hold it, so the session ends for both (RFC 9700 §4.14.2).
import { createHash, randomBytes } from 'node:crypto';
import { isId } from '@habitat/kernel';

/**
 * Two tabs may refresh at once with the token both hold; within these seconds of the first exchange the second gets a
 * token of its own instead of an alarm.
 */
export const PARALLEL_REFRESH_SECONDS = 10;

export interface RefreshTokenName {
  readonly cooperativeId: string;
  readonly tokenHash: string;
}

/** Only this hash is ever stored. The secret is random, so a fast hash does. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A fresh token: the text for the client and what is stored of it. */
export function newRefreshToken(cooperativeId: string): { text: string } & RefreshTokenName {
  const secret = randomBytes(32).toString('base64url');
  return { text: `${cooperativeId}.${secret}`, cooperativeId, tokenHash: hashOf(secret) };
}

/** What a presented text names; null for text that was never a token of ours. */
export function readRefreshToken(text: string): RefreshTokenName | null {
  const [cooperativeId, secret, ...rest] = text.split('.');
  if (cooperativeId === undefined || secret === undefined || rest.length > 0) return null;
  if (!isId(cooperativeId) || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return null;
  return { cooperativeId, tokenHash: hashOf(secret) };
}

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
