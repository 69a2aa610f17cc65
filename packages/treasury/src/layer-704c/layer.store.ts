// §704(c) layers: how far the book value of contributed property lies above (or below) its tax basis. The layer stays
// with the contributing member (26 CFR 1.704-3(a)); its allocation over the years builds on these rows.
import type { Queryable, Transaction } from '@habitat/database';
import { newId } from '@habitat/kernel';

export interface Layer704c {
  readonly id: string;
  readonly accountId: string;
  readonly memberId: string;
  readonly transactionId: string;
  readonly effectiveOn: string;
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly builtInGainMinor: bigint;
}

export type NewLayer = Omit<Layer704c, 'id' | 'builtInGainMinor'>;

const columns = `id, account_id as "accountId", member_id as "memberId", transaction_id as "transactionId",
  effective_on as "effectiveOn", book_minor as "bookMinor", tax_minor as "taxMinor", built_in_gain_minor as "builtInGainMinor"`;

/** Records layers for transactions posted in this same database transaction. */
export async function insertLayers(tx: Transaction, layers: readonly NewLayer[]): Promise<void> {
  if (layers.length === 0) return;
  const rows = layers.map((layer) => ({
    ...layer,
    id: newId(),
    bookMinor: layer.bookMinor.toString(),
    taxMinor: layer.taxMinor.toString(),
  }));
  await tx.query(
    `insert into treasury.layer_704c (cooperative_id, id, account_id, member_id, transaction_id, effective_on, recorded_at, book_minor, tax_minor)
     select $1, r.id, r."accountId", r."memberId", r."transactionId", r."effectiveOn", $3, r."bookMinor", r."taxMinor"
     from jsonb_to_recordset($2::jsonb) as r (id uuid, "accountId" uuid, "memberId" uuid, "transactionId" uuid,
       "effectiveOn" date, "bookMinor" bigint, "taxMinor" bigint)`,
    [tx.cooperativeId, JSON.stringify(rows), tx.now],
  );
}

/** Layers of one member, or of all, oldest first; only those of these transactions when some are named. */
export async function selectLayers(
  client: Queryable,
  cooperativeId: string,
  memberId: string | null,
  transactionIds: readonly string[] | null = null,
): Promise<Layer704c[]> {
  return client.query<Layer704c & Record<string, unknown>>(
    `select ${columns}
     from treasury.layer_704c
     where cooperative_id = $1 and ($2::uuid is null or member_id = $2)
       and ($3::uuid[] is null or transaction_id = any ($3::uuid[]))
     order by effective_on, id`,
    [cooperativeId, memberId, transactionIds],
  );
}

/** Layers that stood at the end of a day, oldest first: those of what was reversed by then are gone. */
export async function selectLayersAt(
  client: Queryable,
  cooperativeId: string,
  asOf: string,
): Promise<Layer704c[]> {
  return client.query<Layer704c & Record<string, unknown>>(
    `select ${columns}
     from treasury.layer_704c l
     where cooperative_id = $1 and effective_on <= $2 and not exists (
       select from treasury.transaction r
       where r.cooperative_id = $1 and r.reverses_id = l.transaction_id and r.effective_on <= $2)
     order by effective_on, id`,
    [cooperativeId, asOf],
  );
}
