// What the books of a database look like at one moment, short enough to compare: written into each manifest, and asked
// of every restored database again.
import type pg from 'pg';
import type { CooperativeProof } from './storage/manifest.ts';

// Past the wall, over all tenants: only the owner of everything may, and any other is refused here, not shown nothing.
const PROOF = `
with balance as (
  select cooperative_id, account_id, sum(book_minor) as book, sum(tax_minor) as tax, count(*) as entries
    from treasury.entry group by cooperative_id, account_id
), ledger as (
  select b.cooperative_id, sum(b.entries) as entries,
         coalesce(sum(b.book) filter (where b.book > 0), 0) as book_debits,
         coalesce(sum(b.tax) filter (where b.tax > 0), 0) as tax_debits,
         string_agg(format('%s %s %s', a.code, b.book, b.tax), E'\\n' order by a.code) as lines
    from balance b join treasury.account a on (a.cooperative_id, a.id) = (b.cooperative_id, b.account_id)
   group by b.cooperative_id
)
select c.cooperative_id as id, c.slug, coalesce(l.entries, 0)::text as entries,
       coalesce(l.book_debits, 0)::text as book_debits, coalesce(l.tax_debits, 0)::text as tax_debits,
       encode(sha256(convert_to(coalesce(l.lines, ''), 'UTF8')), 'hex') as trial_balance,
       e.position::text as event_position, e.id as event_id
  from platform.cooperative c
  left join ledger l using (cooperative_id)
  left join lateral (select position, id from platform.event e where e.cooperative_id = c.cooperative_id
                      order by position desc limit 1) e on true
 order by c.cooperative_id`;

interface ProofRow {
  readonly id: string;
  readonly slug: string;
  readonly entries: string;
  readonly book_debits: string;
  readonly tax_debits: string;
  readonly trial_balance: string;
  readonly event_position: string | null;
  readonly event_id: string | null;
}

type AuditHeads = ReadonlyMap<string, NonNullable<CooperativeProof['auditHead']>>;

/** Where each cooperative's audit trail ends; none in a database from before there was one. */
async function auditHeads(client: pg.Client): Promise<AuditHeads> {
  const { rows: found } = await client.query<{ kept: boolean }>(
    `select to_regclass('platform.audit_seal') is not null as kept`,
  );
  if (found[0]?.kept !== true) return new Map();
  const { rows } = await client.query<{ id: string; sequence: string; hash: string }>(
    // By the number: a bare "sequence" would name the text beside it, in which 99 comes after 221.
    `select distinct on (s.cooperative_id) s.cooperative_id as id, s.sequence::text as sequence, s.hash
       from platform.audit_seal s order by s.cooperative_id, s.sequence desc`,
  );
  return new Map(rows.map(({ id, sequence, hash }) => [id, { sequence, hash }]));
}

export type BooksProof = Readonly<Record<string, CooperativeProof>>;

/** The proof of every cooperative, by id, as the transaction of `client` sees them. */
export async function proofOfBooks(client: pg.Client): Promise<BooksProof> {
  await client.query('set row_security = off');
  const { rows } = await client.query<ProofRow>(PROOF);
  const audit = await auditHeads(client);
  return Object.fromEntries(
    rows.map((row) => [
      row.id,
      {
        slug: row.slug,
        entries: row.entries,
        bookDebitsMinor: row.book_debits,
        taxDebitsMinor: row.tax_debits,
        trialBalanceSha256: row.trial_balance,
        eventHead:
          row.event_position === null || row.event_id === null
            ? null
            : { position: row.event_position, id: row.event_id },
        auditHead: audit.get(row.id) ?? null,
      },
    ]),
  );
}

/** What differs, in sentences; nothing when both are the same books. */
export function differences(expected: BooksProof, found: BooksProof): string[] {
  const told: string[] = [];
  for (const [id, want] of Object.entries(expected)) {
    const have = found[id];
    if (have === undefined) told.push(`${want.slug} is missing`);
    else {
      if (have.trialBalanceSha256 !== want.trialBalanceSha256 || have.entries !== want.entries) {
        told.push(
          `${want.slug}: the trial balance is another (${have.entries} entries, debits ${have.bookDebitsMinor} book and ${have.taxDebitsMinor} tax, not ${want.entries}, ${want.bookDebitsMinor} and ${want.taxDebitsMinor})`,
        );
      }
      if (
        have.eventHead?.position !== want.eventHead?.position ||
        have.eventHead?.id !== want.eventHead?.id
      ) {
        told.push(
          `${want.slug}: the last event is ${have.eventHead?.position ?? 'none'}, not ${want.eventHead?.position ?? 'none'}`,
        );
      }
      if (have.auditHead?.hash !== want.auditHead?.hash) {
        told.push(`${want.slug}: the audit trail ends elsewhere`);
      }
    }
  }
  for (const [id, have] of Object.entries(found)) {
    if (expected[id] === undefined) told.push(`${have.slug} is there, but not in the manifest`);
  }
  return told;
}

/** Cooperatives whose events end before those of an earlier proof: something was lost. */
export function fallenBehind(earlier: BooksProof, found: BooksProof): string[] {
  return Object.entries(earlier).flatMap(([id, want]) => {
    const position = found[id]?.eventHead?.position ?? '-1';
    return BigInt(position) < BigInt(want.eventHead?.position ?? '-1')
      ? [`${want.slug}: the last event is ${position}, before ${want.eventHead?.position ?? ''}`]
      : [];
  });
}
