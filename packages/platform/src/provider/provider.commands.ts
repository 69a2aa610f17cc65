// Linking one's account to a person of a provider, and taking that back. Only whoever is signed in links, and only their own
// account: an address that a provider says somebody has makes nobody part of an account here.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, newId, refuse } from '@habitat/kernel';
import { takeChallenge } from '../secret/challenge.ts';
import type { Provider, ProviderPurpose, ProviderRefusal, ProviderRequest } from './provider.ts';
import type { LinkedIdentity } from './provider.store.ts';
import { deleteIdentity, insertIdentity, selectIdentities } from './provider.store.ts';

const MOST_IDENTITIES = 10;

function ownerOf({ actor }: CommandContext): string {
  if (actor.loginId === null) throw new Error('only a person has identities');
  return actor.loginId;
}

/** A request to link is good for one account. */
function linkPurpose(loginId: string): ProviderPurpose {
  return `provider-link:${loginId}`;
}

/** What sends a signed-in person to the provider to link who they are there. */
export function requestIdentityLink(
  provider: Provider,
  context: CommandContext,
): Promise<Result<ProviderRequest, ProviderRefusal>> {
  return provider.request(linkPurpose(ownerOf(context)), context.now);
}

/** In the order checked. */
export type LinkIdentityRefusal =
  | ProviderRefusal
  | { readonly code: 'TOO_MANY_IDENTITIES'; readonly most: number }
  | { readonly code: 'IDENTITY_TAKEN' };

/** Links the person the provider says has come back to one's own account. */
export async function linkIdentity(
  database: Database,
  provider: Provider,
  context: CommandContext,
  input: { readonly query: string; readonly state: string },
): Promise<Result<{ loginId: string }, LinkIdentityRefusal | IdempotencyConflict>> {
  const loginId = ownerOf(context);
  const answer = await provider.answer(linkPurpose(loginId), input, context.now);
  if (!answer.ok) return answer;
  const { identity, state, expiresAt } = answer.value;
  return runCommand<{ loginId: string }, LinkIdentityRefusal>(
    database,
    'platform',
    context,
    { name: 'linkIdentity', input: null },
    async (tx) => {
      if (!(await takeChallenge(tx, state, expiresAt, tx.now)))
        return refuse({ code: 'PROVIDER_REQUEST_OVER' });
      const has = await selectIdentities(tx, loginId);
      if (has.length >= MOST_IDENTITIES)
        return refuse({ code: 'TOO_MANY_IDENTITIES', most: MOST_IDENTITIES });
      const isNew = await insertIdentity(tx, { ...identity, identityId: newId(), loginId });
      return isNew ? accept({ loginId }) : refuse({ code: 'IDENTITY_TAKEN' });
    },
  );
}

/** Takes one of one's own identities away: it opens nothing any more. */
export async function unlinkIdentity(
  database: Database,
  context: CommandContext,
  input: { readonly identityId: string },
): Promise<Result<{ loginId: string }, { readonly code: 'IDENTITY_NOT_FOUND' } | IdempotencyConflict>> {
  const loginId = ownerOf(context);
  return runCommand<{ loginId: string }, { readonly code: 'IDENTITY_NOT_FOUND' }>(
    database,
    'platform',
    context,
    { name: 'unlinkIdentity', input },
    async (tx) =>
      (await deleteIdentity(tx, loginId, input.identityId))
        ? accept({ loginId })
        : refuse({ code: 'IDENTITY_NOT_FOUND' }),
  );
}

/** The identities of an account, the oldest first. */
export async function listIdentities(database: Database, loginId: string): Promise<LinkedIdentity[]> {
  return database.read('platform', {}, (client) => selectIdentities(client, loginId));
}
