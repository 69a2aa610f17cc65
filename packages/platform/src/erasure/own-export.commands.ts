// That somebody took their own data away is an act with a trace: if it was not them, this is where it shows.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { accept } from '@habitat/kernel';

/** Notes an export of the actor's own data. */
export async function recordOwnExport(database: Database, context: CommandContext) {
  const { memberId } = context.actor;
  if (memberId === null) throw new Error('only a member has data of their own');
  return runCommand<{ readonly memberId: string }, never>(
    database,
    'platform',
    context,
    { name: 'exportOwnData', input: null },
    () => Promise.resolve(accept({ memberId })),
  );
}
