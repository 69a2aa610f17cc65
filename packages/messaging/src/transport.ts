// How events get from the outbox to the handlers. The relay hands over batches in log order and removes an event
// from the outbox when the transport has settled it.
import type { StoredEvent } from './event-log.ts';

export interface Transport {
  /** Makes ready to take events; called before the relay reads any. */
  start(): Promise<void>;
  /**
   * Takes a batch. `settle` is called once per event that is safe without the outbox: on disk at the broker, or
   * handled here. Events of one aggregate are settled in order, also where another batch is handed over before this
   * one is taken. Rejects when the transport is down; once no batch is on its way, what it had not settled is handed
   * over again.
   *
   * @param suspect these events were in the outbox when this process began: one of them may have ended the last
   */
  hand(events: readonly StoredEvent[], settle: (event: StoredEvent) => void, suspect: boolean): Promise<void>;
  /** Resolves when everything handed over is settled. */
  idle(): Promise<void>;
  /** Whether events can travel now. */
  isReady(): boolean;
  stop(): Promise<void>;
}
