// Runs a command: load, decide, save and append events in one transaction. With an idempotency key, the same
// request gets the first answer again, and the key is stored with the effect it stands for.
import type { ContextName } from '@habitat/events';
import { actDone, encodePayload, newEvent, requestExpired } from '@habitat/events';
import type { CommandName, JsonValue, Result } from '@habitat/kernel';
import type { QueryConfig, QueryResultRow } from 'pg';
import { accept, canonicalHash, isId, refuse } from '@habitat/kernel';
import type { Database, Queryable, Session } from './database.ts';
import type { ActFacts, PendingTransaction, Transaction } from './transaction.ts';
import { eventsStatement, openTransaction } from './transaction.ts';

/** The facts of an act, with the caller's idempotency key when there is one. */
export interface CommandContext extends ActFacts {
  readonly idempotencyKey?: string | null;
}

/** The same key came with another input. */
export interface IdempotencyConflict {
  readonly code: 'IDEMPOTENCY_CONFLICT';
  readonly key: string;
}

/** What may be stored as an answer and given again: plain JSON, amounts as decimal strings. */
export type Answer =
  null | string | number | boolean | readonly Answer[] | { readonly [field: string]: Answer };

/** Thrown inside the transaction to roll it back when the command was refused. */
class Refused<R> extends Error {
  constructor(readonly refusal: R) {
    super('refused');
  }
}

/** Thrown to roll back what the work did before its key was known to be answered already. */
class Answered extends Error {
  constructor(readonly answer: Answer) {
    super('answered');
  }
}

const RETRIABLE = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 4;

function isRetriable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && RETRIABLE.has(String(error.code));
}

/** Who a key belongs to: two people may use the same key without meeting. */
function actorKey(context: CommandContext): string {
  return context.actor.loginId ?? context.actor.kind;
}

/** The order of an input's fields says nothing about it. */
function fingerprintOf(input: unknown): string {
  return canonicalHash(JSON.parse(encodePayload(input ?? null)) as JsonValue);
}

type Claim =
  | { readonly state: 'mine' }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'conflict' };

async function claimKey(
  client: Queryable,
  tx: Pick<ActFacts, 'cooperativeId' | 'now'>,
  who: string,
  key: string,
  command: string,
  fingerprint: string,
): Promise<Claim> {
  const claimed = await client.query({
    name: 'claim-idempotency-key',
    text: `insert into platform.idempotency_key (cooperative_id, actor_key, key, command, fingerprint, created_at)
           values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning key`,
    values: [tx.cooperativeId, who, key, command, fingerprint, tx.now],
  });
  if (claimed.length > 0) return { state: 'mine' };
  const [stored] = await client.query<{ command: string; fingerprint: string; response: Answer }>(
    'select command, fingerprint, response from platform.idempotency_key where cooperative_id = $1 and actor_key = $2 and key = $3',
    [tx.cooperativeId, who, key],
  );
  if (stored === undefined) throw new Error('an idempotency key vanished while it was claimed');
  if (stored.command !== command || stored.fingerprint !== fingerprint) return { state: 'conflict' };
  return { state: 'answered', answer: stored.response };
}

/** Thrown out of the work of a command whose key turned out not to be its own. */
class Superseded extends Error {}

/** Queries whose answers are handed over once the key is known to be ours: claim and first query travel together. */
function behindClaim(client: Queryable, claimed: Promise<Claim>): Queryable {
  return {
    async query<Row extends QueryResultRow>(sql: string | QueryConfig, values?: readonly unknown[]) {
      const rows = client.query<Row>(sql, values);
      rows.catch(() => undefined);
      if ((await claimed).state !== 'mine') throw new Superseded('the key is not this request’s');
      return rows;
    },
  };
}

/** Whether an answer says, of itself or of a part, that it takes a second person (`needsSecond`). */
function saysItWaits(answer: Answer): boolean {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false;
  return Object.entries(answer).some(([name, part]) =>
    name === 'needsSecond' ? part === true : saysItWaits(part as Answer),
  );
}

/**
 * An act that no event tells is told as done, with what it touched: nothing is done that the audit trail doesn't know. What
 * it ended on its way, because nobody had decided on it in time, doesn't tell of the act itself.
 */
