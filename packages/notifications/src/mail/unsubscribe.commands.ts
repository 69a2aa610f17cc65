// Stopping mails by the link in one of them: whoever holds it need not sign in, because all it does is mail less.
import type { Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse, systemActor } from '@habitat/kernel';
import { storePreferences } from '../inbox/notification.commands.ts';
import { listPreferences } from '../inbox/notification.queries.ts';
import type { MailStop } from './unsubscribe.ts';
import { readMailStop } from './unsubscribe.ts';

export type StopMailRefusal = { readonly code: 'LINK_UNKNOWN' };

/** Stops what a link in a mail names; doing it twice changes nothing more. Refuses LINK_UNKNOWN. */
export async function stopMail(
  database: Database,
  facts: { readonly now: Date; readonly correlationId: string; readonly secrets: readonly string[] },
  input: { readonly token: string },
): Promise<Result<{ readonly what: MailStop['what'] }, StopMailRefusal | IdempotencyConflict>> {
  const { secrets, ...act } = facts;
  const stop = readMailStop(secrets, input.token);
  if (stop === null) return refuse({ code: 'LINK_UNKNOWN' });
  const { cooperativeId, memberId, what } = stop;
  const chosen = await listPreferences(database, stop);
  const stopped = chosen
    .filter(({ kind, mail }) => (what === 'digest' ? mail === 'digest' : kind === what))
    .map((one) => ({ ...one, mail: 'off' as const }));
  const context = { ...act, cooperativeId, actor: systemActor(cooperativeId) };
  return runCommand<{ readonly what: MailStop['what'] }, StopMailRefusal>(
    database,
    'platform',
    context,
    { name: 'stopMail', input: null },
    async (tx) => {
      await storePreferences(tx, memberId, stopped);
      return accept({ what });
    },
  );
}
