// Runs a command: load, decide, save and append events in one transaction. With an idempotency key, the same
// request gets the first answer again, and the key is stored with the effect it stands for.
import type { ContextName } from '@habitat/events';
import { encodePayload } from '@habitat/events';
import type { JsonValue, Result } from '@habitat/kernel';
import { accept, canonicalHash, refuse } from '@habitat/kernel';
import type { Database } from './database.ts';
import type { ActFacts, Transaction } from './transaction.ts';
import { flushEvents, openTransaction } from './transaction.ts';

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
  tx: Transaction,
  who: string,
  key: string,
  command: string,
  fingerprint: string,
): Promise<Claim> {
  const claimed = await tx.query({
    name: 'claim-idempotency-key',
    text: `insert into platform.idempotency_key (cooperative_id, actor_key, key, command, fingerprint, created_at)
           values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning key`,
    values: [tx.cooperativeId, who, key, command, fingerprint, tx.now],
  });
  if (claimed.length > 0) return { state: 'mine' };
  const [stored] = await tx.query<{ command: string; fingerprint: string; response: Answer }>(
    'select command, fingerprint, response from platform.idempotency_key where cooperative_id = $1 and actor_key = $2 and key = $3',
    [tx.cooperativeId, who, key],
  );
  if (stored === undefined) throw new Error('an idempotency key vanished while it was claimed');
  if (stored.command !== command || stored.fingerprint !== fingerprint) return { state: 'conflict' };
  return { state: 'answered', answer: stored.response };
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
  command: { readonly name: string; readonly input: unknown },
  work: (tx: Transaction) => Promise<Result<Value, R>>,
): Promise<Result<Value, R | IdempotencyConflict>> {
  const key = context.idempotencyKey ?? null;
  const fingerprint = key === null ? '' : fingerprintOf(command.input);

  const attempt = () =>
    database.transaction(contextName, { cooperativeId: context.cooperativeId }, async (client) => {
      const tx = openTransaction(contextName, client, context);
      if (key !== null) {
        const claim = await claimKey(tx, actorKey(context), key, command.name, fingerprint);
        if (claim.state === 'conflict')
          throw new Refused<IdempotencyConflict>({ code: 'IDEMPOTENCY_CONFLICT', key });
        if (claim.state === 'answered') return accept(claim.answer as Value);
      }
      const result = await work(tx);
      if (!result.ok) throw new Refused(result.refusal);
      await flushEvents(tx);
      if (key !== null) {
        await tx.query({
          name: 'answer-idempotency-key',
          text: 'update platform.idempotency_key set response = $4::jsonb where cooperative_id = $1 and actor_key = $2 and key = $3',
          values: [tx.cooperativeId, actorKey(context), key, encodePayload(result.value)],
        });
      }
      return result;
    });

  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
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
  return database.transaction(contextName, { cooperativeId: facts.cooperativeId }, async (client) => {
    const tx = openTransaction(contextName, client, facts);
    const value = await work(tx);
    await flushEvents(tx);
    return value;
  });
}
