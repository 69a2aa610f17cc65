// What waits for a second person in treasury, and its end when nobody decided in time.
import type { CommandContext, Database, Queryable, Transaction } from '@habitat/database';
import { appendExpired, runCommand } from '@habitat/database';
import type { WaitingRequest } from '@habitat/kernel';
import { accept, expectAccepted, isPastItsTime } from '@habitat/kernel';
import { needCooperative } from '../cooperative/cooperative.store.ts';
import { expireSettings } from '../setting/setting.store.ts';
import { expireRequests } from './request.store.ts';

/** Journal entries, reversals, corrections, locks, and a raised threshold, the oldest first. */
export async function listTreasuryWaiting(
  database: Database,
  cooperativeId: string,
): Promise<WaitingRequest[]> {
  return database.read('treasury', { cooperativeId }, (client) => selectWaiting(client, cooperativeId));
}

function selectWaiting(client: Queryable, cooperativeId: string): Promise<WaitingRequest[]> {
  return client.query<WaitingRequest & Record<string, unknown>>(
    `select case act when 'post' then 'postTransaction' when 'reverse' then 'reverseTransaction'
         when 'correct' then 'correctTransaction' else 'lockPeriod' end as act,
       id, subject_id as "subjectId", reason, requested_by_login_id as "byLoginId",
       requested_by_member_id as "byMemberId", requested_at as "requestedAt"
     from treasury.journal_request where cooperative_id = $1 and status = 'pending'
     union all
     select 'setJournalThreshold', v.id, null, v.rationale, v.set_by_login_id, v.set_by_member_id, v.recorded_at
     from treasury.setting_version v
     where v.cooperative_id = $1 and v.needs_second and not exists (select from treasury.setting_decision d
       where d.cooperative_id = v.cooperative_id and d.setting_id = v.id)
     order by "requestedAt", id limit 500`,
    [cooperativeId],
  );
}

/** Ends what has waited the days it is given and is still undecided. */
export async function expireTreasuryWaiting(
  database: Database,
  context: CommandContext,
  days: number,
): Promise<void> {
  const work = async (tx: Transaction) => {
    const waiting = await selectWaiting(tx, tx.cooperativeId);
    const overdue = waiting.filter(({ requestedAt }) => isPastItsTime(requestedAt, days, tx.now));
    const ids = overdue.map(({ id }) => id);
    const ended = [...(await expireRequests(tx, ids)), ...(await expireSettings(tx, ids))];
    const { timeZone } = await needCooperative(tx, tx.cooperativeId);
    const over = overdue.filter(({ id }) => ended.includes(id));
    appendExpired(tx, over, { days, timeZone });
    return accept({ ended: over.length });
  };
  expectAccepted(
    await runCommand(database, 'treasury', context, { name: 'expireRequests', input: { days } }, work),
  );
}
