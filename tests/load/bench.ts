// Prints how fast the product is, as ratios to RAW measured in the same run, with the floor each should hold.
// Nothing here fails a build: machines differ, ratios on one machine in one run do not lie.
import { openDatabase } from '@habitat/database';
import { createTestDatabase } from '@habitat/database/testing';
import { startPostgres, startRabbitMq } from '@habitat/test-services';
import pg from 'pg';
import { measureDelivery } from './delivery.ts';
import { measureClose, measureTrialBalance } from './large.ts';
import { startLogging } from './logging.ts';
import type { Contender } from './measure.ts';
import { clients, measureInTurns, median, ratio } from './measure.ts';
import type { Ledger } from './posting.ts';
import { numberAccounts, pgbenchContenders } from './pgbench.ts';
import { makeLedger, pickAccounts, postingThroughPg } from './posting.ts';
import { postRaw, rawSchema } from './raw.ts';
import { measureRestore } from './restore.ts';
import { withSealing } from './sealing.ts';
import { measureTenants } from './tenants.ts';

const CLIENTS = 8;
/** HTTP requests under way at once. */
const IN_FLIGHT = 16;
const ROUNDS = 5;
const SLICE_MS = 1500;
/** pgbench opens its sessions anew for each slice, and a new session first plans what it does. */
const POSTING_SLICE_MS = 5000;

/** A line of the table; with a floor (at least) or a ceiling (at most) it says whether that was met. */
interface Row {
  readonly what: string;
  readonly measured: string;
  readonly floor?: string;
  readonly ceiling?: string;
}

function verdict({ measured, floor, ceiling }: Row): string {
  if (floor !== undefined) return Number(measured) >= Number(floor) ? 'met' : 'not met';
  if (ceiling !== undefined) return Number(measured) <= Number(ceiling) ? 'met' : 'not met';
  return '';
}

/** The database is dropped while the last connections are still closing; that they notice is no fault. */
function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  return pool;
}

function rawContender(owner: pg.Pool, ledger: Ledger): Contender {
  return clients('RAW', CLIENTS, async () => {
    await postRaw(owner, pickAccounts(ledger, false));
    return 1;
  });
}

async function posting(rows: Row[]): Promise<void> {
  const server = await startPostgres({ durable: true });
  const test = await createTestDatabase(server.ownerUrl);
  const owner = openPool({ connectionString: test.ownerUrl, max: CLIENTS });
  const database = openDatabase({ url: test.appUrl, poolSize: CLIENTS });
  try {
    await owner.query(rawSchema);
    const ledger = await makeLedger(owner);
    await owner.query(numberAccounts(ledger));
    const raw = rawContender(owner, ledger);
    const inSql = await pgbenchContenders(ledger, CLIENTS, { raw: test.ownerUrl, guarded: test.appUrl });
    const [rawRate, through, hot, rawInSql, guardedInSql] = await measureInTurns(
      [
        raw,
        postingThroughPg(database, ledger, CLIENTS, false),
        postingThroughPg(database, ledger, CLIENTS, true),
        inSql.raw,
        inSql.guarded,
      ],
      ROUNDS,
      POSTING_SLICE_MS,
    );
    if (!rawRate || !through || !hot || !rawInSql || !guardedInSql)
      throw new Error('a contender was not measured');
    await inSql.close();
    rows.push(
      { what: 'RAW by pgbench, transactions/s', measured: median(rawInSql.rates).toFixed(0) },
      { what: 'RAW through pg, transactions/s', measured: median(rawRate.rates).toFixed(0) },
      {
        what: 'guarded posting in SQL / RAW, both by pgbench',
        measured: ratio(guardedInSql, rawInSql).toFixed(2),
        floor: '0.70',
      },
      {
        what: 'guarded posting through pg / RAW',
        measured: ratio(through, rawRate).toFixed(2),
        floor: '0.60',
      },
      { what: 'one hot account / spread', measured: ratio(hot, through).toFixed(2), floor: '0.90' },
    );
  } finally {
    await Promise.all([owner.end(), database.end()]);
    await test.end();
    await server.stop();
  }
}

/** Long enough for the sealer to look twice. */
const SEALING_SLICE_MS = 8_000;

async function sealing(rows: Row[]): Promise<void> {
  const server = await startPostgres({ durable: true });
  const test = await createTestDatabase(server.ownerUrl);
  const owner = openPool({ connectionString: test.ownerUrl, max: 2 });
  const database = openDatabase({ url: test.appUrl, poolSize: CLIENTS });
  const ledger = await makeLedger(owner);
  const posting = postingThroughPg(database, ledger, CLIENTS, false);
  const pair = await withSealing(posting, database, {
    url: test.appUrl,
    cooperativeId: ledger.cooperativeId,
  });
  try {
    const [alone, sealed] = await measureInTurns([pair.alone, pair.sealed], ROUNDS, SEALING_SLICE_MS);
    if (!alone || !sealed) throw new Error('a contender was not measured');
    rows.push({
      what: 'posting beside the sealer of the audit trail / alone',
      measured: ratio(sealed, alone).toFixed(3),
      floor: '0.95',
    });
  } finally {
    await pair.stop();
    await Promise.all([owner.end(), database.end()]);
    await test.end();
    await server.stop();
  }
}

