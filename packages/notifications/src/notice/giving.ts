// Gives notices to people: one row per person, once per source, by the channels each prefers. Whoever did a thing is not
// told of it, and who never signs in has nowhere to be told.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { actDone } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { noticeOf } from './event-notice.ts';
import { NOTICE_KINDS } from './kind.ts';
import type { AddressedNotice, Notice } from './notice.ts';

/** Finds the people of notices; asked of the contexts that know them. */
export type Addressing = (
  cooperativeId: string,
  notices: readonly Notice[],
  now: Date,
) => Promise<readonly AddressedNotice[]>;

/** The commands that recorded these events, by event. */
async function commandsOf(tx: Transaction, events: readonly Envelope[]): Promise<Map<string, string | null>> {
  const ids = events.filter(({ type }) => type === actDone.type).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; command: string | null }>(
    'select id, command from platform.event where cooperative_id = $1 and id = any($2::uuid[])',
    [tx.cooperativeId, ids],
  );
  return new Map(rows.map(({ id, command }) => [id, command]));
}

/** Gives the notices these events make. */
export async function giveNoticesOf(
  tx: Transaction,
  events: readonly Envelope[],
  addressing: Addressing,
): Promise<number> {
  const commands = await commandsOf(tx, events);
  const notices = events.flatMap((event) => noticeOf(event, commands.get(event.id) ?? null) ?? []);
  return giveNotices(tx, notices, addressing);
}

/** Gives notices, whoever made them; answers how many people were told something new. */
export async function giveNotices(
  tx: Transaction,
  notices: readonly Notice[],
  addressing: Addressing,
): Promise<number> {
  if (notices.length === 0) return 0;
  const addressed = await addressing(tx.cooperativeId, notices, tx.now);
  const rows = addressed.flatMap(({ memberIds, ...notice }) =>
    [...new Set(memberIds)]
      .filter((memberId) => memberId !== notice.byMemberId)
      .map((memberId) => ({ ...notice, id: newId(), memberId, ...NOTICE_KINDS[notice.kind] })),
  );
  if (rows.length === 0) return 0;
  const given = await tx.query<{ id: string; kind: string }>(
    `insert into platform.notification (cooperative_id, id, member_id, kind, source, by_member_id, subject_id, facts,
       at, listed, mail, mail_due_at)
     select $1, n.id, n."memberId", n.kind, n.source, n."byMemberId", n."subjectId", n.facts, n.at,
       coalesce(p.listed, n.listed), coalesce(p.mail, n.mail),
       case when coalesce(p.mail, n.mail) = 'at_once' then $3::timestamptz end
     from jsonb_to_recordset($2::jsonb) as n (id uuid, "memberId" uuid, kind text, source text, "byMemberId" uuid,
       "subjectId" uuid, facts jsonb, at timestamptz, listed boolean, mail text)
     join platform.membership m on m.cooperative_id = $1 and m.member_id = n."memberId" and m.ended_at is null
     left join platform.notification_preference p
       on p.cooperative_id = $1 and p.member_id = n."memberId" and p.kind = n.kind
     where coalesce(p.listed, n.listed) or coalesce(p.mail, n.mail) <> 'off'
     on conflict (cooperative_id, member_id, kind, source) do nothing returning id, kind`,
    [tx.cooperativeId, JSON.stringify(rows), tx.now],
  );
  const postings = given.filter(({ kind }) => kind === 'contribution_posted').map(({ id }) => id);
  if (postings.length > 0) await replaceApprovals(tx, postings);
  return given.length;
}

/**
 * A posting says that the contribution was approved: where its member sees both and has read neither, it takes the place of
 * the approval, in the list and in the day's mail. Whoever chose to hear of one of them alone hears of that one.
 */
async function replaceApprovals(tx: Transaction, postings: readonly string[]): Promise<void> {
  await tx.query(
    `update platform.notification approval
     set listed = false,
       mail = case when posting.mail = 'digest' and approval.mail = 'digest' and approval.mail_due_at is null
                   then 'off' else approval.mail end
     from platform.notification posting
     where posting.cooperative_id = $1 and posting.id = any($2::uuid[]) and posting.listed
       and approval.cooperative_id = $1 and approval.member_id = posting.member_id
       and approval.subject_id = posting.subject_id and approval.kind = 'contribution_approved'
       and approval.listed and approval.read_at is null`,
    [tx.cooperativeId, postings],
  );
}
