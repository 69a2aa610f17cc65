// SQL of sign-in accounts and of what ties them to cooperatives.
import type { Queryable, Transaction } from '@habitat/database';
import type { Login } from './login.ts';
import { emailKey } from './login.ts';

type Row<T> = T & Record<string, unknown>;

const LOGIN = `id as "loginId", email, display_name as "displayName", password_hash as "passwordHash", status,
  preferences ->> 'locale' as locale`;

export async function selectLoginByEmail(client: Queryable, email: string): Promise<Login | null> {
  const [row] = await client.query<Row<Login>>({
    name: 'select-login-by-email',
    text: `select ${LOGIN} from platform.login where email_key = $1`,
    values: [emailKey(email)],
  });
  return row ?? null;
}

export async function selectLogin(client: Queryable, loginId: string): Promise<Login | null> {
  const [row] = await client.query<Row<Login>>(`select ${LOGIN} from platform.login where id = $1`, [
    loginId,
  ]);
  return row ?? null;
}

/** Inserts an account, or gives back the one that email already has. */
export async function upsertLogin(
  tx: Transaction,
  login: { loginId: string; email: string; displayName: string; passwordHash: string },
): Promise<{ loginId: string; email: string }> {
  const inserted = await tx.query(
    `insert into platform.login (id, email, display_name, password_hash, password_changed_at, status, created_at)
     values ($1, $2, $3, $4, $5, 'active', $5) on conflict (email_key) do nothing returning id`,
    [login.loginId, login.email, login.displayName, login.passwordHash, tx.now],
  );
  if (inserted.length === 1) return login;
  const existing = await selectLoginByEmail(tx, login.email);
  if (existing === null) throw new Error('an account vanished while it was opened');
  return existing;
}

export async function updatePassword(
  client: Queryable,
  loginId: string,
  hash: string,
  now: Date,
): Promise<void> {
  await client.query('update platform.login set password_hash = $2, password_changed_at = $3 where id = $1', [
    loginId,
    hash,
    now,
  ]);
}

/** Gives an account another email, and answers the one it had; null where another account has it. */
export async function updateEmail(
  tx: Transaction,
  loginId: string,
  email: string,
): Promise<{ previousEmail: string } | null> {
  const [updated] = await tx.query<{ previousEmail: string }>(
    `update platform.login set email = $2
     where id = $1 and not exists (select from platform.login other where other.email_key = $3 and other.id <> $1)
     returning old.email as "previousEmail"`,
    [loginId, email, emailKey(email)],
  );
  return updated ?? null;
}

export interface Membership {
  readonly cooperativeId: string;
  readonly loginId: string;
  readonly memberId: string;
  readonly slug: string;
  readonly name: string;
}

/** Ties an account to a member; returns false when either is tied already. */
export async function insertMembership(
  tx: Transaction,
  membership: { readonly loginId: string; readonly memberId: string },
): Promise<boolean> {
  const inserted = await tx.query(
    `insert into platform.membership (cooperative_id, login_id, member_id, created_at)
     values ($1, $2, $3, $4) on conflict do nothing returning login_id`,
    [tx.cooperativeId, membership.loginId, membership.memberId, tx.now],
  );
  return inserted.length === 1;
}

/** The member an account is in this cooperative, with the account. */
export async function selectMembershipOf(
  client: Queryable,
  memberId: string,
): Promise<{ loginId: string } | null> {
  const [row] = await client.query<{ loginId: string }>(
    'select login_id as "loginId" from platform.membership where member_id = $1 and ended_at is null',
    [memberId],
  );
  return row ?? null;
}

/** The member an account is in this cooperative, also once that is over. */
export async function selectMembershipOfLogin(
  tx: Transaction,
  loginId: string,
): Promise<{ memberId: string } | null> {
  const [row] = await tx.query<{ memberId: string }>(
    'select member_id as "memberId" from platform.membership where cooperative_id = $1 and login_id = $2',
    [tx.cooperativeId, loginId],
  );
  return row ?? null;
}

/** Memberships in force of the login the transaction names, by cooperative name. */
export async function selectOwnMemberships(client: Queryable, loginId: string): Promise<Membership[]> {
  return client.query<Row<Membership>>(
    `select membership.cooperative_id as "cooperativeId", login_id as "loginId", member_id as "memberId", slug, name
     from platform.membership join platform.cooperative using (cooperative_id)
     where login_id = $1 and ended_at is null order by name, slug`,
    [loginId],
  );
}

/** How many cooperatives an account belongs to, told to no one but a rule that asks. */
export async function countMembershipsEverywhere(tx: Transaction, loginId: string): Promise<number> {
  await tx.query(`select set_config('habitat.login_id', $1, true)`, [loginId]);
  return (await selectOwnMemberships(tx, loginId)).length;
}
