// Reminding those who may be the second person: on record, and told to them by the notice the request itself made.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { newEvent, requestReminded } from '@habitat/events';
import type { LocalDate, Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { lastReminders } from './reminder.queries.ts';
import type { RemindRefusal, Waiting } from './reminder.ts';
import { reminderRefused } from './reminder.ts';

/**
 * Reminds those who may decide on what the actor asked for, `reached` by it now; `today` is the cooperative's. Refuses, in
 * order: NOT_THE_ASKER, NOBODY_TO_REMIND, REMINDER_TOO_SOON (within a day of asking), REMINDED_TODAY (the database refuses a second one as well).
 */
export async function remind(
  database: Database,
  context: CommandContext,
  input: { readonly waiting: Waiting; readonly today: LocalDate; readonly reached: readonly string[] },
): Promise<Result<{ requestId: string }, RemindRefusal | IdempotencyConflict>> {
  const { waiting, today, reached } = input;
  const requestId = waiting.id;
  return runCommand<{ requestId: string }, RemindRefusal>(
    database,
    'platform',
    context,
    { name: 'remindOfRequest', input: { requestId } },
    async (tx) => {
      const last = await lastReminders(tx, tx.cooperativeId, [requestId]);
      const { actor, now } = tx;
      const refused = reminderRefused(actor, waiting, {
        now,
        today,
        reached,
        lastDay: last.get(requestId) ?? null,
      });
      if (refused !== null) return refuse(refused);
      const kept = await tx.query(
        `insert into platform.reminder (cooperative_id, item_id, on_day, by_login_id, by_member_id, recorded_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning item_id`,
        [tx.cooperativeId, requestId, today, actor.loginId, actor.memberId, now],
      );
      // Pressed twice at once: one of the two reminded them.
      if (kept.length === 0) return refuse({ code: 'REMINDED_TODAY' });
      const contribution = waiting.about === undefined ? {} : { contribution: waiting.about };
      tx.append(newEvent(requestReminded, requestId, { requestId, asked: waiting.act, ...contribution }));
      return accept({ requestId });
    },
  );
}
