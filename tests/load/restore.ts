// How long it takes to be back: an installation of a million entries is dumped and restored, and recovered to its last
// instant from a base backup and the log; each restored database is compared with its manifest on the way.
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDebianPostgres } from '@habitat/test-services';
import type { Installation } from '../operations/backed-up.ts';
import { DATABASE, startInstallation } from '../operations/backed-up.ts';

const ENTRIES = 1_000_000;
const PER_TRANSACTION = 10;

export interface RestoreTimes {
  readonly entries: number;
  readonly databaseMegabytes: number;
  /** Seconds. */
  readonly dump: number;
  readonly restoreDump: number;
  readonly base: number;
  /** Unpacking the base, fetching and replaying the log, until the server takes writes. */
  readonly pointInTime: number;
}

/** Balanced entries of one cooperative's open period, past the guards: what is measured is moving them. */
async function load(habitat: Installation): Promise<void> {
  await habitat.ask(`
    begin;
    alter table treasury.transaction disable trigger guard;
    alter table treasury.entry disable trigger guard;
    create temp table ledger on commit drop as
      select p.cooperative_id, p.id as period_id, p.starts_on as day,
        array(select a.id from treasury.account a where a.cooperative_id = p.cooperative_id and a.is_leaf
          and a.active and a.type = 'asset' order by a.code) as accounts
      from treasury.period p order by p.starts_on, p.cooperative_id limit 1;
    create temp table loaded on commit drop as
      select gen_random_uuid() as id, n from generate_series(1, ${ENTRIES / PER_TRANSACTION}) n;
    insert into treasury.transaction (cooperative_id, id, number, period_id, effective_on, recorded_at, description,
      source, entry_count, actor_kind, correlation_id)
    select l.cooperative_id, t.id, 1000000 + t.n, l.period_id, l.day, l.day, 'bench', 'manual', ${PER_TRANSACTION},
      'system', 'bench' from loaded t cross join ledger l;
    insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at, book_minor,
      tax_minor, is_closing)
    select l.cooperative_id, t.id, line, l.accounts[1 + (t.n * 7 + line * 13) % cardinality(l.accounts)], l.day, l.day,
      case when line % 2 = 0 then 700 else -700 end, case when line % 2 = 0 then 700 else -700 end, false
    from loaded t cross join ledger l cross join generate_series(1, ${PER_TRANSACTION}) line;
    alter table treasury.transaction enable always trigger guard;
    alter table treasury.entry enable always trigger guard;
    commit`);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

/** Recovers a server of its own to the end of the log, and waits until it takes writes. */
async function recover(habitat: Installation): Promise<void> {
  const data = join(habitat.postgres.folder, 'restored');
  await habitat.done(['restore', 'point-in-time', '--into', data]);
  const settings = { archive_mode: 'off' };
  const server = await startDebianPostgres({ data, env: habitat.env, settings, patienceMs: 600_000 });
  try {
    const recovering = async () =>
      (await habitat.ask<{ r: boolean }>('select pg_is_in_recovery() as r', server.urlOf(DATABASE)))[0]?.r;
    while ((await recovering()) !== false) await sleep(100);
  } finally {
    await server.stop();
  }
}

/** Measures it on this machine; needs Debian's PostgreSQL. */
export async function measureRestore(): Promise<RestoreTimes> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'habitat-restore-')));
  const habitat = await startInstallation(folder);
  const fresh = await startDebianPostgres();
  try {
    await load(habitat);
    const [size] = await habitat.ask<{ mb: string }>(
      'select (pg_database_size(current_database()) / 1024 / 1024)::text as mb',
    );
    await habitat.ask('create database restored', fresh.urlOf('postgres'));
    const into = { DATABASE_OWNER_URL: fresh.urlOf('restored') };
    return {
      entries: ENTRIES,
      databaseMegabytes: Number(size?.mb),
      dump: await secondsOf(() => habitat.done(['backup', 'dump'])),
      restoreDump: await secondsOf(() => habitat.done(['restore', 'dump'], into)),
      base: await secondsOf(() => habitat.done(['backup', 'base'])),
      pointInTime: await secondsOf(() => recover(habitat)),
    };
  } finally {
    await fresh.stop();
    await habitat.end();
  }
}
