export { networkOf } from './network.ts';
export { createRateLimiter, secondsOf } from './rate-limit.ts';
export type { RateLimit, RateLimiter } from './rate-limit.ts';
export { createTurns } from './turns.ts';
export type { Asker, Turn, TurnLimits } from './turns.ts';
