// Reading member statements and retained patronage. Whose they are is the caller's to check: a member sees their own.
import type { Database } from '@habitat/database';
import type { RetainedLot, RetainedYear } from '../retained-lot/retained-lot.store.ts';
import { listLots, listYears } from '../retained-lot/retained-lot.store.ts';
import type { StoredStatement } from './statement.store.ts';
import { listStatementRows } from './statement.store.ts';

/** Statements, newest period first; of one member, or of all. */
export async function listStatements(
  database: Database,
  cooperativeId: string,
  memberId: string | null,
): Promise<StoredStatement[]> {
  return database.read('agreements', { cooperativeId }, (db) =>
    listStatementRows(db, cooperativeId, { memberId }),
  );
}

/** One statement by id, or null. */
export async function getStatement(
  database: Database,
  cooperativeId: string,
  statementId: string,
): Promise<StoredStatement | null> {
  const [statement] = await database.read('agreements', { cooperativeId }, (db) =>
    listStatementRows(db, cooperativeId, { statementId }),
  );
  return statement ?? null;
}

/** Retained patronage by member and period, oldest first: what was allocated, paid out, reversed, and is left. */
export async function listRetainedLots(
  database: Database,
  cooperativeId: string,
  memberId: string | null,
): Promise<RetainedLot[]> {
  return database.read('agreements', { cooperativeId }, (db) => listLots(db, cooperativeId, memberId));
}

/** Patronage by member and year as capital shows it: losses taken off, booked payments counted as paid out. */
export async function listRetainedYears(
  database: Database,
  cooperativeId: string,
  memberId: string | null,
): Promise<RetainedYear[]> {
  return database.read('agreements', { cooperativeId }, (db) => listYears(db, cooperativeId, memberId));
}
