// SQL of second factors. They belong to accounts, so no statement names a cooperative but the policy's.
import type { Queryable, Transaction } from '@habitat/database';
import type { Role } from '@habitat/kernel';
import type { SecondFactorPolicy } from './second-factor.ts';
import { recoveryHash } from './second-factor.ts';

type Row<T> = T & Record<string, unknown>;

export interface StoredFactor {
  readonly loginId: string;
  readonly sealedSecret: string;
  readonly begunAt: Date;
  readonly confirmedAt: Date | null;
  readonly lastStep: bigint | null;
}

const FACTOR = `login_id as "loginId", sealed_secret as "sealedSecret", begun_at as "begunAt",
  confirmed_at as "confirmedAt", last_step as "lastStep"`;

/** The second factor of an account, also one that is being set up. */
export async function selectFactor(
  client: Queryable,
  loginId: string,
  lock: '' | 'for update' = '',
): Promise<StoredFactor | null> {
  const [row] = await client.query<Row<StoredFactor>>(
    `select ${FACTOR} from platform.second_factor where login_id = $1 ${lock}`,
    [loginId],
  );
  return row === undefined ? null : { ...row, lastStep: row.lastStep === null ? null : BigInt(row.lastStep) };
}

/** Keeps a secret that waits for its first code, in the place of one that waited before. */
export async function putUnconfirmed(tx: Transaction, loginId: string, sealedSecret: string): Promise<void> {
  await tx.query(
    `insert into platform.second_factor (login_id, sealed_secret, begun_at) values ($1, $2, $3)
     on conflict (login_id) do update set sealed_secret = $2, begun_at = $3
     where second_factor.confirmed_at is null`,
    [loginId, sealedSecret, tx.now],
  );
}

export async function confirmFactor(tx: Transaction, loginId: string, step: bigint): Promise<void> {
  await tx.query('update platform.second_factor set confirmed_at = $2, last_step = $3 where login_id = $1', [
    loginId,
    tx.now,
    step,
  ]);
}

/** Remembers the step of a code that was taken, with its secret as the key in force seals it. */
export async function takeStep(
  client: Queryable,
  loginId: string,
  step: bigint,
  sealedSecret: string,
): Promise<void> {
  await client.query(
    'update platform.second_factor set last_step = $2, sealed_secret = $3 where login_id = $1',
    [loginId, step, sealedSecret],
  );
}

/** Takes the second factor away with its recovery codes; answers whether one was in force. */
export async function deleteFactor(tx: Transaction, loginId: string): Promise<boolean> {
  const gone = await tx.query(
    'delete from platform.second_factor where login_id = $1 and confirmed_at is not null returning login_id',
    [loginId],
  );
  return gone.length === 1;
}

/** Takes away a second factor that was begun since a moment. */
export async function deleteFactorSince(tx: Transaction, loginId: string, since: Date): Promise<void> {
  await tx.query('delete from platform.second_factor where login_id = $1 and begun_at >= $2', [
    loginId,
    since,
  ]);
}

/** Puts new recovery codes in the place of all before them. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  loginId: string,
  codes: readonly string[],
): Promise<void> {
  await tx.query('delete from platform.recovery_code where login_id = $1', [loginId]);
  await tx.query(
    'insert into platform.recovery_code (login_id, code_hash) select $1, hash from unnest($2::text[]) as hash',
    [loginId, codes.map(recoveryHash)],
  );
}

/** Uses a recovery code up; false when there is no such code, or not any more. */
export async function takeRecoveryCode(
  client: Queryable,
  loginId: string,
  codeHash: string,
  now: Date,
): Promise<boolean> {
  const taken = await client.query(
    `update platform.recovery_code set used_at = $3
     where login_id = $1 and code_hash = $2 and used_at is null returning login_id`,
    [loginId, codeHash, now],
  );
  return taken.length === 1;
}

export async function countRecoveryCodes(client: Queryable, loginId: string): Promise<number> {
  const [row] = await client.query<{ left: number }>(
    'select count(*)::int as left from platform.recovery_code where login_id = $1 and used_at is null',
    [loginId],
  );
  return row?.left ?? 0;
}

/** Secrets that another key than the one in force sealed. */
export async function selectSealedOtherwise(client: Queryable, prefix: string): Promise<StoredFactor[]> {
  return client.query<Row<StoredFactor>>(
    `select ${FACTOR} from platform.second_factor where not starts_with(sealed_secret, $1) for update`,
    [prefix],
  );
}

export async function updateSealed(client: Queryable, loginId: string, sealedSecret: string): Promise<void> {
  await client.query('update platform.second_factor set sealed_secret = $2 where login_id = $1', [
    loginId,
    sealedSecret,
  ]);
}

/** The members among these whose account asks for a second factor. */
export async function selectMembersWithFactor(
  client: Queryable,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const rows = await client.query<{ memberId: string }>(
    `select member_id as "memberId" from platform.membership join platform.second_factor using (login_id)
     where cooperative_id = $1 and member_id = any($2) and ended_at is null and confirmed_at is not null`,
    [cooperativeId, memberIds],
  );
  return rows.map(({ memberId }) => memberId);
}

/** A policy as it was set. */
export interface StoredPolicy extends SecondFactorPolicy {
  readonly rationale: string;
  readonly setAt: Date;
}

/** The policy in force; null where none was ever set. */
export async function selectPolicy(client: Queryable, cooperativeId: string): Promise<StoredPolicy | null> {
  const [row] = await client.query<Row<StoredPolicy>>(
    `select roles, required_from::text as "requiredFrom", rationale, set_at as "setAt"
     from platform.second_factor_policy where cooperative_id = $1 order by set_at desc, id desc limit 1`,
    [cooperativeId],
  );
  return row ?? null;
}

export async function insertPolicy(
  tx: Transaction,
  policy: {
    readonly policyId: string;
    readonly roles: readonly Role[];
    readonly requiredFrom: string;
    readonly rationale: string;
    readonly loginId: string;
  },
): Promise<void> {
  await tx.query(
    `insert into platform.second_factor_policy
       (cooperative_id, id, roles, required_from, rationale, set_by_login_id, set_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.cooperativeId,
      policy.policyId,
      policy.roles,
      policy.requiredFrom,
      policy.rationale,
      policy.loginId,
      tx.now,
    ],
  );
}
