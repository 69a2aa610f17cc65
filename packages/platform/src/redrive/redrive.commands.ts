// Asking for a dead letter to be driven through its handler again. The handlers live in the worker, so the wish is
// written down here, with who asked and when; the worker takes it up and writes down how it ended.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';

/** In the order checked. */
export type RedriveRequestRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'DEAD_LETTER_NOT_FOUND' }
  | { readonly code: 'ALREADY_REDRIVEN' }
  | { readonly code: 'ALREADY_REQUESTED' };

export type RedriveRequested = { readonly requestId: string; readonly deadLetterId: string };

/** Asks for a redrive; one at a time for each letter. */
export async function requestRedrive(
  database: Database,
  context: CommandContext,
  input: { readonly deadLetterId: string },
): Promise<Result<RedriveRequested, RedriveRequestRefusal | IdempotencyConflict>> {
  return runCommand<RedriveRequested, RedriveRequestRefusal>(
    database,
    'platform',
    context,
    { name: 'redriveDeadLetter', input },
    async (tx) => {
      const { loginId, memberId } = tx.actor;
      if (!may(tx.actor, 'system.operate') || loginId === null) return refuse({ code: 'FORBIDDEN' });
      const [letter] = await tx.query<{ redriven: boolean }>(
        'select redriven_at is not null as redriven from platform.dead_letter where cooperative_id = $1 and id = $2',
        [tx.cooperativeId, input.deadLetterId],
      );
      if (letter === undefined) return refuse({ code: 'DEAD_LETTER_NOT_FOUND' });
      if (letter.redriven) return refuse({ code: 'ALREADY_REDRIVEN' });
      const requestId = newId();
      const made = await tx.query(
        `insert into platform.redrive_request
           (cooperative_id, id, dead_letter_id, requested_login_id, requested_member_id, requested_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (cooperative_id, dead_letter_id) where finished_at is null do nothing returning id`,
        [tx.cooperativeId, requestId, input.deadLetterId, loginId, memberId, tx.now],
      );
      if (made.length === 0) return refuse({ code: 'ALREADY_REQUESTED' });
      return accept({ requestId, deadLetterId: input.deadLetterId });
    },
  );
}
