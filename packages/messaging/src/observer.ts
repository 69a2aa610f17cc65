// What delivery tells about itself, for metrics and logs; the packages below know neither.
import type { Envelope } from '@habitat/events';

export interface DeliveryObserver {
  /** Runs the sending of one event to the bus. */
  sending?(event: Envelope, work: () => Promise<void>): Promise<void>;
  /** Runs a handler on some events; answers with how many were fresh, as the work does. */
  handling?(handler: string, events: readonly Envelope[], work: () => Promise<number>): Promise<number>;
  /** These left the outbox. */
  published?(events: readonly Envelope[]): void;
  /** `fresh` of the batch took effect; the others were duplicates. */
  handled?(handler: string, events: readonly Envelope[], fresh: number): void;
  retried?(handler: string, event: Envelope, attempts: number, error: unknown): void;
  gaveUp?(handler: string, event: Envelope, attempts: number, error: unknown): void;
  /** A message on the bus that is no envelope of ours. */
  unreadable?(queue: string, problem: string): void;
  /** This process became, or stopped being, the one that relays. */
  relaying?(active: boolean): void;
  /** Something is down and being waited for. */
  waiting?(what: string, error: unknown): void;
}
