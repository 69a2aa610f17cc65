// SQL of keys. Every statement names the cooperative: the wall would hide another's anyway.
import type { Queryable, Transaction } from '@habitat/database';
import type { CooperativeProfile } from '../cooperative/cooperative.ts';
import type { ApiKey, ApiKeyName, CheckedWish } from './api-key.ts';

const KEY = `id as "keyId", name, scopes, supervisor_login_id as "supervisorLoginId",
  supervisor_member_id as "supervisorMemberId", hourly_limit as "hourlyLimit", ceiling_minor as "ceilingMinor",
  created_at as "createdAt", expires_at as "expiresAt", rotated_at as "rotatedAt", previous_until as "previousUntil",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

type Row<T> = T & Record<string, unknown>;

export async function insertKey(
  tx: Transaction,
  key: Pick<ApiKeyName, 'keyId' | 'secretHash'> & CheckedWish,
): Promise<void> {
  await tx.query(
    `insert into platform.api_key (cooperative_id, id, name, secret_hash, scopes, supervisor_login_id,
       supervisor_member_id, hourly_limit, ceiling_minor, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.cooperativeId,
      key.keyId,
      key.name,
      key.secretHash,
      key.scopes,
      tx.actor.loginId,
      tx.actor.memberId,
      key.hourlyLimit,
      key.ceilingMinor,
      tx.now,
      key.expiresAt,
    ],
  );
}

/** A key, locked: a rotation and a revocation of it happen one after the other. */
export async function lockKey(tx: Transaction, keyId: string): Promise<ApiKey | null> {
  const [row] = await tx.query<Row<ApiKey>>(
    `select ${KEY} from platform.api_key where cooperative_id = $1 and id = $2 for update`,
    [tx.cooperativeId, keyId],
  );
  return row ?? null;
}

export async function countKeysInForce(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ keys: number }>(
    `select count(*)::int as keys from platform.api_key
     where cooperative_id = $1 and supervisor_login_id = $2 and revoked_at is null and expires_at > $3`,
    [tx.cooperativeId, tx.actor.loginId, tx.now],
  );
  return row?.keys ?? 0;
}

export async function updateSecret(
  tx: Transaction,
  { keyId, secretHash }: Pick<ApiKeyName, 'keyId' | 'secretHash'>,
  previousUntil: Date,
): Promise<void> {
  await tx.query(
    `update platform.api_key set secret_hash = $3, previous_hash = secret_hash, previous_until = $4, rotated_at = $5
     where cooperative_id = $1 and id = $2`,
    [tx.cooperativeId, keyId, secretHash, previousUntil, tx.now],
  );
}

export async function markRevoked(tx: Transaction, keyId: string): Promise<void> {
  await tx.query(
    'update platform.api_key set revoked_at = $3, revoked_by_login_id = $4 where cooperative_id = $1 and id = $2',
    [tx.cooperativeId, keyId, tx.now, tx.actor.loginId],
  );
}

/** Takes back the keys an account made in this cooperative, or got a new secret of, since; their ids. */
export async function revokeKeysSince(tx: Transaction, loginId: string, since: Date): Promise<string[]> {
  const revoked = await tx.query<{ id: string }>(
    `update platform.api_key set revoked_at = $3, revoked_by_login_id = $1
     where cooperative_id = $4 and supervisor_login_id = $1 and revoked_at is null
       and (created_at >= $2 or rotated_at >= $2) returning id`,
    [loginId, since, tx.now, tx.cooperativeId],
  );
  return revoked.map(({ id }) => id);
}

/** Keys of one supervisor, or of everybody, newest first. */
export async function selectKeys(
  client: Queryable,
  query: { readonly cooperativeId: string; readonly supervisorLoginId: string | null },
): Promise<ApiKey[]> {
  return client.query<Row<ApiKey>>(
    `select ${KEY} from platform.api_key
     where cooperative_id = $1 and ($2::uuid is null or supervisor_login_id = $2) order by created_at desc, id`,
    [query.cooperativeId, query.supervisorLoginId],
  );
}

export async function selectSecretHash(
  client: Queryable,
  { cooperativeId, keyId }: Pick<ApiKeyName, 'cooperativeId' | 'keyId'>,
): Promise<string | null> {
  const [row] = await client.query<{ hash: string }>(
    'select secret_hash as hash from platform.api_key where cooperative_id = $1 and id = $2',
    [cooperativeId, keyId],
  );
  return row?.hash ?? null;
}

/** Whom a presented key acts for, with the cooperative. */
export interface KeyStanding extends CooperativeProfile {
  readonly keyId: string;
  readonly keyName: string;
  readonly scopes: readonly string[];
  readonly hourlyLimit: number;
  readonly ceilingMinor: bigint;
  readonly loginId: string;
  readonly memberId: string;
  readonly email: string;
}

export async function selectKeyStanding(
  client: Queryable,
  { cooperativeId, keyId, secretHash }: ApiKeyName,
  now: Date,
): Promise<KeyStanding | null> {
  const [row] = await client.query<Row<KeyStanding>>({
    name: 'select-key-standing',
    text: `
      select api_key.id as "keyId", api_key.name as "keyName", api_key.scopes, api_key.hourly_limit as "hourlyLimit",
        api_key.ceiling_minor as "ceilingMinor", membership.login_id as "loginId",
        membership.member_id as "memberId", login.email,
        cooperative.cooperative_id as "cooperativeId", cooperative.name, cooperative.slug, cooperative.currency,
        cooperative.currency_digits as "currencyDigits", cooperative.time_zone as "timeZone",
        cooperative.tax_regime as "taxRegime", cooperative.template,
        cooperative.fiscal_start_month as "fiscalStartMonth", cooperative.legal_name as "legalName"
      from platform.api_key
      join platform.membership
        on membership.cooperative_id = api_key.cooperative_id and membership.login_id = api_key.supervisor_login_id
      join platform.login on login.id = api_key.supervisor_login_id
      join platform.cooperative on cooperative.cooperative_id = api_key.cooperative_id
      where api_key.cooperative_id = $1 and api_key.id = $2 and api_key.revoked_at is null and api_key.expires_at > $4
        and (api_key.secret_hash = $3 or (api_key.previous_hash = $3 and api_key.previous_until > $4))
        and membership.ended_at is null and login.status = 'active'`,
    values: [cooperativeId, keyId, secretHash, now],
  });
  return row ?? null;
}

/** Counts one use of a key in its hour and notes it, at most once a minute; answers how many there were in the hour. */
export async function countUse(
  client: Queryable,
  { cooperativeId, keyId }: Pick<ApiKeyName, 'cooperativeId' | 'keyId'>,
  now: Date,
): Promise<number> {
  const [row] = await client.query<{ requests: number }>({
    name: 'count-key-use',
    text: `
      with seen as (
        update platform.api_key set last_used_at = $3::timestamptz
        where cooperative_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')
      )
      insert into platform.api_key_use (cooperative_id, key_id, hour, requests)
      values ($1, $2, date_trunc('hour', $3::timestamptz), 1)
      on conflict (cooperative_id, key_id) do update set hour = excluded.hour,
        requests = case when api_key_use.hour = excluded.hour then api_key_use.requests + 1 else 1 end
      returning requests`,
    values: [cooperativeId, keyId, now],
  });
  return row?.requests ?? 0;
}
