// Seals the event log into one hash chain per cooperative. Any number of sealers may run: the row a chain ends in is
// locked, so they make one chain, and no command ever waits for it.
import type { Anchor } from '@habitat/audit';
import { GENESIS, hashOf } from '@habitat/audit';
import type { Database, Session } from '@habitat/database';
import type { EntryRow } from './entry-row.ts';
import { entryColumns, SEAL_FORMAT, toEntry } from './entry-row.ts';

/** Entries sealed in one transaction. */
const PAGE = 1_000;
/** How long a place in the log waits before it counts as passed for good, beside the end of older transactions. */
const CERTAIN_AFTER_MS = 60_000;

interface Head extends Anchor {
  readonly sealedTo: bigint;
  readonly reach: bigint;
  readonly isReachCertain: boolean;
  readonly waits: boolean;
}

// Every row is looked up by its key: a subquery with a limit is never made a join. Where the tables have no statistics
// yet (a new installation, a long import), a join would read all that is left of the log for every page.
const sealOf = `(select s.position from platform.audit_seal s
  where s.cooperative_id = e.cooperative_id and s.position = e.position limit 1)`;
const eventAt = (position: string) => `lateral (select * from platform.event e
  where e.cooperative_id = $1 and e.position = ${position} limit 1) e`;

/** Cooperatives whose log reaches beyond what is sealed for certain. */
async function listUnsealed(database: Database): Promise<string[]> {
  const rows = await database.single<{ cooperativeId: string }>(
    'relay',
    `select c.cooperative_id as "cooperativeId"
     from (
       with recursive known (cooperative_id) as (
         (select cooperative_id from platform.event order by cooperative_id limit 1)
         union all
         select (select e.cooperative_id from platform.event e where e.cooperative_id > k.cooperative_id
                 order by e.cooperative_id limit 1)
         from known k where k.cooperative_id is not null)
       select cooperative_id from known where cooperative_id is not null) c
     left join platform.audit_head h using (cooperative_id)
     cross join lateral (select e.position from platform.event e where e.cooperative_id = c.cooperative_id
       order by e.position desc limit 1) last
     where last.position > coalesce(h.sealed_to, 0)`,
  );
  return rows.map((row) => row.cooperativeId);
}

/** Where the chain stands, locked; null while another sealer is at it. */
async function lockHead(client: Session, cooperativeId: string, now: Date): Promise<Head | null> {
  await client.query(
    `insert into platform.audit_head (cooperative_id, sequence, hash, sealed_to, reach)
     values ($1, 0, $2, 0, 0) on conflict do nothing`,
    [cooperativeId, GENESIS],
  );
  const [head] = await client.query<Omit<Head, 'sequence'> & { readonly sequence: bigint }>(
    `select sequence, hash, sealed_to as "sealedTo", reach, reached_before is not null as waits,
       -- A number this server has not given out yet comes from before a restore; none of those transactions lives.
       coalesce(reached_at < $2 and (pg_snapshot_xmin(pg_current_snapshot()) >= reached_before
         or reached_before >= pg_snapshot_xmax(pg_current_snapshot())), false) as "isReachCertain"
     from platform.audit_head where cooperative_id = $1 for update skip locked`,
    [cooperativeId, new Date(now.getTime() - CERTAIN_AFTER_MS)],
  );
  return head === undefined ? null : { ...head, sequence: Number(head.sequence) };
}

interface Seal extends Anchor {
  readonly row: EntryRow;
}

function sealsOf(head: Anchor, rows: readonly EntryRow[]): Seal[] {
  let { sequence, hash } = head;
  return rows.map((row) => {
    sequence += 1;
    hash = hashOf(sequence, hash, toEntry(row));
    return { sequence, hash, row };
  });
}

