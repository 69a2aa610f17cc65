// A bucket per actor, address or cooperative that refills steadily, and empties by requests or by what they cost. Kept in
// memory: each process limits what it serves, and several serve as many times more (docs/decisions/0013).
export interface RateLimit {
  /** What may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Takes `weight` from the bucket of `key` at `nowMs`; answers the milliseconds to wait, zero when it was there to take. */
export type RateLimiter = (key: string, nowMs: number, weight?: number) => number;

/** Builds a limiter with a full bucket for everybody. */
export function createRateLimiter(limit: RateLimit): RateLimiter {
  // Nobody asked of a bucket for as long as an empty one takes to fill: it is full, and forgotten with all its like at
  // once. So no request ever walks over the buckets of others, however many strangers come.
  const fullAfterMs = (limit.burst / limit.perSecond) * 1000;
  let recent = new Map<string, Bucket>();
  let earlier = new Map<string, Bucket>();
  let begunAt = Number.NEGATIVE_INFINITY;

  return (key, nowMs, weight = 1) => {
    if (nowMs - begunAt > fullAfterMs) {
      earlier = recent;
      recent = new Map();
      begunAt = nowMs;
    }
    const bucket = recent.get(key) ?? earlier.get(key) ?? { tokens: limit.burst, at: nowMs };
    const refilled = bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * limit.perSecond;
    bucket.tokens = Math.min(limit.burst, refilled);
    bucket.at = nowMs;
    recent.set(key, bucket);
    if (bucket.tokens >= weight) {
      bucket.tokens -= weight;
      return 0;
    }
    return ((weight - bucket.tokens) / limit.perSecond) * 1000;
  };
}

/** As `Retry-After` says it: whole seconds, never too few. */
export const secondsOf = (waitMs: number): number => Math.ceil(waitMs / 1000);
