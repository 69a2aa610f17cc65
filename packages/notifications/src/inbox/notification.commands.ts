// What a member does with their own notifications: read one, read all, choose how to hear of each kind.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { Preference } from './notification.queries.ts';

export type NotificationRefusal =
  | { readonly code: 'MEMBER_REQUIRED' }
  | { readonly code: 'NOTIFICATION_NOT_FOUND'; readonly field: 'notificationId' };

type Outcome<Value> = Promise<Result<Value, NotificationRefusal | IdempotencyConflict>>;

/** Marks one of one's own as read. Refuses, in order: MEMBER_REQUIRED, NOTIFICATION_NOT_FOUND (also for another's). */
export async function readNotification(
  database: Database,
  context: CommandContext,
  input: { readonly notificationId: string },
): Outcome<{ notificationId: string }> {
  const { memberId } = context.actor;
  if (memberId === null) return refuse({ code: 'MEMBER_REQUIRED' });
  const command = { name: 'readNotification', input } as const;
  return runCommand<{ notificationId: string }, NotificationRefusal>(
    database,
    'platform',
    context,
    command,
    async (tx) => {
      const found = await tx.query(
        `update platform.notification set read_at = coalesce(read_at, $4)
       where cooperative_id = $1 and member_id = $2 and id = $3 and listed returning id`,
        [tx.cooperativeId, memberId, input.notificationId, tx.now],
      );
      return found.length === 0
        ? refuse({ code: 'NOTIFICATION_NOT_FOUND', field: 'notificationId' })
        : accept({ notificationId: input.notificationId });
    },
  );
}

/** Marks all of one's own as read that were given until then. Refuses MEMBER_REQUIRED. */
export async function readAllNotifications(
  database: Database,
  context: CommandContext,
  input: { readonly until: Date },
): Outcome<{ read: number }> {
  const { memberId } = context.actor;
  if (memberId === null) return refuse({ code: 'MEMBER_REQUIRED' });
  const command = { name: 'readAllNotifications', input: { until: input.until.toISOString() } } as const;
  return runCommand<{ read: number }, NotificationRefusal>(
    database,
    'platform',
    context,
    command,
    async (tx) => {
      const read = await tx.query(
        `update platform.notification set read_at = $3
       where cooperative_id = $1 and member_id = $2 and listed and read_at is null and at <= $4 returning id`,
        [tx.cooperativeId, memberId, tx.now, input.until],
      );
      return accept({ read: read.length });
    },
  );
}

/** Chooses how to hear of kinds of notice; kinds left out stay as they are. Refuses MEMBER_REQUIRED. */
export async function chooseChannels(
  database: Database,
  context: CommandContext,
  input: { readonly preferences: readonly Preference[] },
): Outcome<{ chosen: number }> {
  const { memberId } = context.actor;
  if (memberId === null) return refuse({ code: 'MEMBER_REQUIRED' });
  const command = { name: 'chooseNotificationChannels', input } as const;
  return runCommand<{ chosen: number }, NotificationRefusal>(
    database,
    'platform',
    context,
    command,
    async (tx) => {
      await storePreferences(tx, memberId, input.preferences);
      return accept({ chosen: input.preferences.length });
    },
  );
}

export async function storePreferences(
  tx: Transaction,
  memberId: string,
  preferences: readonly Preference[],
): Promise<void> {
  await tx.query(
    `insert into platform.notification_preference (cooperative_id, member_id, kind, listed, mail)
     select $1, $2, p.kind, p.listed, p.mail from jsonb_to_recordset($3::jsonb) as p (kind text, listed boolean, mail text)
     on conflict (cooperative_id, member_id, kind) do update set listed = excluded.listed, mail = excluded.mail`,
    [tx.cooperativeId, memberId, JSON.stringify(preferences)],
  );
}
