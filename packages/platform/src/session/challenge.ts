// The minutes between the password and the code: a token that proves the password was right, for one account in one
// cooperative. It opens nothing by itself, works once, and is gone after a few wrong codes.
import type { Database, Queryable } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { refuse } from '@habitat/kernel';
import type { Membership } from '../login/login.store.ts';
import type { CodeRefusal } from '../second-factor/second-factor.ts';
import { takeCode, throttledCode } from '../second-factor/verify-code.ts';
import type { Secrets } from '../secret/sealed.ts';
import type { TenantTokenName } from '../secret/tenant-token.ts';
import { newTenantToken, readTenantToken } from '../secret/tenant-token.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import type { TokenSettings } from './access-token.ts';
import type { Origin, SessionTokens } from './open-session.ts';
import { openSession } from './open-session.ts';

export const CHALLENGE_SECONDS = 300;
const MOST_WRONG_CODES = 5;

/** Makes the challenge of an account whose password was right, in the place of those before it. */
export async function issueChallenge(client: Queryable, membership: Membership, now: Date): Promise<string> {
  const { cooperativeId, loginId } = membership;
  const token = newTenantToken(cooperativeId);
  await client.query('delete from platform.sign_in_challenge where cooperative_id = $1 and login_id = $2', [
    cooperativeId,
    loginId,
  ]);
  await client.query(
    `insert into platform.sign_in_challenge (cooperative_id, token_hash, login_id, expires_at) values ($1, $2, $3, $4)`,
    [cooperativeId, token.tokenHash, loginId, new Date(now.getTime() + CHALLENGE_SECONDS * 1000)],
  );
  return token.text;
}

interface OpenChallenge {
  readonly loginId: string;
  readonly memberId: string;
}

/** The challenge a token names while it is good for anything, and its account may still come in. */
async function selectChallenge(
  client: Queryable,
  name: TenantTokenName,
  now: Date,
  lock: '' | 'for update of challenge' = '',
): Promise<OpenChallenge | null> {
  const [row] = await client.query<{ loginId: string; memberId: string }>(
    `select challenge.login_id as "loginId", membership.member_id as "memberId"
     from platform.sign_in_challenge challenge
     join platform.membership using (cooperative_id, login_id)
     join platform.login on login.id = challenge.login_id
     where cooperative_id = $1 and token_hash = $2 and used_at is null and expires_at > $3 and wrong_codes < $4
       and membership.ended_at is null and login.status = 'active' ${lock}`,
    [name.cooperativeId, name.tokenHash, now, MOST_WRONG_CODES],
  );
  return row ?? null;
}

async function markUsed(client: Queryable, name: TenantTokenName, now: Date): Promise<void> {
  await client.query(
    'update platform.sign_in_challenge set used_at = $3 where cooperative_id = $1 and token_hash = $2',
    [name.cooperativeId, name.tokenHash, now],
  );
}

async function countWrongCode(client: Queryable, name: TenantTokenName): Promise<void> {
  await client.query(
    'update platform.sign_in_challenge set wrong_codes = wrong_codes + 1 where cooperative_id = $1 and token_hash = $2',
    [name.cooperativeId, name.tokenHash],
  );
}

export interface CompleteSignInInput extends Origin {
  readonly challenge: string;
  readonly code: string;
}

/** In the order checked. */
export type CompleteSignInRefusal =
  { readonly code: 'CHALLENGE_OVER'; readonly message: string } | TooManyAttempts | CodeRefusal;

const OVER = {
  code: 'CHALLENGE_OVER',
  message: 'This took too long, or too many codes were wrong. Begin with your password again.',
} as const;

/** Trades a challenge and a code for a session. */
export async function completeSignIn(
  database: Database,
  settings: TokenSettings,
  secrets: Secrets,
  now: Date,
  input: CompleteSignInInput,
): Promise<Result<SessionTokens, CompleteSignInRefusal>> {
  const name = readTenantToken(input.challenge);
  if (name === null) return refuse(OVER);
  const { cooperativeId } = name;
  const known = await database.read('platform', { cooperativeId }, (client) =>
    selectChallenge(client, name, now),
  );
  if (known === null) return refuse(OVER);
  const given = { loginId: known.loginId, address: input.address };
  return throttledCode(database, given, now, () =>
    // A wrong code must be remembered, so this transaction commits whatever it decides.
    database.transaction('platform', { cooperativeId, command: 'completeSignIn' }, async (client) => {
      const challenge = await selectChallenge(client, name, now, 'for update of challenge');
      if (challenge === null) return null;
      if (!(await takeCode(client, secrets, { loginId: challenge.loginId, code: input.code }, now))) {
        await countWrongCode(client, name);
        return null;
      }
      await markUsed(client, name, now);
      return openSession(client, settings, { cooperativeId, ...challenge }, { ...input, by: 'code' }, now);
    }),
  );
}
