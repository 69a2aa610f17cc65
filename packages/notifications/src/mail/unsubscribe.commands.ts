// Stopping mails by the link in one of them: whoever holds it need not sign in, because all it does is mail less.
import type { Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse, systemActor } from '@habitat/kernel';
import { NOTICE_KINDS, noticeKinds } from '../notice/kind.ts';
import type { MailStop } from './unsubscribe.ts';
import { readMailStop } from './unsubscribe.ts';

export type StopMailRefusal = { readonly code: 'LINK_UNKNOWN' };

/**
 * Sets what is named to no mail for whoever is a member, as it stands this moment, and nothing else of what the member
 * chose; how many kinds that changed.
 */
async function stop(tx: Transaction, { memberId, what }: MailStop): Promise<number> {
  const kinds =
    what === 'digest' ? noticeKinds.filter((kind) => NOTICE_KINDS[kind].mail === 'digest') : [what];
  const usual = kinds.map((kind) => ({ kind, listed: NOTICE_KINDS[kind].listed }));
  const stopped = await tx.query(
    `insert into platform.notification_preference as p (cooperative_id, member_id, kind, listed, mail)
     select $1, $2, u.kind, u.listed, 'off' from jsonb_to_recordset($3::jsonb) as u (kind text, listed boolean)
     where exists (select from platform.membership m
       where m.cooperative_id = $1 and m.member_id = $2 and m.ended_at is null)
     order by u.kind
     on conflict (cooperative_id, member_id, kind) do update set mail = 'off'
       where p.mail = 'digest' or ($4 and p.mail <> 'off') returning kind`,
    [tx.cooperativeId, memberId, JSON.stringify(usual), what !== 'digest'],
  );
  if (what !== 'digest') return stopped.length;
  // Kinds that come at once unless somebody chose otherwise, as this member did.
  const chosen = await tx.query(
    `update platform.notification_preference set mail = 'off'
     where cooperative_id = $1 and member_id = $2 and mail = 'digest' returning kind`,
    [tx.cooperativeId, memberId],
  );
  return stopped.length + chosen.length;
}

/** Stops what a link in a mail names; what is stopped already is not written or told of again. Refuses LINK_UNKNOWN. */
export async function stopMail(
  database: Database,
  facts: { readonly now: Date; readonly correlationId: string; readonly secrets: readonly string[] },
  input: { readonly token: string },
): Promise<Result<{ readonly what: MailStop['what'] }, StopMailRefusal | IdempotencyConflict>> {
  const { secrets, ...act } = facts;
  const named = readMailStop(secrets, input.token);
  if (named === null) return refuse({ code: 'LINK_UNKNOWN' });
  const { cooperativeId, what } = named;
  const context = { ...act, cooperativeId, actor: systemActor(cooperativeId) };
  const done = await runCommand<{ readonly what: MailStop['what'] }, { readonly code: 'STOPPED_ALREADY' }>(
    database,
    'platform',
    context,
    { name: 'stopMail', input: null },
    async (tx) => ((await stop(tx, named)) === 0 ? refuse({ code: 'STOPPED_ALREADY' }) : accept({ what })),
  );
  if (done.ok || done.refusal.code === 'STOPPED_ALREADY') return accept({ what });
  return refuse(done.refusal);
}
