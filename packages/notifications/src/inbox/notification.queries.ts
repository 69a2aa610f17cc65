// A member's own notifications: newest first, what is unread, and how they want to hear of each kind. Every statement names
// the member, so that nobody's list holds another's.
import type { Database } from '@habitat/database';
import type { Channels, MailChoice, NoticeKind } from '../notice/kind.ts';
import { NOTICE_KINDS, noticeKinds } from '../notice/kind.ts';
import type { NoticeFacts } from '../notice/notice.ts';

export interface Notification {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly byMemberId: string | null;
  readonly subjectId: string | null;
  readonly facts: NoticeFacts;
  readonly at: Date;
  readonly readAt: Date | null;
}

/** Whose list: a member of a cooperative. */
export interface Owner {
  readonly cooperativeId: string;
  readonly memberId: string;
}

type Row<T> = T & Record<string, unknown>;

/** What a notice tells. A reason comes as the event carries it: under the key of the member it is about, who is the owner named, or the reader. */
export const OPENED_FACTS = `case when n.facts ? 'reason'
  then n.facts || jsonb_build_object('reason',
    platform.open_personal(coalesce((n.facts ->> 'ownerId')::uuid, n.member_id), n.facts ->> 'reason'))
  else n.facts end as facts`;

const COLUMNS = `n.id, n.kind, n.by_member_id as "byMemberId", n.subject_id as "subjectId", ${OPENED_FACTS}, n.at,
  n.read_at as "readAt"`;

/** A page of them, newest first; `after` is the instant and id of the last one seen. */
export async function listNotifications(
  database: Database,
  { cooperativeId, memberId }: Owner,
  query: {
    readonly unreadOnly: boolean;
    readonly limit: number;
    readonly after: readonly string[] | null;
  },
): Promise<Notification[]> {
  return database.read('platform', { cooperativeId }, (client) =>
    client.query<Row<Notification>>(
      `select ${COLUMNS} from platform.notification n
       where cooperative_id = $1 and member_id = $2 and listed and (not $3 or read_at is null)
         and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
       order by n.at desc, n.id desc limit $6`,
      [
        cooperativeId,
        memberId,
        query.unreadOnly,
        query.after?.[0] ?? null,
        query.after?.[1] ?? null,
        query.limit,
      ],
    ),
  );
}

export async function findNotification(
  database: Database,
  { cooperativeId, memberId }: Owner,
  id: string,
): Promise<Notification | null> {
  const [row] = await database.read('platform', { cooperativeId }, (client) =>
    client.query<Row<Notification>>(
      `select ${COLUMNS} from platform.notification n where cooperative_id = $1 and member_id = $2 and id = $3 and listed`,
      [cooperativeId, memberId, id],
    ),
  );
  return row ?? null;
}

export async function countUnread(database: Database, { cooperativeId, memberId }: Owner): Promise<number> {
  const [row] = await database.read('platform', { cooperativeId }, (client) =>
    client.query<{ unread: number }>({
      name: 'count-unread-notifications',
      text: `select count(*)::int as unread from platform.notification
             where cooperative_id = $1 and member_id = $2 and listed and read_at is null`,
      values: [cooperativeId, memberId],
    }),
  );
  return row?.unread ?? 0;
}

export interface Preference extends Channels {
  readonly kind: NoticeKind;
}

/** How a member hears of each kind, as they chose or as it is usually told. */
export async function listPreferences(
  database: Database,
  { cooperativeId, memberId }: Owner,
): Promise<Preference[]> {
  const rows = await database.read('platform', { cooperativeId }, (client) =>
    client.query<{ kind: string; listed: boolean; mail: MailChoice }>(
      'select kind, listed, mail from platform.notification_preference where cooperative_id = $1 and member_id = $2',
      [cooperativeId, memberId],
    ),
  );
  const chosen = new Map(rows.map((row) => [row.kind, row]));
  return noticeKinds.map((kind) => {
    const { listed, mail } = chosen.get(kind) ?? NOTICE_KINDS[kind];
    return { kind, listed, mail };
  });
}
