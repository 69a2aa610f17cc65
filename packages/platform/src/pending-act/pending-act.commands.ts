// Writing down what an agent may not do alone, and how its supervisor decided. Doing it is the API's business: it runs the
// same mutation in the supervisor's name, and the rules ask again then.
import type { CommandContext, Database, IdempotencyConflict, Queryable } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { JsonValue, Result } from '@habitat/kernel';
import { accept, newId, refuse } from '@habitat/kernel';
import type { PendingAct } from './pending-act.ts';
import { PENDING_DAYS, pendingStatus } from './pending-act.ts';

const DAY_MS = 86_400_000;

const PENDING = `pending_act.id as "pendingActId", key_id as "keyId", api_key.name as "keyName",
  pending_act.supervisor_login_id as "supervisorLoginId", mutation, input, amount_minor as "amountMinor",
  asked_at as "askedAt", pending_act.expires_at as "expiresAt", status`;
const FROM = `platform.pending_act join platform.api_key
  on api_key.cooperative_id = pending_act.cooperative_id and api_key.id = pending_act.key_id`;

type Row = PendingAct & Record<string, unknown>;

export interface QueuedAct {
  readonly keyId: string;
  readonly mutation: string;
  readonly input: JsonValue;
  readonly amountMinor: bigint | null;
}

/** Writes an agent's act down for its supervisor; the same key and act twice waits once. */
export async function queueAct(
  database: Database,
  context: CommandContext,
  act: QueuedAct,
): Promise<Result<{ pendingActId: string }, IdempotencyConflict>> {
  const { idempotencyKey = null, actor } = context;
  return runCommand<{ pendingActId: string }, IdempotencyConflict>(
    database,
    'platform',
    { ...context, idempotencyKey: null },
    { name: 'queueAct', input: act },
    async (tx) => {
      const pendingActId = newId();
      const queued = await tx.query<{ id: string }>(
        `insert into platform.pending_act (cooperative_id, id, key_id, supervisor_login_id, mutation, input, amount_minor,
           idempotency_key, asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (cooperative_id, key_id, idempotency_key) where idempotency_key is not null do nothing
         returning id`,
        [
          tx.cooperativeId,
          pendingActId,
          act.keyId,
          actor.loginId,
          act.mutation,
          JSON.stringify(act.input),
          act.amountMinor,
          idempotencyKey,
          tx.now,
          new Date(tx.now.getTime() + PENDING_DAYS * DAY_MS),
        ],
      );
      if (queued.length > 0) return accept({ pendingActId });
      const [known] = await tx.query<{ id: string; same: boolean }>(
        `select id, mutation = $4 and input = $5::jsonb as same from platform.pending_act
         where cooperative_id = $1 and key_id = $2 and idempotency_key = $3`,
        [tx.cooperativeId, act.keyId, idempotencyKey, act.mutation, JSON.stringify(act.input)],
      );
      if (known?.same !== true) return refuse({ code: 'IDEMPOTENCY_CONFLICT', key: idempotencyKey ?? '' });
      return accept({ pendingActId: known.id });
    },
  );
}

/** In the order checked. */
export type SettleActRefusal =
  { readonly code: 'PENDING_ACT_NOT_FOUND' } | { readonly code: 'PENDING_ACT_OVER' };

/** Notes how the supervisor decided; an act decided before stays as it was. */
export async function settleAct(
  database: Database,
  context: CommandContext,
  input: { readonly pendingActId: string; readonly status: 'done' | 'declined' },
): Promise<Result<{ pendingActId: string }, SettleActRefusal | IdempotencyConflict>> {
  const name = input.status === 'done' ? 'confirmPendingAct' : 'declinePendingAct';
  return runCommand<{ pendingActId: string }, SettleActRefusal>(
    database,
    'platform',
    context,
    { name, input },
    async (tx) => {
      const act = await selectOwnAct(tx, { ...tx, loginId: tx.actor.loginId }, input.pendingActId, true);
      if (act === null || tx.actor.kind !== 'person') return refuse({ code: 'PENDING_ACT_NOT_FOUND' });
      if (pendingStatus(act, tx.now) !== 'waiting') return refuse({ code: 'PENDING_ACT_OVER' });
      await tx.query(
        'update platform.pending_act set status = $3, settled_at = $4 where cooperative_id = $1 and id = $2',
        [tx.cooperativeId, input.pendingActId, input.status, tx.now],
      );
      return accept({ pendingActId: input.pendingActId });
    },
  );
}

interface Owner {
  readonly cooperativeId: string;
  readonly loginId: string | null;
}

async function selectOwnAct(
  client: Queryable,
  { cooperativeId, loginId }: Owner,
  pendingActId: string,
  lock = false,
): Promise<PendingAct | null> {
  const [row] = await client.query<Row>(
    `select ${PENDING} from ${FROM} where pending_act.cooperative_id = $1 and pending_act.supervisor_login_id = $2
       and pending_act.id = $3 ${lock ? 'for update of pending_act' : ''}`,
    [cooperativeId, loginId, pendingActId],
  );
  return row ?? null;
}

/** One act of a supervisor's agents; null when there is none. */
export async function findPendingAct(
  database: Database,
  owner: Owner,
  pendingActId: string,
): Promise<PendingAct | null> {
  const { cooperativeId } = owner;
  return database.read('platform', { cooperativeId }, (client) => selectOwnAct(client, owner, pendingActId));
}

/** What waits for this supervisor, oldest first. */
export async function listPendingActs(database: Database, owner: Owner, now: Date): Promise<PendingAct[]> {
  const { cooperativeId, loginId } = owner;
  return database.read('platform', { cooperativeId }, (client) =>
    client.query<Row>(
      `select ${PENDING} from ${FROM} where pending_act.cooperative_id = $1 and pending_act.supervisor_login_id = $2
         and status = 'waiting' and pending_act.expires_at > $3 order by asked_at, pending_act.id`,
      [cooperativeId, loginId, now],
    ),
  );
}