async function writeSeals(client: Session, cooperativeId: string, seals: readonly Seal[], now: Date) {
  await client.query(
    `with sealed as (
       insert into platform.audit_seal (cooperative_id, sequence, position, hash, sealed_at, recorded_at, type, command,
         actor_member_id, aggregate_id, format)
       select e.cooperative_id, s.sequence, s.position, s.hash, $5, e.recorded_at, e.type, e.command,
         e.actor_member_id, e.aggregate_id, $6
       from unnest($2::bigint[], $3::bigint[], $4::text[]) as s (sequence, position, hash)
       cross join ${eventAt('s.position')}
       returning sequence, position)
     insert into platform.audit_rule (cooperative_id, rule, sequence)
     select $1, rule, s.sequence from sealed s
     cross join ${eventAt('s.position')}
     cross join lateral unnest(e.rules) rule`,
    [
      cooperativeId,
      seals.map((seal) => seal.sequence),
      seals.map((seal) => String(seal.row.position)),
      seals.map((seal) => seal.hash),
      now,
      SEAL_FORMAT,
    ],
  );
}

interface Page {
  readonly sealed: number;
  /** After which position the next page begins; null when there is none just now. */
  readonly next: bigint | null;
}

/**
 * Seals one page of a cooperative, from its mark on when `after` is null: what came late stands behind what is sealed, so
 * the first page of a run looks at all of it, and those after it don't.
 */
async function sealPage(
  client: Session,
  cooperativeId: string,
  after: bigint | null,
  now: Date,
): Promise<Page> {
  const head = await lockHead(client, cooperativeId, now);
  if (head === null) return { sealed: 0, next: null };
  // In the order of the key, so that it ends with the page: a bitmap is of all that is left.
  await client.query('set local enable_bitmapscan = off');
  const rows = await client.query<EntryRow>(
    `select ${entryColumns(String(SEAL_FORMAT))} from platform.event e
     where e.cooperative_id = $1 and e.position > $2 and ${sealOf} is null
     order by e.position limit ${PAGE}`,
    [cooperativeId, String(after ?? head.sealedTo)],
  );
  const seals = sealsOf(head, rows);
  if (seals.length > 0) await writeSeals(client, cooperativeId, seals, now);
  const end = seals.at(-1) ?? head;
  const last = rows.length === PAGE ? (rows.at(-1)?.position ?? null) : null;
  // Whatever came late up to the reach has been read by now, unless the page was too short for it.
  const isPassed = after === null && head.isReachCertain && (last === null || last > head.reach);
  await client.query(
    `update platform.audit_head h set sequence = $2, hash = $3, sealed_to = $4,
       reach = case when $5 then h.reach else highest.position end,
       reached_before = case when $5 then h.reached_before when highest.position > $4 then pg_current_xact_id() end,
       reached_at = case when $5 then h.reached_at when highest.position > $4 then $6::timestamptz end
     from (select position from platform.audit_seal where cooperative_id = $1 order by position desc limit 1) highest
     where h.cooperative_id = $1`,
    [
      cooperativeId,
      end.sequence,
      end.hash,
      String(isPassed ? head.reach : head.sealedTo),
      head.waits && !isPassed,
      now,
    ],
  );
  return { sealed: rows.length, next: last };
}

/**
 * Seals what is not sealed yet, of every cooperative by turns, a page at a time. Once `most` entries are sealed the rest is
 * left to the next run, so that a long stretch is not sealed in the way of those who write it; everybody has had a
 * turn by then. A fault in one does not keep the others waiting.
 */
export async function sealAuditTrail(
  database: Database,
  now: Date,
  most: number = Number.POSITIVE_INFINITY,
): Promise<void> {
  const faults: unknown[] = [];
  let sealed = 0;
  let turns = (await listUnsealed(database)).map((cooperativeId) => ({
    cooperativeId,
    after: null as bigint | null,
  }));
  while (turns.length > 0) {
    const again: typeof turns = [];
    for (const { cooperativeId, after } of turns) {
      try {
        const page = await database.transaction('relay', { cooperativeId }, (client) =>
          sealPage(client, cooperativeId, after, now),
        );
        sealed += page.sealed;
        if (page.next !== null) again.push({ cooperativeId, after: page.next });
      } catch (fault) {
        faults.push(fault);
      }
    }
    turns = sealed < most ? again : [];
  }
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} audit trails could not be sealed`);
}
