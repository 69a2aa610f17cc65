// Sends what webhooks have waiting. A run only fills free places and goes: what is on its way goes on beside it, and as no
// webhook and no cooperative gets more than its share of places, a receiver that is slow or away holds nobody else up.
import type { Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import { newId, systemActor } from '@habitat/kernel';
import { giveNotices } from '@habitat/notifications';
import { listCooperatives } from '@habitat/platform';
import type { DueDelivery, SendingOptions, TryOutcome } from '@habitat/webhooks';
import { findOldestDue, listDueDeliveries, tidyWebhooks, tryDelivery } from '@habitat/webhooks';
import { addressNotices } from '../notice/addressing.ts';
import type { Schedule } from '../schedules.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** How many messages are on their way at once: in all, of one cooperative, to one webhook. */
const PLACES = { all: 32, cooperative: 8, webhook: 2 } as const;

export interface WebhookSenderOptions extends Omit<SendingOptions, 'onStopped'> {
  readonly database: Database;
  /** Told how each try went and how many seconds the receiver took. */
  readonly onTry?: (outcome: Exclude<TryOutcome, 'nothing'>, seconds: number) => void;
  /** Told how many seconds the oldest message has been due. */
  readonly onOverdue?: (seconds: number) => void;
  readonly onFault?: (error: unknown) => void;
}

export interface WebhookSender {
  readonly schedules: readonly Schedule[];
  /** Resolves once nothing is on its way. */
  idle(): Promise<void>;
  /** Begins nothing more and waits for what is on its way. */
  stop(): Promise<void>;
}

/** Tells administrators that a webhook was stopped. */
function tellOf(database: Database): NonNullable<SendingOptions['onStopped']> {
  return async (tx, { webhookId, name }, reason) => {
    await giveNotices(
      tx,
      [
        {
          kind: 'webhook_stopped',
          audience: { to: 'roles', roles: ['administrator'] },
          source: `webhook:${webhookId}:${tx.now.toISOString()}`,
          byMemberId: null,
          subjectId: null,
          facts: { name, what: reason },
          at: tx.now,
        },
      ],
      (...asked) => addressNotices(database, ...asked),
    );
  };
}

class Sender implements WebhookSender {
  readonly #options: WebhookSenderOptions;
  readonly #sending: SendingOptions;
  readonly #busy = new Map<string, { readonly due: DueDelivery; readonly work: Promise<void> }>();
  #filling: Promise<void> | null = null;
  #isWanted = false;
  #isEnding = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
    this.#sending = { ...options, onStopped: tellOf(options.database) };
  }

  readonly schedules: readonly Schedule[] = [
    { name: 'send-webhooks', everyMs: SECOND, run: () => this.#fill() },
    {
      name: 'watch-webhooks',
      everyMs: 15 * SECOND,
      run: async (database, now) => {
        const due = await findOldestDue(database, now);
        this.#options.onOverdue?.(due === null ? 0 : (now.getTime() - due.getTime()) / SECOND);
      },
    },
    { name: 'tidy-webhooks', everyMs: HOUR, run: (database, now) => this.#tidy(database, now) },
  ];

  async idle(): Promise<void> {
    while (this.#filling !== null || this.#busy.size > 0)
      await Promise.all([this.#filling, ...[...this.#busy.values()].map(({ work }) => work)]);
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    await this.idle();
  }

  /** Fills the free places; asked again while it does, it looks once more. */
  #fill(): Promise<void> {
    this.#isWanted = true;
    this.#filling ??= this.#look().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #look(): Promise<void> {
    while (this.#isWanted && !this.#isEnding) {
      this.#isWanted = false;
      const limit = { each: PLACES.webhook, limit: PLACES.all * PLACES.cooperative };
      const due = await listDueDeliveries(this.#options.database, this.#options.clock(), limit);
      for (const one of due) if (this.#hasPlace(one)) this.#send(one);
    }
  }

  #hasPlace({ cooperativeId, webhookId, deliveryId }: DueDelivery): boolean {
    const busy = [...this.#busy.values()].map(({ due }) => due);
    return (
      !this.#isEnding &&
      !this.#busy.has(deliveryId) &&
      busy.length < PLACES.all &&
      busy.filter((one) => one.cooperativeId === cooperativeId).length < PLACES.cooperative &&
      busy.filter((one) => one.webhookId === webhookId).length < PLACES.webhook
    );
  }

  #send(due: DueDelivery): void {
    const { onTry, onFault, database } = this.#options;
    const work = tryDelivery(database, due, this.#sending)
      .then(({ outcome, tookMs }) => {
        this.#busy.delete(due.deliveryId);
        if (outcome === 'nothing') return;
        onTry?.(outcome, tookMs / SECOND);
        // A place is free: the next message need not wait for the clock.
        this.#fill().catch(() => undefined);
      })
      .catch((error: unknown) => {
        // Its place in the row is kept for it; the clock brings it back.
        this.#busy.delete(due.deliveryId);
        onFault?.(error);
      });
    this.#busy.set(due.deliveryId, { due, work });
  }

  async #tidy(database: Database, now: Date): Promise<void> {
    for (const { cooperativeId } of await listCooperatives(database)) {
      const actor = systemActor(cooperativeId);
      const facts = { cooperativeId, actor, now, correlationId: `schedule-${newId()}` };
      await runTransaction(database, 'platform', facts, (tx) => tidyWebhooks(tx, this.#options.secrets));
    }
  }
}

/** The schedules that send webhooks, and a way to end them in order. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  return new Sender(options);
}
