// Reading the audit trail of one cooperative: pages of it, its head, a walk over all of it, and its lines for a package.
import type { Anchor, ChainFault, SealedEntry } from '@habitat/audit';
import { GENESIS, walkChain } from '@habitat/audit';
import type { Database, Queryable } from '@habitat/database';
import { narrow } from '@habitat/database';
import type { Deed } from '@habitat/kernel';
import type { SealedRow } from './entry-row.ts';
import { isUnsealed, selectSealed, toSealed } from './entry-row.ts';

/** Entries read at once when the whole trail is walked. */
const STRIDE = 2_000;

/** What the trail can be searched by; all given must hold. */
export interface AuditFilter {
  readonly command?: string | null;
  readonly actorMemberId?: string | null;
  /** A version of a rule things were judged by: "approval:3". */
  readonly rule?: string | null;
  /** The thing acted upon: a contribution, a transaction, a member … */
  readonly subjectId?: string | null;
  /** First and last day on which it was recorded, in `timeZone`. */
  readonly from?: string | null;
  readonly until?: string | null;
  readonly timeZone?: string;
}

const judgedBy = `exists (select from platform.audit_rule r
  where r.cooperative_id = s.cooperative_id and r.rule = $1 and r.sequence = s.sequence)`;

/** A page of the trail, newest first, before the entry `before`. */
export async function listAuditTrail(
  database: Database,
  cooperativeId: string,
  filter: AuditFilter & { readonly limit: number; readonly before: number | null },
): Promise<SealedEntry[]> {
  const timeZone = filter.timeZone ?? 'UTC';
  const query = narrow({
    name: 'list-audit-trail',
    where: [
      ['s.cooperative_id = $1', cooperativeId],
      ['s.sequence < $1', filter.before],
      ['s.command = $1', filter.command],
      ['s.actor_member_id = $1', filter.actorMemberId],
      ['s.aggregate_id = $1', filter.subjectId],
      [judgedBy, filter.rule],
      ['s.recorded_at >= $1::date::timestamp at time zone $2', filter.from, timeZone],
      ['s.recorded_at < ($1::date + 1)::timestamp at time zone $2', filter.until, timeZone],
    ],
    values: [filter.limit],
    text: (where, limit) => `${selectSealed} where ${where} order by s.sequence desc limit ${limit}`,
  });
  const rows = await database.read('platform', { cooperativeId }, (client) => client.query<SealedRow>(query));
  return rows.map(toSealed);
}

/** The values of an indexed column, each once, by leaping from one to the next. */
async function listDistinct(
  database: Database,
  cooperativeId: string,
  column: 'command' | 'rule',
  table: 'audit_seal' | 'audit_rule',
): Promise<string[]> {
  const rows = await database.read('platform', { cooperativeId }, (client) =>
    client.query<{ value: string }>(
      `with recursive known (value) as (
         (select ${column} from platform.${table} where cooperative_id = $1 and ${column} is not null
          order by ${column} limit 1)
         union all
         select (select s.${column} from platform.${table} s
                 where s.cooperative_id = $1 and s.${column} > k.value order by s.${column} limit 1)
         from known k where k.value is not null)
       select value from known where value is not null`,
      [cooperativeId],
    ),
  );
  return rows.map(({ value }) => value);
}

/** Every command the trail knows, by name: what it can be filtered by. */
export async function listAuditedCommands(database: Database, cooperativeId: string): Promise<string[]> {
  return listDistinct(database, cooperativeId, 'command', 'audit_seal');
}

/** Every version of a rule the trail knows something to be judged by. */
export async function listAuditedRules(database: Database, cooperativeId: string): Promise<string[]> {
  return listDistinct(database, cooperativeId, 'rule', 'audit_rule');
}

/** What people did by these commands since a day, by command and member: to which things, and when last. */
export async function listDeeds(
  database: Database,
  cooperativeId: string,
  query: { readonly commands: readonly string[]; readonly from: string; readonly timeZone: string },
): Promise<Deed[]> {
  return database.read('platform', { cooperativeId }, (client) =>
    client.query<Deed & Record<string, unknown>>(
      `select command, actor_member_id as "memberId", array_agg(distinct aggregate_id) as "subjectIds",
         max(recorded_at) as "lastAt"
       from platform.audit_seal
       where cooperative_id = $1 and command = any($2) and actor_member_id is not null
         and recorded_at >= $3::date::timestamp at time zone $4
       group by command, actor_member_id`,
      [cooperativeId, query.commands, query.from, query.timeZone],
    ),
  );
}

