// The platform's part of erasing a member: what they were told, what invited them, how they came in. The account goes as
// well when it belongs to no other cooperative; elsewhere it is another membership's, and stays as it is.
import type { Transaction } from '@habitat/database';
import { selectOwnMemberships } from '../login/login.store.ts';

/** Never a hash of anything: argon2 finds no password behind it. */
const NO_PASSWORD =
  '$argon2id$v=19$m=19456,t=2,p=1$ZXJhc2VkZXJhc2Vk$ZXJhc2VkZXJhc2VkZXJhc2VkZXJhc2VkZXJhc2VkZXI';

async function eraseAccount(tx: Transaction, loginId: string): Promise<void> {
  for (const table of ['passkey', 'second_factor', 'provider_identity', 'identity_link'])
    await tx.query(`delete from platform.${table} where login_id = $1`, [loginId]);
  await tx.query(
    `update platform.login set email = $1::text || '@erased.invalid', display_name = '—', password_hash = $2,
       password_changed_at = $3, status = 'disabled', preferences = '{}'
     where id = $1::uuid`,
    [loginId, NO_PASSWORD, tx.now],
  );
}

/** Takes away what the platform keeps about a member; harmless to repeat. Returns the sessions that ended. */
export async function erasePerson(tx: Transaction, memberId: string): Promise<readonly string[]> {
  const { cooperativeId } = tx;
  for (const table of ['notification', 'notification_preference', 'identity_link'])
    await tx.query(`delete from platform.${table} where cooperative_id = $1 and member_id = $2`, [
      cooperativeId,
      memberId,
    ]);
  const [membership] = await tx.query<{ loginId: string }>(
    'select login_id as "loginId" from platform.membership where cooperative_id = $1 and member_id = $2 for update',
    [cooperativeId, memberId],
  );
  if (membership === undefined) return [];
  const { loginId } = membership;
  const theirs = [cooperativeId, loginId];
  await tx.query(
    `update platform.api_key set name = '—', revoked_at = coalesce(revoked_at, $3),
       revoked_by_login_id = coalesce(revoked_by_login_id, $2)
     where cooperative_id = $1 and supervisor_login_id = $2`,
    [...theirs, tx.now],
  );
  for (const table of [
    'pending_act where cooperative_id = $1 and supervisor_login_id = $2',
    'sign_in_challenge where cooperative_id = $1 and login_id = $2',
  ])
    await tx.query(`delete from platform.${table}`, theirs);
  const sessions = await tx.query<{ id: string }>(
    'delete from platform.session where cooperative_id = $1 and login_id = $2 returning id',
    theirs,
  );
  await tx.query('delete from platform.membership where cooperative_id = $1 and login_id = $2', theirs);
  await tx.query(`select set_config('habitat.login_id', $1, true)`, [loginId]);
  const elsewhere = await selectOwnMemberships(tx, loginId);
  if (elsewhere.length === 0) await eraseAccount(tx, loginId);
  return sessions.map(({ id }) => id);
}
