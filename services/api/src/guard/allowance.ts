// How much anybody may ask of one process: a generous share for every screen and script, and never so much that others
// notice. Several processes serve as many times more, see docs/decisions/0013.
import type { RateLimit, TurnLimits } from '@habitat/allowance';

export interface Allowances {
  /** Requests of one account. */
  readonly actor: RateLimit;
  /** Requests from one address while nobody is known: signing in, links, tokens that are not believed. */
  readonly address: RateLimit;
  /** Requests of everybody in one cooperative together. */
  readonly cooperative: RateLimit;
  /** What the operations of one account, or of one address, may cost together. */
  readonly cost: RateLimit;
  /** Requests of one cooperative that are worked on at once. */
  readonly turns: TurnLimits;
  /** Files of one account on their way at once: they take as long as its line does, so they hold up nobody else. */
  readonly files: TurnLimits;
  /** How long a refusal is kept back, in milliseconds: whoever asks again at once asks no faster than that. */
  readonly refusedAfterMs: number;
}

/** In force unless said otherwise; half of the usual eight connections are one cooperative's at most. */
export const USUAL_ALLOWANCES: Allowances = {
  actor: { burst: 200, perSecond: 50 },
  address: { burst: 100, perSecond: 10 },
  cooperative: { burst: 400, perSecond: 100 },
  cost: { burst: 250_000, perSecond: 10_000 },
  turns: { atOnce: 4, inLine: 200, beside: { atOnce: 1, pace: { burst: 50, perSecond: 25 }, waitsMs: 50 } },
  files: { atOnce: 3, inLine: 30, beside: null },
  refusedAfterMs: 1_000,
};

const PLENTY: RateLimit = { burst: 1e12, perSecond: 1e12 };

/** For a bench or an import that is alone with the process. */
export const NO_ALLOWANCES: Allowances = {
  actor: PLENTY,
  address: PLENTY,
  cooperative: PLENTY,
  cost: PLENTY,
  turns: { atOnce: 1_000, inLine: 100_000, beside: null },
  files: { atOnce: 1_000, inLine: 100_000, beside: null },
  refusedAfterMs: 0,
};
