// Reads of a session in force: who is behind it, and where else that person belongs.
import type { Database } from '@habitat/database';
import type { Membership } from '../login/login.store.ts';
import { selectOwnMemberships } from '../login/login.store.ts';
import type { AccessClaims } from './access-token.ts';
import type { Standing } from './session.store.ts';
import { selectStanding } from './session.store.ts';

/**
 * Who is behind an access token: account, member and cooperative. Null once the session has ended, the account is
 * disabled or the membership is over, even while the token itself has not run out.
 */
export async function findStanding(database: Database, claims: AccessClaims): Promise<Standing | null> {
  return database.transaction('platform', { cooperativeId: claims.cooperativeId }, (client) =>
    selectStanding(client, claims.sessionId, claims.loginId),
  );
}

/** The cooperatives a login may sign in to, by name. */
export async function listMemberships(database: Database, loginId: string): Promise<Membership[]> {
  return database.read('platform', { loginId }, (client) => selectOwnMemberships(client, loginId));
}
