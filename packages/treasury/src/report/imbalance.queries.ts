// What the balances of a cooperative fail to cancel out. The guards of the ledger make it 0 on every path; it is asked
// all the same, so that a fault below them (a restored disk, a hand on the tables) is seen within minutes.
import type { Database } from '@habitat/database';

/** Minor units of the cooperative's currency, by basis; both are 0 in books that add up. */
export interface Imbalance {
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
}

/** Adds up all accounts of one cooperative, from the last snapshot and the entries since: cheap in books of any age. */
export async function findImbalance(database: Database, cooperativeId: string): Promise<Imbalance> {
  return database.read('treasury', { cooperativeId }, async (client) => {
    const [sum] = await client.query<{ bookMinor: bigint; taxMinor: bigint }>(
      `select coalesce(sum(book_minor), 0)::bigint as "bookMinor", coalesce(sum(tax_minor), 0)::bigint as "taxMinor"
       from treasury.balances_at('infinity')`,
    );
    return sum ?? { bookMinor: 0n, taxMinor: 0n };
  });
}
