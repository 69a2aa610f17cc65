// Mails notices: those at once as they become due, the day's digest in the morning of each cooperative's own time zone.
import { createHash } from 'node:crypto';
import type { Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import { newId, systemActor, todayIn } from '@habitat/kernel';
import type { OutgoingMail } from '@habitat/notifications';
import { gatherDigest, listDueMail, namedIn, sendDueMail } from '@habitat/notifications';
import { findMembers } from '@habitat/people';
import { listCooperatives } from '@habitat/platform';
import type { Schedule } from '../schedules.ts';
import type { NoticeLetter, NoticeLetterSettings } from './notice-letter.ts';
import { noticeLetter } from './notice-letter.ts';

const DIGEST_HOUR = 7;
const SECOND = 1_000;

export type MailOutcome = 'sent' | 'later' | 'over';

export interface NoticeMailOptions extends NoticeLetterSettings {
  readonly send: (letter: NoticeLetter & { readonly messageId: string }) => Promise<void>;
  readonly onMail?: (outcome: MailOutcome) => void;
}

/** Names the mail by what it tells, so that a mail server can tell a second delivery of the same one. */
function messageIdOf({ notices }: OutgoingMail, publicUrl: string): string {
  const told = createHash('sha256').update(notices.map(({ id }) => id).join());
  return `<${told.digest('hex').slice(0, 32)}@${new URL(publicUrl).hostname}>`;
}

const factsOf = (cooperativeId: string, now: Date) => ({
  cooperativeId,
  actor: systemActor(cooperativeId),
  now,
  correlationId: `schedule-${newId()}`,
});

async function sendDue(database: Database, options: NoticeMailOptions, now: Date): Promise<void> {
  for (const { cooperativeId, notificationId } of await listDueMail(database, now)) {
    const outcome = await runTransaction(database, 'platform', factsOf(cooperativeId, now), (tx) =>
      sendDueMail(tx, notificationId, async (mail) => {
        const named = await findMembers(database, cooperativeId, mail.notices.flatMap(namedIn));
        const names = new Map(named.map((member) => [member.memberId, member.displayName]));
        const letter = noticeLetter(options, cooperativeId, mail, (id) => names.get(id));
        await options.send({ ...letter, messageId: messageIdOf(mail, options.publicUrl) });
      }),
    );
    if (outcome !== 'nothing') options.onMail?.(outcome);
  }
}

function hourIn(timeZone: string, now: Date): number {
  const format = new Intl.DateTimeFormat('en-US', { hour: 'numeric', hourCycle: 'h23', timeZone });
  return Number(format.format(now));
}

/** The schedules that mail notices. */
export function noticeMailSchedules(options: NoticeMailOptions): readonly Schedule[] {
  return [
    {
      name: 'gather-digests',
      everyMs: 300 * SECOND,
      async run(database, now) {
        for (const { cooperativeId, timeZone } of await listCooperatives(database)) {
          if (hourIn(timeZone, now) < DIGEST_HOUR) continue;
          const day = todayIn(timeZone, now);
          await runTransaction(database, 'platform', factsOf(cooperativeId, now), (tx) =>
            gatherDigest(tx, day),
          );
        }
      },
    },
    {
      name: 'mail-notices',
      everyMs: 5 * SECOND,
      run: (database, now) => sendDue(database, options, now),
    },
  ];
}
