// A bucket of requests per actor (or address, before anybody is known) that refills steadily. Kept in memory: each
// process limits what it serves, and Caddy limits what reaches them all.
export interface RateLimit {
  /** Requests that may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MOST_BUCKETS = 50_000;

/** Counts one request of `key` at `nowMs`; answers the seconds to wait, zero when it may pass. */
export function createRateLimiter(limit: RateLimit): (key: string, nowMs: number) => number {
  const buckets = new Map<string, Bucket>();

  function forget(nowMs: number): void {
    const full = (limit.burst / limit.perSecond) * 1000;
    for (const [key, bucket] of buckets) if (nowMs - bucket.at > full) buckets.delete(key);
  }

  return (key, nowMs) => {
    if (buckets.size > MOST_BUCKETS) forget(nowMs);
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: nowMs };
    const refilled = bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * limit.perSecond;
    bucket.tokens = Math.min(limit.burst, refilled);
    bucket.at = nowMs;
    buckets.set(key, bucket);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - bucket.tokens) / limit.perSecond));
  };
}
