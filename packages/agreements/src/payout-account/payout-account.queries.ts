// Reading payout accounts. Who may see them in full, the API's guard says; these answer whoever is let through.
import type { Database } from '@habitat/database';
import type { Secrets } from '@habitat/platform';
import type { PayoutAccount, PayoutAccountSpan } from './payout-account.store.ts';
import { selectAccounts, selectSpans } from './payout-account.store.ts';

/** A member's account in force; null where they gave none. */
export async function findPayoutAccount(
  database: Database,
  secrets: Secrets,
  cooperativeId: string,
  memberId: string,
): Promise<PayoutAccount | null> {
  const [found = null] = await database.read('agreements', { cooperativeId }, (client) =>
    selectAccounts(client, secrets, cooperativeId, [memberId]),
  );
  return found;
}

/** The accounts in force of these members, in their order. */
export async function payoutAccountsOf(
  database: Database,
  secrets: Secrets,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<(PayoutAccount | null)[]> {
  const found = await database.read('agreements', { cooperativeId }, (client) =>
    selectAccounts(client, secrets, cooperativeId, memberIds),
  );
  return memberIds.map((id) => found.find(({ memberId }) => memberId === id) ?? null);
}

/** When a member's accounts were given, replaced and taken away, the latest first. */
export async function listPayoutAccountSpans(
  database: Database,
  cooperativeId: string,
  memberId: string,
): Promise<PayoutAccountSpan[]> {
  return database.read('agreements', { cooperativeId }, (client) =>
    selectSpans(client, cooperativeId, memberId),
  );
}
