// What is to be mailed: notices at once, the others of a day together. A row is locked while its mail is on its way, so
// that several workers send each one once; a mail server that is away is tried again with growing pauses.
import type { Database, Transaction } from '@habitat/database';
import type { Language } from '@habitat/kernel';
import { firstLanguage, isLanguage } from '@habitat/kernel';
import type { MailChoice } from '../notice/kind.ts';
import type { Notification } from '../inbox/notification.queries.ts';
import { OPENED_FACTS } from '../inbox/notification.queries.ts';

/** Minutes before the next try, by how many there were; after the last, it is given up. */
const PAUSES = [1, 5, 15, 60, 180, 360];
/** What is older was not sent because there was no mail server; nobody wants it any more. */
const STALE_DAYS = 2;
const DUE_AT_ONCE = 100;

/** A place in the outgoing mail: looked up over all cooperatives, opened in one. */
export interface DueMail {
  readonly cooperativeId: string;
  readonly notificationId: string;
}

export async function listDueMail(database: Database, now: Date): Promise<DueMail[]> {
  return database.single<DueMail & Record<string, unknown>>(
    'relay',
    `select cooperative_id as "cooperativeId", id as "notificationId" from platform.notification
     where mail_due_at <= $1 order by mail_due_at limit ${DUE_AT_ONCE}`,
    [now],
  );
}

/** One mail: whom it goes to and what it tells. */
export interface OutgoingMail {
  readonly memberId: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly isDigest: boolean;
  readonly notices: readonly Notification[];
  readonly cooperative: {
    readonly name: string;
    readonly currency: string;
    readonly currencyDigits: number;
    readonly timeZone: string;
  };
}

type AddressRow = Omit<OutgoingMail, 'isDigest' | 'notices' | 'cooperative' | 'language'> &
  OutgoingMail['cooperative'] & { readonly locale: string | null; readonly cooperativeName: string };

async function addressOf(tx: Transaction, memberId: string): Promise<AddressRow | null> {
  const [row] = await tx.query<AddressRow & Record<string, unknown>>(
    `select m.member_id as "memberId", l.email, l.display_name as name, l.preferences ->> 'locale' as locale,
       c.name as "cooperativeName", c.currency, c.currency_digits as "currencyDigits", c.time_zone as "timeZone"
     from platform.membership m
     join platform.login l on l.id = m.login_id and l.status = 'active'
     join platform.cooperative c on c.cooperative_id = m.cooperative_id
     where m.cooperative_id = $1 and m.member_id = $2 and m.ended_at is null`,
    [tx.cooperativeId, memberId],
  );
  return row ?? null;
}

type DueRow = Notification & { readonly memberId: string; readonly mail: MailChoice };

/** The mail a due notice belongs to, locked with everything it tells; null when another worker has it. */
async function lockMail(tx: Transaction, notificationId: string): Promise<DueRow[]> {
  const columns = `n.id, n.kind, n.by_member_id as "byMemberId", n.subject_id as "subjectId", ${OPENED_FACTS}, n.at,
    n.read_at as "readAt", n.member_id as "memberId", n.mail`;
  return tx.query<DueRow & Record<string, unknown>>(
    `with first as materialized (
       select member_id, mail, id from platform.notification
       where cooperative_id = $1 and id = $2 and mail_due_at <= $3 for update skip locked)
     select ${columns} from first
     join platform.notification n on n.cooperative_id = $1 and n.member_id = first.member_id and n.mail_due_at <= $3
       and (n.id = first.id or (first.mail = 'digest' and n.mail = 'digest'))
     order by n.at desc, n.id for update of n skip locked`,
    [tx.cooperativeId, notificationId, tx.now],
  );
}

/**
 * Sends the mail a due notice belongs to and notes how it went: `sent`, `later` when the server would not take it, `over`
 * after the last try, or `nothing` when there was nobody to send it to or another worker had it.
 */
export async function sendDueMail(
  tx: Transaction,
  notificationId: string,
  send: (mail: OutgoingMail) => Promise<void>,
): Promise<'sent' | 'later' | 'over' | 'nothing'> {
  const rows = await lockMail(tx, notificationId);
  const [first] = rows;
  if (first === undefined) return 'nothing';
  const ids = rows.map(({ id }) => id);
  const address = await addressOf(tx, first.memberId);
  const fresh = rows.filter(({ at }) => tx.now.getTime() - at.getTime() < STALE_DAYS * 86_400_000);
  if (address === null || fresh.length === 0) {
    await tx.query(
      'update platform.notification set mail_due_at = null where cooperative_id = $1 and id = any($2::uuid[])',
      [tx.cooperativeId, ids],
    );
    return 'nothing';
  }
  const { locale, cooperativeName, currency, currencyDigits, timeZone, ...person } = address;
  try {
    await send({
      ...person,
      language: isLanguage(locale) ? locale : firstLanguage,
      isDigest: first.mail === 'digest',
      notices: fresh,
      cooperative: { name: cooperativeName, currency, currencyDigits, timeZone },
    });
  } catch {
    return postpone(tx, ids);
  }
  await tx.query(
    'update platform.notification set mail_due_at = null, mailed_at = $3 where cooperative_id = $1 and id = any($2::uuid[])',
    [tx.cooperativeId, ids, tx.now],
  );
  return 'sent';
}

async function postpone(tx: Transaction, ids: readonly string[]): Promise<'later' | 'over'> {
  const [left] = await tx.query<{ due: Date | null }>(
    `update platform.notification set mail_attempts = mail_attempts + 1,
       mail_due_at = $3::timestamptz + ($4::int[])[mail_attempts + 1] * interval '1 minute'
     where cooperative_id = $1 and id = any($2::uuid[]) returning mail_due_at as due`,
    [tx.cooperativeId, ids, tx.now, PAUSES],
  );
  return left?.due == null ? 'over' : 'later';
}

/** Makes due what waits for the digest of this civil day, once a day; false when it was done already. */
export async function gatherDigest(tx: Transaction, day: string): Promise<boolean> {
  const begun = await tx.query(
    'insert into platform.notification_digest (cooperative_id, day, sent_at) values ($1, $2, $3) on conflict do nothing returning day',
    [tx.cooperativeId, day, tx.now],
  );
  if (begun.length === 0) return false;
  await tx.query(
    `update platform.notification set mail_due_at = $2
     where cooperative_id = $1 and mail = 'digest' and mailed_at is null and mail_due_at is null and mail_attempts = 0
       and at > $2::timestamptz - interval '${STALE_DAYS} days'`,
    [tx.cooperativeId, tx.now],
  );
  return true;
}
