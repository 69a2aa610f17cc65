// What must stay quick when there is much of it: a trial balance over a million entries at any day, and the close over a
// hundred thousand contributions, timed by the test that proves it exact.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Database } from '@habitat/database';
import { getTrialBalance } from '@habitat/treasury';
import type pg from 'pg';
import { median } from './measure.ts';
import type { Ledger } from './posting.ts';

const ENTRIES = 1_000_000;
const PER_TRANSACTION = 10;

/** Loads a year of balanced entries past the guards: what is measured is reading them. */
async function loadEntries(owner: pg.Pool, ledger: Ledger): Promise<void> {
  const load = `
    begin;
    alter table treasury.transaction disable trigger guard;
    alter table treasury.entry disable trigger guard;
    create temp table loaded on commit drop as
      select uuidv7() as id, n, date '2026-01-01' + (n * 364 / ${ENTRIES / PER_TRANSACTION}) as day
      from generate_series(1, ${ENTRIES / PER_TRANSACTION}) n;
    insert into treasury.transaction (cooperative_id, id, number, period_id, effective_on, recorded_at, description,
      source, entry_count, actor_kind, correlation_id)
    select p.cooperative_id, l.id, l.n, p.id, l.day, l.day, 'bench', 'manual', ${PER_TRANSACTION}, 'system', 'bench'
    from loaded l cross join treasury.period p;
    insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at, book_minor,
      tax_minor, is_closing)
    select '${ledger.cooperativeId}', l.id, line, ('{${ledger.accounts.join(',')}}'::uuid[])[1 + (l.n * 7 + line * 13) % ${ledger.accounts.length}],
      l.day, l.day, case when line % 2 = 0 then 700 else -700 end, case when line % 2 = 0 then 700 else -700 end, false
    from loaded l cross join generate_series(1, ${PER_TRANSACTION}) line;
    alter table treasury.transaction enable always trigger guard;
    alter table treasury.entry enable always trigger guard;
    commit;`;
  await owner.query(load);
  await owner.query('vacuum (analyze) treasury.entry');
}

/** Milliseconds of a trial balance over a million entries with no snapshot to start from, at several days of the year. */
export async function measureTrialBalance(
  database: Database,
  owner: pg.Pool,
  ledger: Ledger,
): Promise<number> {
  await loadEntries(owner, ledger);
  const times: number[] = [];
  for (const asOf of ['2026-12-31', '2026-12-31', '2026-11-20', '2026-12-30', '2026-12-01']) {
    const start = performance.now();
    const balance = await getTrialBalance(database, ledger.cooperativeId, { asOf });
    times.push(performance.now() - start);
    if (!balance.ok) throw new Error('the loaded entries do not balance');
  }
  return median(times);
}

/** Milliseconds to propose and approve a close over 100,000 contributions of 1,000 members. */
export async function measureClose(): Promise<number> {
  const test = 'packages/agreements/src/allocation/large-close.int.test.ts';
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', test],
    { cwd: new URL('../..', import.meta.url) },
  );
  const times = /propose (\d+) ms, approve (\d+) ms/.exec(stdout);
  if (times === null) throw new Error(`${test} told no times:\n${stdout}`);
  return Number(times[1]) + Number(times[2]);
}
