// Postgres for every context: tenant transactions, commands with idempotency, events in the same commit,
// and migrations.
export type { Answer, CommandContext, IdempotencyConflict } from './command.ts';
export { runCommand, runTransaction } from './command.ts';
export type { Declined } from './declined.ts';
export { appendDeclined } from './declined.ts';
export type { Expired } from './expired.ts';
export { appendExpired } from './expired.ts';
export type { Database, DatabaseOptions, DatabaseRole, Queryable, Scope, Session } from './database.ts';
export { beginStatement, openDatabase } from './database.ts';
export type { Condition, Narrowing } from './narrowing.ts';
export { holding, narrow } from './narrowing.ts';
export type { ActorScope, ReadChoice, ReplicaOptions, ReportReader } from './replica.ts';
export { openReportReader, primaryReader } from './replica.ts';
export type { AppLogin, Migration } from './migrator.ts';
export { migrate, MigrationError } from './migrator.ts';
export type { ActFacts, PendingTransaction, RuleName, Transaction } from './transaction.ts';
export { actElsewhere, appendEvents, openTransaction } from './transaction.ts';
