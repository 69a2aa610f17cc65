// Payout accounts' SQL, and the seal between a row and what it says: nothing else opens or closes one.
import type { Queryable, Transaction } from '@habitat/database';
import { newId } from '@habitat/kernel';
import type { Secrets } from '@habitat/platform';
import { seal, sealedPrefix, unseal } from '@habitat/platform';
import type { PayoutDetails } from './payout-account.ts';

const PURPOSE = 'payout-account';

/** An account in force. */
export interface PayoutAccount {
  readonly memberId: string;
  readonly details: PayoutDetails;
  readonly setAt: Date;
}

/** When an account was given and, unless it is in force, when it was replaced or taken away. */
export interface PayoutAccountSpan {
  readonly setAt: Date;
  readonly endedAt: Date | null;
}

/** The accounts in force of these members; who has none is left out. */
export async function selectAccounts(
  client: Queryable,
  secrets: Secrets,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<PayoutAccount[]> {
  const rows = await client.query<{ memberId: string; sealed: string; setAt: Date }>(
    `select member_id as "memberId", sealed, set_at as "setAt" from agreements.payout_account
     where cooperative_id = $1 and member_id = any ($2::uuid[]) and ended_at is null`,
    [cooperativeId, memberIds],
  );
  return rows.map(({ memberId, sealed, setAt }) => ({
    memberId,
    setAt,
    details: JSON.parse(unseal(secrets, PURPOSE, memberId, sealed)) as PayoutDetails,
  }));
}

/** Every account a member gave, the latest first. */
export async function selectSpans(
  client: Queryable,
  cooperativeId: string,
  memberId: string,
): Promise<PayoutAccountSpan[]> {
  return client.query<PayoutAccountSpan & Record<string, unknown>>(
    `select set_at as "setAt", ended_at as "endedAt" from agreements.payout_account
     where cooperative_id = $1 and member_id = $2 order by set_at desc, id desc`,
    [cooperativeId, memberId],
  );
}

/** Holds a member while their account changes, so that two changes come one after the other; false for nobody. */
export async function lockMember(tx: Transaction, memberId: string): Promise<boolean> {
  const found = await tx.query(
    'select from agreements.member where cooperative_id = $1 and id = $2 for update',
    [tx.cooperativeId, memberId],
  );
  return found.length > 0;
}

/** Ends the account in force and forgets its numbers; false when there was none. */
export async function endAccount(tx: Transaction, memberId: string): Promise<boolean> {
  const ended = await tx.query(
    `update agreements.payout_account set sealed = null, ended_at = $3
     where cooperative_id = $1 and member_id = $2 and ended_at is null returning id`,
    [tx.cooperativeId, memberId, tx.now],
  );
  return ended.length > 0;
}

export async function insertAccount(
  tx: Transaction,
  secrets: Secrets,
  memberId: string,
  details: PayoutDetails,
): Promise<void> {
  await tx.query(
    `insert into agreements.payout_account (cooperative_id, id, member_id, sealed, set_at) values ($1, $2, $3, $4, $5)`,
    [tx.cooperativeId, newId(), memberId, seal(secrets, PURPOSE, memberId, JSON.stringify(details)), tx.now],
  );
}

export async function deleteAccounts(tx: Transaction, memberIds: readonly string[]): Promise<void> {
  await tx.query(
    'delete from agreements.payout_account where cooperative_id = $1 and member_id = any ($2::uuid[])',
    [tx.cooperativeId, memberIds],
  );
}

/** Seals anew, with the secret in force, whatever an older one sealed; answers how many there were. */
export async function resealAccounts(tx: Transaction, secrets: Secrets): Promise<number> {
  const rows = await tx.query<{ id: string; memberId: string; sealed: string }>(
    `select id, member_id as "memberId", sealed from agreements.payout_account
     where cooperative_id = $1 and ended_at is null and not starts_with(sealed, $2) for update`,
    [tx.cooperativeId, sealedPrefix(secrets, PURPOSE)],
  );
  for (const { id, memberId, sealed } of rows) {
    const again = seal(secrets, PURPOSE, memberId, unseal(secrets, PURPOSE, memberId, sealed));
    await tx.query('update agreements.payout_account set sealed = $3 where cooperative_id = $1 and id = $2', [
      tx.cooperativeId,
      id,
      again,
    ]);
  }
  return rows.length;
}
