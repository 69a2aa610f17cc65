// Posting measured against RAW: the guarded function called through pg, spread over many accounts and all on one.
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