async function tenants(rows: Row[]): Promise<void> {
  const server = await startPostgres({ durable: true });
  const test = await createTestDatabase(server.ownerUrl);
  const database = openDatabase({ url: test.appUrl, poolSize: CLIENTS });
  try {
    const { alone, beside } = await measureTenants(database, {
      databaseUrl: test.appUrl,
      poolSize: CLIENTS,
    });
    rows.push(
      { what: 'p95 of a quiet cooperative, ms', measured: alone.toFixed(1) },
      {
        what: 'the same beside one that asks without pause / alone',
        measured: (beside / alone).toFixed(2),
        ceiling: '1.10',
      },
    );
  } finally {
    await database.end();
    await test.end();
    await server.stop();
  }
}

async function delivery(rows: Row[]): Promise<void> {
  const [server, broker] = await Promise.all([startPostgres({ durable: true }), startRabbitMq()]);
  const test = await createTestDatabase(server.ownerUrl);
  const owner = openPool({ connectionString: test.ownerUrl, max: 4 });
  const database = openDatabase({ url: test.appUrl, poolSize: CLIENTS });
  try {
    const { relayed, handled, delivered } = await measureDelivery(database, owner, {
      databaseUrl: test.appUrl,
      poolSize: CLIENTS,
      rabbitMqUrl: broker.url,
    });
    rows.push(
      { what: 'relay from the log into RabbitMQ, events/s', measured: relayed.toFixed(0), floor: '7000' },
      { what: 'two workers out of RabbitMQ, events/s', measured: handled.toFixed(0), floor: '5000' },
      { what: 'both at once, log to handled, events/s', measured: delivered.toFixed(0) },
    );
  } finally {
    await Promise.all([owner.end(), database.end()]);
    await test.end();
    await Promise.all([server.stop(), broker.stop()]);
  }
}

async function logging(rows: Row[]): Promise<void> {
  const server = await startPostgres({ durable: true });
  const test = await createTestDatabase(server.ownerUrl);
  const owner = openPool({ connectionString: test.ownerUrl, max: CLIENTS });
  const database = openDatabase({ url: test.appUrl, poolSize: CLIENTS });
  try {
    await owner.query(rawSchema);
    const ledger = await makeLedger(owner);
    const bench = await startLogging(database, {
      databaseUrl: test.appUrl,
      poolSize: CLIENTS,
      inFlight: IN_FLIGHT,
    });
    const raw = rawContender(owner, ledger);
    const [rawRate, logged] = await measureInTurns([raw, bench.contender], ROUNDS, SLICE_MS);
    if (!rawRate || !logged) throw new Error('a contender was not measured');
    rows.push(
      { what: 'logContribution over HTTP, requests/s', measured: median(logged.rates).toFixed(0) },
      { what: 'logContribution over HTTP / RAW', measured: ratio(logged, rawRate).toFixed(2), floor: '0.20' },
    );
    await bench.stop();
  } finally {
    await Promise.all([owner.end(), database.end()]);
    await test.end();
    await server.stop();
  }
}

async function large(rows: Row[]): Promise<void> {
  const server = await startPostgres({ durable: true });
  const test = await createTestDatabase(server.ownerUrl);
  const owner = openPool({ connectionString: test.ownerUrl, max: 2 });
  const database = openDatabase({ url: test.appUrl, poolSize: 2 });
  try {
    const milliseconds = await measureTrialBalance(database, owner, await makeLedger(owner));
    rows.push({
      what: 'trial balance at a day over 1,000,000 entries, ms',
      measured: milliseconds.toFixed(0),
      ceiling: '300',
    });
  } finally {
    await Promise.all([owner.end(), database.end()]);
    await test.end();
    await server.stop();
  }
  const close = await measureClose();
  rows.push({
    what: 'close over 100,000 contributions, ms (fsync off)',
    measured: close.toFixed(0),
    ceiling: '2000',
  });
}

/** Fifteen minutes: what docs/guides/operators/backup-and-restore.md promises. */
const BACK_WITHIN_SECONDS = '900';

async function restore(rows: Row[]): Promise<void> {
  const times = await measureRestore();
  const of = `${times.entries} entries, ${times.databaseMegabytes} MB`;
  rows.push(
    { what: `dump of ${of}, s`, measured: times.dump.toFixed(1) },
    {
      what: 'that dump restored and compared, s',
      measured: times.restoreDump.toFixed(1),
      ceiling: BACK_WITHIN_SECONDS,
    },
    { what: 'base backup of it, s', measured: times.base.toFixed(1) },
    {
      what: 'recovered from base and log until it takes writes, s',
      measured: times.pointInTime.toFixed(1),
      ceiling: BACK_WITHIN_SECONDS,
    },
  );
}

// `pnpm bench posting` measures one part only.
const parts = { posting, sealing, tenants, logging, delivery, large, restore };
const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part(rows);
}
console.table(
  rows.map((row) => ({
    what: row.what,
    measured: row.measured,
    wanted:
      row.floor === undefined ? (row.ceiling === undefined ? '' : `≤ ${row.ceiling}`) : `≥ ${row.floor}`,
    verdict: verdict(row),
  })),
);
