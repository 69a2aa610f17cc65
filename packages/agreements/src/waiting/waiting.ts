// What waits for a second person in agreements, its end when nobody decided in time, and a no to reopening a period.
import type {
  CommandContext,
  Database,
  IdempotencyConflict,
  Queryable,
  Transaction,
} from '@habitat/database';
import { appendDeclined, appendExpired, runCommand } from '@habitat/database';
import type { Result, WaitingRequest } from '@habitat/kernel';
import { accept, expectAccepted, hasRole, isId, isPastItsTime, refuse } from '@habitat/kernel';
import { needCooperative } from '../copies/cooperative-copy.ts';
import { expireReopenings, openReopening } from '../period-close/reopen.store.ts';
import { isSigner, signatureOf } from '../signature.ts';

const openTerms = `t.needs_second and not exists (select from agreements.terms_decision d
  where d.cooperative_id = t.cooperative_id and d.terms_id = t.id)`;

/** Weights and policies that reach into a running period, and periods to be opened again, the oldest first. */
export async function listAgreementsWaiting(
  database: Database,
  cooperativeId: string,
): Promise<WaitingRequest[]> {
  return database.read('agreements', { cooperativeId }, (client) => selectWaiting(client, cooperativeId));
}

function selectWaiting(client: Queryable, cooperativeId: string): Promise<WaitingRequest[]> {
  return client.query<WaitingRequest & Record<string, unknown>>(
    `select case t.kind when 'weights' then 'setWeights' else 'setPolicies' end as act, t.id,
       null::uuid as "subjectId", t.rationale as reason, t.by_login_id as "byLoginId",
       t.by_member_id as "byMemberId", t.recorded_at as "requestedAt"
     from agreements.terms t where t.cooperative_id = $1 and ${openTerms}
     union all
     select 'requestReopen', r.id, r.close_id, r.reason, r.by_login_id, r.by_member_id, r.recorded_at
     from agreements.reopen_request r where r.cooperative_id = $1 and ${openReopening}
     order by "requestedAt", id limit 500`,
    [cooperativeId],
  );
}

async function expireTerms(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const ended = await tx.query<{ id: string }>(
    `insert into agreements.terms_decision (cooperative_id, terms_id, outcome, recorded_at)
     select t.cooperative_id, t.id, 'expired', $3 from agreements.terms t
     where t.cooperative_id = $1 and t.id = any($2::uuid[]) and ${openTerms}
     on conflict do nothing returning terms_id as id`,
    [tx.cooperativeId, [...ids], tx.now],
  );
  return ended.map(({ id }) => id);
}

/** Ends what has waited the days it is given and is still undecided. */
export async function expireAgreementsWaiting(
  database: Database,
  context: CommandContext,
  days: number,
): Promise<void> {
  const work = async (tx: Transaction) => {
    const waiting = await selectWaiting(tx, tx.cooperativeId);
    const overdue = waiting.filter(({ requestedAt }) => isPastItsTime(requestedAt, days, tx.now));
    const ids = overdue.map(({ id }) => id);
    const ended = [...(await expireTerms(tx, ids)), ...(await expireReopenings(tx, ids))];
    const over = overdue.filter(({ id }) => ended.includes(id));
    appendExpired(tx, over, { days, timeZone: (await needCooperative(tx)).timeZone });
    return accept({ ended: over.length });
  };
  expectAccepted(
    await runCommand(database, 'agreements', context, { name: 'expireRequests', input: { days } }, work),
  );
}

export type DeclineReopenRefusal =
  | { readonly code: 'REQUEST_NOT_FOUND' }
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' };

/**
 * A board member's no to opening a period again; whoever asked takes it back the same way. Refuses, in order:
 * REQUEST_NOT_FOUND, FORBIDDEN, REASON_REQUIRED.
 */
export async function declineReopen(
  database: Database,
  context: CommandContext,
  input: { readonly requestId: string; readonly reason: string },
): Promise<Result<{ requestId: string }, DeclineReopenRefusal | IdempotencyConflict>> {
  return runCommand<{ requestId: string }, DeclineReopenRefusal>(
    database,
    'agreements',
    context,
    { name: 'declineReopen', input },
    async (tx) => {
      const { requestId } = input;
      // An approval locks the close as well: of the two only one finds the request open.
      if (isId(requestId))
        await tx.query(
          `select from agreements.period_close c where c.cooperative_id = $1 and c.id =
             (select r.close_id from agreements.reopen_request r where r.cooperative_id = $1 and r.id = $2) for update`,
          [tx.cooperativeId, requestId],
        );
      const [request] = isId(requestId)
        ? await tx.query<{ loginId: string | null; memberId: string | null }>(
            `select r.by_login_id as "loginId", r.by_member_id as "memberId" from agreements.reopen_request r
             where r.cooperative_id = $1 and r.id = $2 and ${openReopening}`,
            [tx.cooperativeId, requestId],
          )
        : [];
      if (request === undefined) return refuse({ code: 'REQUEST_NOT_FOUND' });
      if (!isSigner(tx.actor, request) && !hasRole(tx.actor, 'board_member'))
        return refuse({ code: 'FORBIDDEN', act: 'period.reopen' });
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      const { loginId, memberId } = signatureOf(tx.actor);
      await tx.query(
        `insert into agreements.reopen_ending (cooperative_id, request_id, outcome, reason, by_login_id, by_member_id, recorded_at)
         values ($1, $2, 'declined', $3, $4, $5, $6)`,
        [tx.cooperativeId, requestId, reason, loginId, memberId, tx.now],
      );
      if (!isSigner(tx.actor, request))
        appendDeclined(tx, { requestId, asked: 'requestReopen', askedBy: request.memberId, reason });
      return accept({ requestId });
    },
  );
}
