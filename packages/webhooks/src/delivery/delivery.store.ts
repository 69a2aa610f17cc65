// SQL of deliveries: put in the row, taken by one sender, settled by the same one. Every statement names the cooperative.
import type { Database, Queryable, Transaction } from '@habitat/database';
import type { WebhookMessage } from '../message/kind.ts';
import type { DeliveryState, WebhookAttempt, WebhookDelivery } from './delivery.ts';

type Row<T> = T & Record<string, unknown>;

export type EventMessage = WebhookMessage & { readonly eventId: string };

/** Queues messages for every running webhook that is told of them; an event that comes again changes nothing. */
export async function insertDeliveries(tx: Transaction, messages: readonly EventMessage[]): Promise<number> {
  const queued = await tx.query(
    `insert into platform.webhook_delivery (cooperative_id, id, webhook_id, event_id, kind, body, queued_at, due_at)
     select $1, gen_random_uuid(), w.id, m."eventId", m.kind, m.body, $3, $3
     from jsonb_to_recordset($2::jsonb) as m ("eventId" uuid, kind text, body text)
     join platform.webhook w on w.cooperative_id = $1 and m.kind = any(w.kinds)
       and w.stopped_at is null and w.removed_at is null
     on conflict (cooperative_id, webhook_id, event_id) do nothing returning id`,
    [tx.cooperativeId, JSON.stringify(messages), tx.now],
  );
  return queued.length;
}

/** Queues one message for one webhook, whatever it is told of. */
export async function insertTest(
  tx: Transaction,
  webhookId: string,
  { kind, body }: WebhookMessage,
): Promise<void> {
  await tx.query(
    `insert into platform.webhook_delivery (cooperative_id, id, webhook_id, kind, body, queued_at, due_at)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, $5)`,
    [tx.cooperativeId, webhookId, kind, body, tx.now],
  );
}

/** A delivery that is due: looked up over all cooperatives, taken in one. */
export interface DueDelivery {
  readonly cooperativeId: string;
  readonly webhookId: string;
  readonly deliveryId: string;
}

/** What is due, the oldest of each webhook first and at most `each` of it: a long row does not hide the others. */
export async function listDueDeliveries(
  database: Database,
  now: Date,
  { each, limit }: { readonly each: number; readonly limit: number },
): Promise<DueDelivery[]> {
  return database.single<Row<DueDelivery>>(
    'relay',
    `select w.cooperative_id as "cooperativeId", w.id as "webhookId", d.id as "deliveryId"
     from platform.webhook w cross join lateral (
       select id, due_at from platform.webhook_delivery
       where cooperative_id = w.cooperative_id and webhook_id = w.id and due_at <= $1 order by due_at limit $2) d
     where w.stopped_at is null and w.removed_at is null order by d.due_at limit $3`,
    [now, each, limit],
  );
}

/** When the oldest message became due that still waits; null when none does. */
export async function findOldestDue(database: Database, now: Date): Promise<Date | null> {
  const [row] = await database.single<{ due: Date | null }>(
    'relay',
    'select min(due_at) as due from platform.webhook_delivery where due_at <= $1',
    [now],
  );
  return row?.due ?? null;
}

/** A delivery that one sender has taken, with everything it needs to send it. */
export interface TakenDelivery {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly body: string;
  readonly tries: number;
  readonly sealedSecret: string;
  readonly sealedPrevious: string | null;
  readonly previousUntil: Date | null;
}

/** Takes a due delivery for as long as `until`; null when another sender has it or it is not due any more. */
export async function takeDelivery(
  tx: Transaction,
  deliveryId: string,
  until: Date,
): Promise<TakenDelivery | null> {
  const [row] = await tx.query<Row<TakenDelivery>>(
    `with due as materialized (
       select cooperative_id, id from platform.webhook_delivery
       where cooperative_id = $1 and id = $2 and due_at <= $3 for update skip locked)
     update platform.webhook_delivery d set due_at = $4, tries = d.tries + 1
     from due join platform.webhook w on w.cooperative_id = due.cooperative_id
     where d.cooperative_id = due.cooperative_id and d.id = due.id and w.id = d.webhook_id and w.stopped_at is null
     returning d.id as "deliveryId", d.webhook_id as "webhookId", d.body, d.tries, w.url,
       w.sealed_secret as "sealedSecret", w.sealed_previous as "sealedPrevious", w.previous_until as "previousUntil"`,
    [tx.cooperativeId, deliveryId, tx.now, until],
  );
  return row ?? null;
}

