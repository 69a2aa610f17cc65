// Posting measured against RAW: the guarded function called by the server itself, through pg, spread over many
// accounts and all on one.
import { randomUUID } from 'node:crypto';
import type { Database } from '@habitat/database';
import { newId } from '@habitat/kernel';
import type pg from 'pg';
import type { Contender } from './measure.ts';
import { clients } from './measure.ts';

/** A cooperative with an open period and cash and revenue leaves to post to. */
export interface Ledger {
  readonly cooperativeId: string;
  readonly accounts: readonly string[];
}

const ACCOUNTS = 200;

/** Makes a bare cooperative in the ledger, as a benchmark needs it: no template, only leaves and one period. */
export async function makeLedger(owner: pg.Pool): Promise<Ledger> {
  const cooperativeId = randomUUID();
  const accounts = Array.from({ length: ACCOUNTS }, () => randomUUID());
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('habitat.cooperative_id', $1, true)`, [cooperativeId]);
    await client.query(
      `insert into treasury.cooperative (cooperative_id, name, currency, currency_digits, time_zone, tax_regime, template, period_length)
       values ($1, 'Bench', 'USD', 2, 'UTC', 'subchapter_k', 'limited-cooperative-association', 'year')`,
      [cooperativeId],
    );
    await client.query(
      `insert into treasury.period (cooperative_id, id, name, starts_on, ends_on) values ($1, gen_random_uuid(), '2026', '2026-01-01', '2026-12-31')`,
      [cooperativeId],
    );
    await client.query(
      `insert into treasury.account (cooperative_id, id, code, name, type, normal_side, is_leaf)
       select $1, id, '9' || lpad(n::text, 4, '0'), 'Bench ' || n, 'asset', 'debit', true
       from unnest($2::uuid[]) with ordinality as a (id, n)`,
      [cooperativeId, accounts],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  return { cooperativeId, accounts };
}

const act = '(system,,,bench,,2026-09-30T12:00:00Z)';

/** A transaction over four accounts as treasury.post_transactions takes it. */
function transactionOver(accounts: readonly (string | undefined)[]): string {
  const lines = ['500', '500', '-400', '-600'].map(
    (amount, index) => String.raw`\"\"(${accounts[index]},,,${amount},${amount},)\"\"`,
  );
  return String.raw`{"(${newId()},2026-09-30,bench,manual,,,,,,,,\"{${lines.join(',')}}\")"}`;
}

/** Four random accounts, or the same first account every time. */
export function pickAccounts(ledger: Ledger, hot: boolean): string[] {
  const start = Math.floor(Math.random() * (ledger.accounts.length - 4));
  const picked = ledger.accounts.slice(start, start + 4);
  return hot ? [ledger.accounts[0] ?? '', ...picked.slice(1)] : picked;
}

/** The posting function, one statement a transaction, through pg. */
export function postingThroughPg(database: Database, ledger: Ledger, count: number, hot: boolean): Contender {
  const name = hot ? 'guarded posting, one hot account' : 'guarded posting through pg';
  return clients(name, count, async () => {
    await database.single('treasury', {
      name: 'bench-post',
      text: 'select id from treasury.post_transactions($1, $2, $3)',
      values: [ledger.cooperativeId, act, transactionOver(pickAccounts(ledger, hot))],
    });
    return 1;
  });
}

/**
 * Installs loops that post inside the server, so that client and protocol cost nothing on either side:
 * bench.raw(n) and bench.guarded(n), each n transactions with a commit after every one.
 */
export async function installServerLoops(owner: pg.Pool, ledger: Ledger): Promise<void> {
  const accounts = `'{${ledger.accounts.join(',')}}'::uuid[]`;
  await owner.query(`
    create schema bench;
    grant usage on schema bench to public;
    create procedure bench.raw(n int) language plpgsql as $$
    declare accounts uuid[] := ${accounts}; start int; made uuid;
    begin
      for i in 1..n loop
        start := 1 + floor(random() * ${ACCOUNTS - 4});
        made := uuidv7();
        with header as (insert into raw.transaction values (made, '2026-09-30', 'raw') returning id),
        lines as (insert into raw.entry (transaction_id, line, account_id, book_minor, tax_minor)
          select made, l.n, accounts[start + l.n], l.minor, l.minor
          from unnest('{1,2,3,4}'::int[], '{500,500,-400,-600}'::bigint[]) as l (n, minor))
        insert into raw.outbox (payload) values ('{"type": "posted", "amount": "1000"}');
        commit;
      end loop;
    end $$;
    create procedure bench.guarded(n int) language plpgsql as $$
    declare accounts uuid[] := ${accounts}; start int; made uuid;
    begin
      for i in 1..n loop
        start := 1 + floor(random() * ${ACCOUNTS - 4});
        made := uuidv7();
        perform treasury.post_transactions('${ledger.cooperativeId}', '${act}', array[row(
          made, '2026-09-30', 'bench', 'manual', null, null, null, null, null, null, null,
          array[row(accounts[start + 1], null, null, 500, 500, null), row(accounts[start + 2], null, null, 500, 500, null),
            row(accounts[start + 3], null, null, -400, -400, null), row(accounts[start + 4], null, null, -600, -600, null)
          ]::treasury.posting_line[])]::treasury.posting[]);
        commit;
      end loop;
    end $$;`);
}

/** Runs one of the server's loops, a hundred transactions a call. */
export function serverLoop(
  name: string,
  count: number,
  call: (sql: string) => Promise<unknown>,
  procedure: 'raw' | 'guarded',
): Contender {
  return clients(name, count, async () => {
    await call(`call bench.${procedure}(100)`);
    return 100;
  });
}
