// RAW, the yardstick: one transaction, four entries and an outbox row written in one round trip, with fsync on and
// neither guards nor tenants. Everything of ours is quoted as a ratio to it.
import { newId } from '@habitat/kernel';
import type pg from 'pg';

export const rawSchema = `
  create schema raw;
  create table raw.transaction (id uuid primary key, effective_on date not null, description text not null);
  create table raw.entry (
    transaction_id uuid not null references raw.transaction (id), line int not null, account_id uuid not null,
    book_minor bigint not null, tax_minor bigint not null, primary key (transaction_id, line));
  create index on raw.entry (account_id);
  create table raw.outbox (position bigint generated always as identity primary key, payload jsonb not null);`;

const insertAll = `
  with header as (insert into raw.transaction values ($1, $2, $3) returning id),
  lines as (
    insert into raw.entry (transaction_id, line, account_id, book_minor, tax_minor)
    select header.id, line.n, line.account, line.minor, line.minor
    from header, unnest($4::int[], $5::uuid[], $6::bigint[]) as line (n, account, minor))
  insert into raw.outbox (payload) values ($7)`;

/** Writes one RAW transaction over the given accounts. */
export async function postRaw(pool: pg.Pool, accounts: readonly string[]): Promise<void> {
  await pool.query({
    name: 'raw-post',
    text: insertAll,
    values: [
      newId(),
      '2026-09-30',
      'raw',
      [1, 2, 3, 4],
      accounts.slice(0, 4),
      [500, 500, -400, -600],
      { type: 'posted', amount: '1000' },
    ],
  });
}
