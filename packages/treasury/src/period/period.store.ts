// Periods as rows. Reads here serve commands and handlers, inside their transaction.
import type { Queryable, Transaction } from '@habitat/database';
import type { Period } from './period.ts';

const periodColumns = `id, name, starts_on as "startsOn", ends_on as "endsOn", status,
  books_final_at as "booksFinalAt", closed_at as "closedAt", locked_at as "lockedAt"`;

/** Every period of the cooperative, oldest first. */
export async function loadPeriods(client: Queryable): Promise<Period[]> {
  return client.query<Period & Record<string, unknown>>(
    `select ${periodColumns} from treasury.period where cooperative_id = platform.current_cooperative() order by starts_on`,
  );
}

/** One period, locked against a second change of its status; null when there is none. */
export async function lockPeriodRow(tx: Transaction, periodId: string): Promise<Period | null> {
  const [period] = await tx.query<Period & Record<string, unknown>>(
    `select ${periodColumns} from treasury.period where cooperative_id = $1 and id = $2 for update`,
    [tx.cooperativeId, periodId],
  );
  return period ?? null;
}
