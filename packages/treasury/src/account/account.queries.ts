// Reads of the chart of accounts.
import type { Database } from '@habitat/database';
import type { Account } from './account.store.ts';
import { accountColumns } from './account.store.ts';

/** The whole chart in the order of codes. */
export async function listAccounts(database: Database, cooperativeId: string): Promise<Account[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<Account & Record<string, unknown>>(
      `select ${accountColumns} from treasury.account a where a.cooperative_id = $1 order by a.code`,
      [cooperativeId],
    ),
  );
}

/** Accounts by id, in any order; unknown ones are left out. */
export async function findAccounts(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<Account[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    client.query<Account & Record<string, unknown>>(
      `select ${accountColumns} from treasury.account a where a.cooperative_id = $1 and a.id = any ($2::uuid[])`,
      [cooperativeId, [...ids]],
    ),
  );
}
