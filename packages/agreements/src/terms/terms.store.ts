// Terms in SQL: versions are appended, decisions are appended, and which version is in force is a question.
import type { Queryable, Transaction } from '@habitat/database';
import { newId } from '@habitat/kernel';
import { signatureOf } from '../signature.ts';
import type { Policies, TermsKind, Weights } from './terms.ts';

export interface TermsVersion<Document = Weights | Policies> {
  readonly id: string;
  readonly kind: TermsKind;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly document: Document;
  readonly rationale: string;
  readonly needsSecond: boolean;
  readonly byLoginId: string | null;
  readonly byMemberId: string | null;
  readonly recordedAt: Date;
  readonly outcome: 'approved' | 'declined' | 'expired' | null;
  readonly decidedByLoginId: string | null;
  readonly decidedByMemberId: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  /** The last closed period it reaches into; none before it counts, else nobody can approve it. */
  readonly closedPeriod: string | null;
}

export interface NewTerms {
  readonly kind: TermsKind;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly document: Weights | Policies;
  readonly rationale: string;
  readonly needsSecond: boolean;
}

export async function insertTerms(tx: Transaction, terms: NewTerms): Promise<string> {
  const id = newId();
  const { loginId, memberId } = signatureOf(tx.actor);
  await tx.query(
    `insert into agreements.terms (cooperative_id, id, kind, version, effective_from, document, rationale, needs_second,
       by_login_id, by_member_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11)`,
    [
      tx.cooperativeId,
      id,
      terms.kind,
      terms.version,
      terms.effectiveFrom,
      JSON.stringify(terms.document),
      terms.rationale,
      terms.needsSecond,
      loginId,
      memberId,
      tx.now,
    ],
  );
  return id;
}

/** Takes turns with other writers of terms, and gives the next version number. */
export async function nextTermsVersion(tx: Transaction, kind: TermsKind): Promise<number> {
  await tx.query('select from agreements.cooperative where cooperative_id = $1 for update', [
    tx.cooperativeId,
  ]);
  const [row] = await tx.query<{ version: number }>(
    'select coalesce(max(version), 0) + 1 as version from agreements.terms where cooperative_id = $1 and kind = $2',
    [tx.cooperativeId, kind],
  );
  return row?.version ?? 1;
}

const columns = `t.id, t.kind, t.version, t.effective_from as "effectiveFrom", t.document, t.rationale,
  t.needs_second as "needsSecond", t.by_login_id as "byLoginId", t.by_member_id as "byMemberId",
  t.recorded_at as "recordedAt", d.outcome, d.by_login_id as "decidedByLoginId", d.by_member_id as "decidedByMemberId",
  d.recorded_at as "decidedAt", d.reason,
  (select p.name from agreements.period p where p.cooperative_id = t.cooperative_id and p.status in ('closed', 'locked')
     and p.starts_on >= t.effective_from order by p.starts_on desc limit 1) as "closedPeriod"`;
const from = `agreements.terms t left join agreements.terms_decision d
  on d.cooperative_id = t.cooperative_id and d.terms_id = t.id`;

type Row = TermsVersion & Record<string, unknown>;

/** All versions of a kind, newest first. */
export async function listTermsVersions(
  db: Queryable,
  cooperativeId: string,
  kind: TermsKind,
): Promise<TermsVersion[]> {
  return db.query<Row>(
    `select ${columns} from ${from} where t.cooperative_id = $1 and t.kind = $2 order by t.version desc`,
    [cooperativeId, kind],
  );
}

/** One version by id, or null. */
export async function findTerms(
  db: Queryable,
  cooperativeId: string,
  termsId: string,
): Promise<TermsVersion | null> {
  const [row] = await db.query<Row>(
    `select ${columns} from ${from} where t.cooperative_id = $1 and t.id = $2`,
    [cooperativeId, termsId],
  );
  return row ?? null;
}

/**
 * The version in force on a day: the latest start not after it, then the latest version. Before the first start
 * the first version counts, so that imported history has terms as well. Null before the cooperative is known.
 */
export async function termsOn<Kind extends TermsKind>(
  db: Queryable,
  cooperativeId: string,
  kind: Kind,
  day: string,
): Promise<TermsVersion<Kind extends 'weights' ? Weights : Policies> | null> {
  const [row] = await db.query<
    TermsVersion<Kind extends 'weights' ? Weights : Policies> & Record<string, unknown>
  >(
    `select ${columns} from agreements.terms_in_force t left join agreements.terms_decision d
       on d.cooperative_id = t.cooperative_id and d.terms_id = t.id
     where t.cooperative_id = $1 and t.kind = $2
     order by t.effective_from <= $3::date desc,
       case when t.effective_from <= $3::date then t.effective_from end desc, t.effective_from, t.version desc
     limit 1`,
    [cooperativeId, kind, day],
  );
  return row ?? null;
}
