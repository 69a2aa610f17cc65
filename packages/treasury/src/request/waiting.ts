// What waits for a second person in treasury, and its end when nobody decided in time.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { WaitingRequest } from '@habitat/kernel';
import { accept, expectAccepted } from '@habitat/kernel';

/** Journal entries, reversals, corrections, locks, and a raised threshold, the oldest first. */
export async function listTreasuryWaiting(
  database: Database,
  cooperativeId: string,
): Promise<WaitingRequest[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<WaitingRequest & Record<string, unknown>>(
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
    ),
  );
}

/** Ends what was asked for before an instant and is still undecided. */
export async function expireTreasuryWaiting(
  database: Database,
  context: CommandContext,
  before: Date,
): Promise<void> {
  const work = async (tx: Transaction) => {
    const requests = await tx.query(
      `update treasury.journal_request set status = 'expired', decided_at = $3
       where cooperative_id = $1 and status = 'pending' and requested_at < $2 returning id`,
      [tx.cooperativeId, before, tx.now],
    );
    const settings = await tx.query(
      `insert into treasury.setting_decision (cooperative_id, setting_id, outcome, recorded_at)
       select v.cooperative_id, v.id, 'expired', $3 from treasury.setting_version v
       where v.cooperative_id = $1 and v.needs_second and v.recorded_at < $2
       on conflict do nothing returning setting_id`,
      [tx.cooperativeId, before, tx.now],
    );
    return accept({ ended: requests.length + settings.length });
  };
  expectAccepted(
    await runCommand(database, 'treasury', context, { name: 'expireRequests', input: { before } }, work),
  );
}
