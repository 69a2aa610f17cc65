// Reads on record: somebody saw, or took away, what is open to them by their office and not because it is their own.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { PayloadOf } from '@habitat/events';
import { dataRead, newEvent } from '@habitat/events';
import { accept, expectAccepted, newId } from '@habitat/kernel';

export type Reading = Omit<PayloadOf<typeof dataRead>, 'readId'>;

/** Puts a read in the audit trail. Whether it was allowed has been decided by whoever gave it out. */
export async function recordReading(
  database: Database,
  context: CommandContext,
  reading: Reading,
): Promise<void> {
  const name = reading.taken === null ? 'readData' : 'takeDataAway';
  expectAccepted(
    await runCommand(database, 'platform', context, { name, input: null }, (tx) => {
      const readId = newId();
      tx.append(newEvent(dataRead, readId, { readId, ...reading }));
      return Promise.resolve(accept({ readId }));
    }),
  );
}
