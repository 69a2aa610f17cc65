// The transaction a command or an event handler works in: SQL, the facts of the act (who, when, why) and the
// events it records. State and events commit together or not at all.
import type { ContextName, Envelope, NewEvent } from '@habitat/events';
import { encodePayload } from '@habitat/events';
import type { Actor } from '@habitat/kernel';
import { newId } from '@habitat/kernel';
import type { QueryConfig } from 'pg';
import type { Queryable } from './database.ts';

/** The facts of an act. Rules take them as arguments and never ask a clock themselves. */
export interface ActFacts {
  readonly cooperativeId: string;
  readonly actor: Actor;
  readonly now: Date;
  /** Ties a browser's request to the last handler it set off. */
  readonly correlationId: string;
  /** The event that caused this act, if one did. */
  readonly causationId?: string | null;
  /** The session somebody acts in; the audit trail keeps it. */
  readonly sessionId?: string | null;
}

/** A versioned rule of a cooperative. Rates and automatic approvals are many: their versions name the rule's id too. */
export type RuleName =
  | 'approval'
  | 'contribution'
  | 'services_tax'
  | 'member_class'
  | 'valuation_rule'
  | 'auto_approval'
  | 'journal_threshold'
  | 'posting_rule'
  | 'weights'
  | 'agreement_policies';

/** One transaction of one context, for one cooperative. */
export interface Transaction extends Queryable, ActFacts {
  readonly context: ContextName;
  /** The versions of the cooperative's rules this act was judged by, as "approval:3"; its events carry them. */
  readonly rules: ReadonlySet<string>;
  /** Notes that a rule's version decided something about this act: the audit trail tells by which rules it was done. */
  judgedBy(rule: RuleName, ...version: readonly (string | number)[]): void;
  /** Records events when the transaction commits, in the order given. */
  append(...events: readonly NewEvent[]): void;
  /** The same transaction, acting because of this event: what it records names it as its cause. */
  causedBy(event: Envelope): Transaction;
}

interface Recorded {
  readonly event: NewEvent;
  readonly facts: ActFacts;
  /** Of the act it belongs to; complete when it commits. */
  readonly rules: ReadonlySet<string>;
}

/** A transaction with its recorded events still to be written; only the runners in this package see this. */
export interface PendingTransaction extends Transaction {
  readonly recorded: readonly Recorded[];
}

/** Builds the transaction handed to commands and handlers. */
export function openTransaction(
  context: ContextName,
  client: Queryable,
  facts: ActFacts,
): PendingTransaction {
  const recorded: Recorded[] = [];
  const view = (of: ActFacts, rules = new Set<string>()): PendingTransaction => ({
    context,
    recorded,
    rules,
    cooperativeId: of.cooperativeId,
    actor: of.actor,
    now: of.now,
    correlationId: of.correlationId,
    causationId: of.causationId ?? null,
    query: (sql, values) => client.query(sql, values),
    judgedBy: (rule, ...version) => {
      rules.add([rule, ...version].join(':'));
    },
    append: (...events) => {
      for (const event of events) recorded.push({ event, facts: of, rules });
    },
    causedBy: (event) => view({ ...of, correlationId: event.correlationId, causationId: event.id }),
  });
  return view(facts);
}

/** Records events in a transaction that runs no command: somebody signs in, a clock finds something. */
export async function appendEvents(
  client: Queryable,
  context: ContextName,
  facts: ActFacts,
  ...events: readonly NewEvent[]
): Promise<void> {
  const tx = openTransaction(context, client, facts);
  tx.append(...events);
  const statement = eventsStatement(tx);
  if (statement !== null) await client.query(statement);
}

/**
 * Does the part of an act that belongs to another cooperative of the same person, with the events it records there: all of
 * it commits or none. Whoever calls it has made sure that the person belongs there.
 */
export async function actElsewhere<Result>(
  tx: Transaction,
  there: Pick<ActFacts, 'cooperativeId' | 'actor'>,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const enter = (cooperativeId: string) =>
    tx.query(`select set_config('habitat.cooperative_id', $1, true)`, [cooperativeId]);
  const { now, correlationId, causationId } = tx;
  const inner = openTransaction(tx.context, tx, {
    ...there,
    now,
    correlationId,
    causationId: causationId ?? null,
  });
  await enter(there.cooperativeId);
  const result = await work(inner);
  const statement = eventsStatement(inner);
  if (statement !== null) await tx.query(statement);
  // Whoever threw has ended the transaction with it.
  await enter(tx.cooperativeId);
  return result;
}

const insertEvents = `
  insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id,
    actor_kind, actor_login_id, actor_member_id, correlation_id, causation_id, recorded_at, payload, rules)
  select $1, e.id, e.type, e.version, e.aggregate_type, e.aggregate_id,
    e.actor_kind, e.actor_login_id, e.actor_member_id, e.correlation_id, e.causation_id, e.recorded_at,
    case when e.personal is null then e.payload else platform.seal_payload(e.payload, e.personal) end, e.rules
  from rows from (
    jsonb_to_recordset($2::jsonb) as (id uuid, type text, version int, aggregate_type text, aggregate_id uuid,
      actor_kind text, actor_login_id uuid, actor_member_id uuid, correlation_id text, causation_id uuid,
      recorded_at timestamptz, payload jsonb, personal jsonb, rules text[])
  ) with ordinality as e
  order by e.ordinality`;

/** The statement that writes the recorded events, all at once, to be sent just before commit; null when there are none. */
export function eventsStatement(transaction: PendingTransaction): QueryConfig | null {
  if (transaction.recorded.length === 0) return null;
  const rows = transaction.recorded.map(({ event, facts, rules }) => ({
    id: newId(),
    type: event.contract.type,
    version: event.contract.version,
    aggregate_type: event.contract.aggregateType,
    aggregate_id: event.aggregateId,
    actor_kind: facts.actor.kind,
    actor_login_id: facts.actor.loginId,
    actor_member_id: facts.actor.memberId,
    correlation_id: facts.correlationId,
    causation_id: facts.causationId ?? null,
    recorded_at: facts.now.toISOString(),
    payload: event.payload,
    personal: event.contract.personal ?? null,
    ...(rules.size === 0 ? {} : { rules: [...rules].sort() }),
  }));
  return {
    name: 'append-events',
    text: insertEvents,
    values: [transaction.cooperativeId, encodePayload(rows)],
  };
}