function tellAct(tx: PendingTransaction, answer: Answer): void {
  if (tx.recorded.some(({ event }) => event.contract.type !== requestExpired.type)) return;
  const named = Object.entries(typeof answer === 'object' && !Array.isArray(answer) ? (answer ?? {}) : {});
  const ids = named.filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && isId(entry[1]),
  );
  const subjects = Object.fromEntries(ids);
  const waits = saysItWaits(answer) ? { waits: true } : {};
  tx.append(newEvent(actDone, tx.cooperativeId, { context: tx.context, subjects, ...waits }));
}

function sendEvents(session: Session, tx: PendingTransaction): void {
  const events = eventsStatement(tx);
  if (events !== null) session.last(events);
}

/** One command under a key: the first answer again, or the work and its answer stored with the key. */
async function keyedAttempt<Value extends Answer, R>(
  session: Session,
  contextName: ContextName,
  context: CommandContext,
  key: { readonly key: string; readonly command: string; readonly fingerprint: string },
  work: (tx: Transaction) => Promise<Result<Value, R>>,
): Promise<Result<Value, R>> {
  const who = actorKey(context);
  const claimed = claimKey(session, context, who, key.key, key.command, key.fingerprint);
  claimed.catch(() => undefined);
  const tx = openTransaction(contextName, behindClaim(session, claimed), context);
  // What the work comes to only counts once the key is known to be ours.
  const worked = await work(tx).then(
    (result) => () => result,
    (fault: unknown) => () => {
      throw fault;
    },
  );
  const claim = await claimed;
  if (claim.state === 'conflict')
    throw new Refused<IdempotencyConflict>({ code: 'IDEMPOTENCY_CONFLICT', key: key.key });
  if (claim.state === 'answered') throw new Answered(claim.answer);
  const result = worked();
  if (!result.ok) throw new Refused(result.refusal);
  tellAct(tx, result.value);
  sendEvents(session, tx);
  session.last({
    name: 'answer-idempotency-key',
    text: 'update platform.idempotency_key set response = $4::jsonb where cooperative_id = $1 and actor_key = $2 and key = $3',
    values: [tx.cooperativeId, who, key.key, encodePayload(result.value)],
  });
  return result;
}

/**
 * Runs one command of a context in one transaction.
 *
 * `work` returns an answer to be stored with the key, or a refusal, after which nothing of the command remains.
 * The input decides whether a repeated key is the same request. Deadlocks and serialisation failures are tried again.
 */
export async function runCommand<Value extends Answer, R>(
  database: Database,
  contextName: ContextName,
  context: CommandContext,
  command: { readonly name: CommandName; readonly input: unknown },
  work: (tx: Transaction) => Promise<Result<Value, R>>,
): Promise<Result<Value, R | IdempotencyConflict>> {
  const key = context.idempotencyKey ?? null;
  const claim =
    key === null ? null : { key, command: command.name, fingerprint: fingerprintOf(command.input) };

  const { cooperativeId, sessionId = null } = context;
  const scope = { cooperativeId, command: command.name, sessionId };
  const attempt = () =>
    database.transaction(contextName, scope, async (session) => {
      if (claim !== null) return keyedAttempt(session, contextName, context, claim, work);
      const tx = openTransaction(contextName, session, context);
      const result = await work(tx);
      if (!result.ok) throw new Refused(result.refusal);
      tellAct(tx, result.value);
      sendEvents(session, tx);
      return result;
    });

  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Answered) return accept(error.answer as Value);
      if (error instanceof Refused) return refuse(error.refusal as R | IdempotencyConflict);
      if (tried >= MAX_ATTEMPTS || !isRetriable(error)) throw error;
    }
  }
}

/** Runs work that is not a refusable command (an event handler's effect, a schedule) and appends its events. */
export async function runTransaction<T>(
  database: Database,
  contextName: ContextName,
  facts: ActFacts,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction(contextName, { cooperativeId: facts.cooperativeId }, async (session) => {
    const tx = openTransaction(contextName, session, facts);
    const value = await work(tx);
    sendEvents(session, tx);
    return value;
  });
}
