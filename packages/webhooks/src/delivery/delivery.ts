// Deliveries as pure rules: when the next try comes after one that failed.

/** Seconds before the next try, by how many there were; after the last, a message is given up: over three days in all. */
const PAUSES = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** A pause is up to so much longer or shorter, so that receivers that were away are not met by everything at once. */
const JITTER = 0.2;

/** Tries of a message in one round. */
export const MOST_TRIES = PAUSES.length + 1;

/** When the next try comes; null after the last one. `chance` lies between 0 and 1. */
export function nextTryAt(tries: number, now: Date, chance: number): Date | null {
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return null;
  return new Date(now.getTime() + pause * 1000 * (1 + JITTER * (2 * chance - 1)));
}

export type DeliveryState = 'waiting' | 'delivered' | 'given_up';

/** A message to one address, as it is listed. */
export interface WebhookDelivery {
  readonly deliveryId: string;
  readonly kind: string;
  readonly body: string;
  readonly queuedAt: Date;
  readonly state: DeliveryState;
  /** When the next try is due; null when there is none. */
  readonly dueAt: Date | null;
  readonly settledAt: Date | null;
  /** Tries so far, in every round. */
  readonly attempts: number;
  readonly lastAttempt: WebhookAttempt | null;
}

export interface WebhookAttempt {
  readonly at: Date;
  readonly tookMs: number;
  readonly status: number | null;
  readonly fault: string | null;
}
