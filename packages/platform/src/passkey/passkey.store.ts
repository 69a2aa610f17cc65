// SQL of passkeys. They belong to accounts, so no statement names a cooperative.
import type { Queryable, Transaction } from '@habitat/database';
import type { NewPasskey, Passkey, StoredPasskey } from './passkey.ts';

type Row<T> = T & Record<string, unknown>;

/** The passkeys of an account with what devices call them, the oldest first. */
export async function selectPasskeys(
  client: Queryable,
  loginId: string,
): Promise<(Passkey & { readonly credentialId: string })[]> {
  return client.query<Row<Passkey & { credentialId: string }>>(
    `select id as "passkeyId", credential_id as "credentialId", name, created_at as "createdAt",
       last_used_at as "lastUsedAt"
     from platform.passkey where login_id = $1 order by created_at, id`,
    [loginId],
  );
}

/** The passkey a device names, while its account may come in. */
export async function selectByCredential(
  client: Queryable,
  credentialId: string,
): Promise<StoredPasskey | null> {
  const [row] = await client.query<Row<StoredPasskey>>(
    `select passkey.id as "passkeyId", login_id as "loginId", credential_id as "credentialId",
       public_key as "publicKey", sign_count as "signCount"
     from platform.passkey join platform.login on login.id = login_id
     where credential_id = $1 and status = 'active'`,
    [credentialId],
  );
  return row === undefined ? null : { ...row, signCount: BigInt(row.signCount) };
}

/** Keeps a new passkey; false when a device's name for it is known already. */
export async function insertPasskey(
  tx: Transaction,
  passkey: NewPasskey & { readonly passkeyId: string; readonly loginId: string; readonly name: string },
): Promise<boolean> {
  const { passkeyId, loginId, credentialId, publicKey, signCount, name } = passkey;
  const inserted = await tx.query(
    `insert into platform.passkey (id, login_id, credential_id, public_key, sign_count, name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (credential_id) do nothing returning id`,
    [passkeyId, loginId, credentialId, publicKey, signCount, name, tx.now],
  );
  return inserted.length === 1;
}

/** Remembers a use; false when the passkey was removed meanwhile. */
export async function markPasskeyUsed(
  client: Queryable,
  passkeyId: string,
  signCount: bigint,
  now: Date,
): Promise<boolean> {
  const used = await client.query(
    'update platform.passkey set sign_count = $2, last_used_at = $3 where id = $1 returning id',
    [passkeyId, signCount, now],
  );
  return used.length === 1;
}

/** Gives a passkey of an account another name; false when it has none of this id. */
export async function updatePasskeyName(
  tx: Transaction,
  passkey: { readonly loginId: string; readonly passkeyId: string; readonly name: string },
): Promise<boolean> {
  const renamed = await tx.query(
    'update platform.passkey set name = $3 where login_id = $1 and id = $2 returning id',
    [passkey.loginId, passkey.passkeyId, passkey.name],
  );
  return renamed.length === 1;
}

/** Removes one passkey of an account, or all of them; answers how many there were. */
export async function deletePasskeys(
  tx: Transaction,
  loginId: string,
  passkeyId: string | null,
): Promise<number> {
  const gone = await tx.query(
    'delete from platform.passkey where login_id = $1 and ($2::uuid is null or id = $2) returning id',
    [loginId, passkeyId],
  );
  return gone.length;
}

/** Removes the passkeys an account got since a moment. */
export async function deletePasskeysSince(tx: Transaction, loginId: string, since: Date): Promise<void> {
  await tx.query('delete from platform.passkey where login_id = $1 and created_at >= $2', [loginId, since]);
}

/** The members among these whose account has a passkey. */
export async function selectMembersWithPasskey(
  client: Queryable,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const rows = await client.query<{ memberId: string }>(
    `select distinct member_id as "memberId" from platform.membership join platform.passkey using (login_id)
     where cooperative_id = $1 and member_id = any($2) and ended_at is null`,
    [cooperativeId, memberIds],
  );
  return rows.map(({ memberId }) => memberId);
}