/** The end of the chain, with how many events wait to be sealed. */
export interface AuditHead extends Anchor {
  readonly sealedAt: Date | null;
  readonly unsealed: number;
}

async function readHead(client: Queryable, cooperativeId: string): Promise<AuditHead> {
  const [head] = await client.query<{ sequence: bigint; hash: string; sealedAt: Date }>(
    `select sequence, hash, sealed_at as "sealedAt" from platform.audit_seal where cooperative_id = $1
     order by sequence desc limit 1`,
    [cooperativeId],
  );
  const [waiting] = await client.query<{ unsealed: number }>(
    `select count(*)::int as unsealed from platform.event e
     where e.cooperative_id = $1 and ${isUnsealed}
       and e.position > coalesce((select sealed_to from platform.audit_head where cooperative_id = $1), 0)`,
    [cooperativeId],
  );
  const unsealed = waiting?.unsealed ?? 0;
  if (head === undefined) return { sequence: 0, hash: GENESIS, sealedAt: null, unsealed };
  return { ...head, sequence: Number(head.sequence), unsealed };
}

/** Where the cooperative's chain ends now. */
export async function getAuditHead(database: Database, cooperativeId: string): Promise<AuditHead> {
  return database.read('platform', { cooperativeId }, (client) => readHead(client, cooperativeId));
}

async function* readTrail(client: Queryable, cooperativeId: string, after: number, to: number) {
  for (let done = after; done < to;) {
    const rows = await client.query<SealedRow>(
      `${selectSealed}
       where s.cooperative_id = $1 and s.sequence > $2 and s.sequence <= $3 order by s.sequence limit ${STRIDE}`,
      [cooperativeId, done, to],
    );
    if (rows.length === 0) return;
    for (const row of rows) yield toSealed(row);
    done = Number(rows.at(-1)?.sequence ?? to);
  }
}

/** What walking the whole chain came to. */
export interface AuditVerdict {
  readonly head: Anchor;
  /** The first broken place; null when every entry is as it was sealed. */
  readonly fault: ChainFault | null;
  /** Events that should have been sealed long ago and are not: written past the log's own door. */
  readonly neverSealed: number;
}

/** Walks the cooperative's chain from its first entry, against places known from elsewhere where there are any. */
export async function verifyAuditTrail(
  database: Database,
  cooperativeId: string,
  anchors: readonly Anchor[] = [],
): Promise<AuditVerdict> {
  return database.read('platform', { cooperativeId }, async (client) => {
    const { sequence, hash } = await readHead(client, cooperativeId);
    const walk = walkChain(undefined, [...anchors, ...(sequence === 0 ? [] : [{ sequence, hash }])]);
    for await (const sealed of readTrail(client, cooperativeId, 0, sequence))
      if (walk.next(sealed) !== null) break;
    const [passed] = await client.query<{ events: number }>(
      `select count(*)::int as events from platform.event e join platform.audit_head h using (cooperative_id)
       where e.cooperative_id = $1 and e.position <= h.sealed_to and ${isUnsealed}`,
      [cooperativeId],
    );
    return { fault: walk.end(), head: walk.head(), neverSealed: passed?.events ?? 0 };
  });
}

/** A stretch of the trail as it stands at one instant: the places it lies between, and its entries in order. */
export interface AuditStretch {
  readonly after: Anchor;
  readonly head: Anchor;
  readonly entries: AsyncIterable<SealedEntry>;
}

/** Hands the entries behind place `after` (0: all) to `work`, read at one instant. */
export async function exportAuditTrail<T>(
  database: Database,
  cooperativeId: string,
  after: number,
  work: (stretch: AuditStretch) => Promise<T>,
): Promise<T> {
  return database.read('platform', { cooperativeId }, async (client) => {
    const { sequence, hash } = await readHead(client, cooperativeId);
    const from = Math.min(Math.max(after, 0), sequence);
    const [before] = await client.query<{ hash: string }>(
      'select hash from platform.audit_seal where cooperative_id = $1 and sequence = $2',
      [cooperativeId, from],
    );
    return work({
      after: { sequence: from, hash: before?.hash ?? GENESIS },
      head: { sequence, hash },
      entries: readTrail(client, cooperativeId, from, sequence),
    });
  });
}