export async function insertAttempt(
  tx: Transaction,
  deliveryId: string,
  { at, tookMs, status, fault }: WebhookAttempt,
): Promise<void> {
  await tx.query(
    `insert into platform.webhook_attempt (cooperative_id, id, delivery_id, at, took_ms, status, fault)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, $6)`,
    [tx.cooperativeId, deliveryId, at, tookMs, status, fault],
  );
}

/** Notes how a taken delivery went on; nothing when somebody settled it, or began another round, meanwhile. */
export async function updateDelivery(
  tx: Transaction,
  { deliveryId, tries }: Pick<TakenDelivery, 'deliveryId' | 'tries'>,
  next: { readonly state: DeliveryState; readonly dueAt: Date | null },
): Promise<void> {
  await tx.query(
    `update platform.webhook_delivery set state = $4, due_at = $5, settled_at = case when $4 = 'waiting' then null else $6::timestamptz end
     where cooperative_id = $1 and id = $2 and tries = $3 and state = 'waiting'`,
    [tx.cooperativeId, deliveryId, tries, next.state, next.dueAt, tx.now],
  );
}

/** Something came through: a write at most once a minute, so that a busy webhook's row is not hot. */
export async function markReached(tx: Transaction, webhookId: string): Promise<void> {
  await tx.query(
    `update platform.webhook set failing_since = null, delivered_at = $3
     where cooperative_id = $1 and id = $2
       and (failing_since is not null or delivered_at is null or delivered_at < $3::timestamptz - interval '1 minute')`,
    [tx.cooperativeId, webhookId, tx.now],
  );
}

/** Nothing came through; answers since when. */
export async function markFailing(tx: Transaction, webhookId: string): Promise<Date> {
  await tx.query(
    `update platform.webhook set failing_since = $3 where cooperative_id = $1 and id = $2 and failing_since is null`,
    [tx.cooperativeId, webhookId, tx.now],
  );
  const [row] = await tx.query<{ since: Date | null }>(
    'select failing_since as since from platform.webhook where cooperative_id = $1 and id = $2',
    [tx.cooperativeId, webhookId],
  );
  return row?.since ?? tx.now;
}

/** Begins another round for deliveries: the ones named, or with null all that were given up. Answers how many. */
export async function requeue(
  tx: Transaction,
  webhookId: string,
  deliveryIds: readonly string[] | null,
): Promise<number> {
  const again = await tx.query(
    `update platform.webhook_delivery set state = 'waiting', tries = 0, due_at = $4, settled_at = null
     where cooperative_id = $1 and webhook_id = $2
       and case when $3::uuid[] is null then state = 'given_up' else id = any($3) end returning id`,
    [tx.cooperativeId, webhookId, deliveryIds, tx.now],
  );
  return again.length;
}

export interface DeliveryQuery {
  readonly cooperativeId: string;
  readonly webhookId: string;
  readonly limit: number;
  /** Time and id of the last one seen, newest first; null for the first page. */
  readonly after: readonly string[] | null;
}

/** The latest deliveries of a webhook, each with its last try. */
export async function selectDeliveries(client: Queryable, query: DeliveryQuery): Promise<WebhookDelivery[]> {
  const rows = await client.query<Row<Omit<WebhookDelivery, 'lastAttempt'> & Partial<WebhookAttempt>>>(
    `select d.id as "deliveryId", d.kind, d.body, d.queued_at as "queuedAt", d.state, d.due_at as "dueAt",
       d.settled_at as "settledAt", a.attempts, a.at, a.took_ms as "tookMs", a.status, a.fault
     from platform.webhook_delivery d
     left join lateral (
       select at, took_ms, status, fault, count(*) over ()::int as attempts from platform.webhook_attempt
       where cooperative_id = d.cooperative_id and delivery_id = d.id order by at desc limit 1) a on true
     where d.cooperative_id = $1 and d.webhook_id = $2
       and ($3::timestamptz is null or (d.queued_at, d.id) < ($3, $4::uuid))
     order by d.queued_at desc, d.id desc limit $5`,
    [query.cooperativeId, query.webhookId, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );
  return rows.map(({ at, tookMs, status, fault, attempts, ...delivery }) => ({
    ...delivery,
    attempts: attempts ?? 0,
    lastAttempt:
      at == null ? null : { at, tookMs: tookMs ?? 0, status: status ?? null, fault: fault ?? null },
  }));
}
