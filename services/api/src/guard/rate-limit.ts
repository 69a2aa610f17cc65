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

const MOST_BUCKETS = 50_000;

/** Takes `weight` from the bucket of `key` at `nowMs`; answers the seconds to wait, zero when it was there to take. */
export type RateLimiter = (key: string, nowMs: number, weight?: number) => number;

/** Builds a limiter with a full bucket for everybody. */
export function createRateLimiter(limit: RateLimit): RateLimiter {
  const buckets = new Map<string, Bucket>();

  function forget(nowMs: number): void {
    const full = (limit.burst / limit.perSecond) * 1000;
    for (const [key, bucket] of buckets) if (nowMs - bucket.at > full) buckets.delete(key);
  }

  return (key, nowMs, weight = 1) => {
    if (buckets.size > MOST_BUCKETS) forget(nowMs);
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: nowMs };
    const refilled = bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * limit.perSecond;
    bucket.tokens = Math.min(limit.burst, refilled);
    bucket.at = nowMs;
    buckets.set(key, bucket);
    if (bucket.tokens >= weight) {
      bucket.tokens -= weight;
      return 0;
    }
    return Math.max(1, Math.ceil((weight - bucket.tokens) / limit.perSecond));
  };
}
