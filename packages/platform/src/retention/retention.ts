// How long what is over is kept, and forgetting it afterwards. The ledger, the log and its seals are not among it: no role of
// the product could delete them.
import type { Database, Transaction } from '@habitat/database';

/** Days that do not depend on the installation. */
export const KEPT_DAYS = {
  /** First answers of commands: a repeated request comes within minutes. */
  answers: 7,
  /** Failed sign-ins, counted per account and address by a hash of them. */
  signInFailures: 1,
  /** Evidence nobody attached to anything. */
  looseEvidence: 1,
  /** Messages to webhooks, to be looked at and sent again. */
  deliveries: 30,
} as const;

const DAY_MS = 86_400_000;

export const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);

/** What one cooperative's people did that was over by `before`: sessions, links by mail, notices, settled requests of programs. */
export async function forgetWhatIsOver(tx: Transaction, before: Date): Promise<void> {
  const here = [tx.cooperativeId, before];
  await tx.query(
    `delete from platform.session s
     where s.cooperative_id = $1 and s.started_at < $2 and coalesce(s.ended_at, $2) <= $2
       and not exists (select from platform.refresh_token t
         where t.cooperative_id = s.cooperative_id and t.session_id = s.id and t.expires_at >= $2)`,
    here,
  );
  await tx.query('delete from platform.identity_link where cooperative_id = $1 and expires_at < $2', here);
  await tx.query('delete from platform.notification where cooperative_id = $1 and at < $2', here);
  await tx.query('delete from platform.pending_act where cooperative_id = $1 and expires_at < $2', here);
}

/** Failed sign-ins of days gone by: they keep nobody out any more. */
export async function forgetSignInFailures(database: Database, now: Date): Promise<void> {
  await database.transaction('platform', {}, (client) =>
    client.query('delete from platform.sign_in_failure where window_started_at < $1', [
      daysBefore(now, KEPT_DAYS.signInFailures),
    ]),
  );
}
