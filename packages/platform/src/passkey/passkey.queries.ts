// Reads of passkeys, and what a browser is asked for to make one.
import type { Database } from '@habitat/database';
import type { Passkey, PasskeySettings } from './passkey.ts';
import { creationOptions, proofOptions } from './passkey.ts';
import { selectMembersWithPasskey, selectPasskeys } from './passkey.store.ts';

/** The passkeys of an account, the oldest first. */
export async function listPasskeys(database: Database, loginId: string): Promise<Passkey[]> {
  return database.read('platform', {}, (client) => selectPasskeys(client, loginId));
}

/** What a browser is asked for to make a passkey of this account; devices that have one are left out. */
export async function passkeySetup(
  database: Database,
  settings: PasskeySettings,
  person: { readonly loginId: string; readonly email: string; readonly displayName: string },
  now: Date,
): Promise<string> {
  const known = await database.read('platform', {}, (client) => selectPasskeys(client, person.loginId));
  const ids = known.map(({ credentialId }) => credentialId);
  return creationOptions(settings, person, ids, now);
}

/** What a browser is asked for to prove with a passkey who is there; null for an account without one. */
export async function passkeyProof(
  database: Database,
  settings: PasskeySettings,
  loginId: string,
  now: Date,
): Promise<string | null> {
  const known = await database.read('platform', {}, (client) => selectPasskeys(client, loginId));
  if (known.length === 0) return null;
  const ids = known.map(({ credentialId }) => credentialId);
  return proofOptions(settings, loginId, ids, now);
}

/** The members among these whose account has a passkey. */
export async function findMembersWithPasskey(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  return database.read('platform', { cooperativeId }, (client) =>
    selectMembersWithPasskey(client, cooperativeId, memberIds),
  );
}
