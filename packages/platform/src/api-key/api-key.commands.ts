// Giving a program a key, changing its secret with both believed for a while, and taking it back. The secret is answered
// once; what a repeated request is answered from knows nothing of it.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import type { ApiKey, ApiKeyName, ApiKeyWish, ApiKeyWishRefusal } from './api-key.ts';
import { apiKeyStatus, checkApiKey, MOST_KEYS, newApiKey, OVERLAP_HOURS } from './api-key.ts';
import {
  countKeysInForce,
  insertKey,
  lockKey,
  markRevoked,
  selectSecretHash,
  updateSecret,
} from './api-key.store.ts';

const HOUR_MS = 3_600_000;

export type CreateApiKeyRefusal =
  ApiKeyWishRefusal | { readonly code: 'TOO_MANY_KEYS'; readonly most: number };

/** A key with its secret; null where the request was a repeated one: a secret is shown once. */
export interface IssuedKey {
  readonly keyId: string;
  readonly secret: string | null;
}

/** The secret made here, if it is the one that was stored. */
async function issued(
  database: Database,
  made: ApiKeyName & { readonly text: string },
  keyId: string,
): Promise<IssuedKey> {
  const { cooperativeId, secretHash } = made;
  const stored = await database.read('platform', { cooperativeId }, (client) =>
    selectSecretHash(client, { cooperativeId, keyId }),
  );
  return { keyId, secret: stored === secretHash ? made.text : null };
}

/** Makes a key in one's own name: whoever makes it supervises it. A person's act. */
export async function createApiKey(
  database: Database,
  context: CommandContext,
  wish: ApiKeyWish,
): Promise<Result<IssuedKey, CreateApiKeyRefusal | IdempotencyConflict>> {
  const checked = checkApiKey(context.actor, wish, context.now);
  if (!checked.ok) return checked;
  const made = newApiKey(context.cooperativeId, newId());
  const created = await runCommand<{ keyId: string }, CreateApiKeyRefusal>(
    database,
    'platform',
    context,
    { name: 'createApiKey', input: wish },
    async (tx) => {
      if ((await countKeysInForce(tx)) >= MOST_KEYS)
        return refuse({ code: 'TOO_MANY_KEYS', most: MOST_KEYS });
      await insertKey(tx, { ...checked.value, keyId: made.keyId, secretHash: made.secretHash });
      return accept({ keyId: made.keyId });
    },
  );
  return created.ok ? accept(await issued(database, made, created.value.keyId)) : created;
}

/** In the order checked. */
export type RotateApiKeyRefusal =
  | { readonly code: 'BAD_OVERLAP'; readonly field: 'overlapHours'; readonly most: number }
  | { readonly code: 'API_KEY_NOT_FOUND' }
  | { readonly code: 'API_KEY_OVER' };

/** Gives a key another secret; the one before is believed for some hours more. Its supervisor's act. */
export async function rotateApiKey(
  database: Database,
  context: CommandContext,
  input: { readonly keyId: string; readonly overlapHours: number },
): Promise<Result<IssuedKey, RotateApiKeyRefusal | IdempotencyConflict>> {
  const { keyId, overlapHours } = input;
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > OVERLAP_HOURS.most)
    return refuse({ code: 'BAD_OVERLAP', field: 'overlapHours', most: OVERLAP_HOURS.most });
  const made = newApiKey(context.cooperativeId, keyId);
  const rotated = await runCommand<{ keyId: string }, RotateApiKeyRefusal>(
    database,
    'platform',
    context,
    { name: 'rotateApiKey', input },
    async (tx) => {
      const key = await lockKey(tx, keyId);
      if (key === null || !isSupervisor(tx, key)) return refuse({ code: 'API_KEY_NOT_FOUND' });
      if (apiKeyStatus(key, tx.now) !== 'in_force') return refuse({ code: 'API_KEY_OVER' });
      await updateSecret(tx, made, new Date(tx.now.getTime() + overlapHours * HOUR_MS));
      return accept({ keyId });
    },
  );
  return rotated.ok ? accept(await issued(database, made, keyId)) : rotated;
}

function isSupervisor({ actor }: Pick<CommandContext, 'actor'>, key: ApiKey): boolean {
  return actor.kind === 'person' && actor.loginId === key.supervisorLoginId;
}

export type RevokeApiKeyRefusal = { readonly code: 'API_KEY_NOT_FOUND' } | { readonly code: 'API_KEY_OVER' };

/** Takes a key back, at once: its supervisor's act, or an administrator's. */
export async function revokeApiKey(
  database: Database,
  context: CommandContext,
  input: { readonly keyId: string },
): Promise<Result<{ keyId: string }, RevokeApiKeyRefusal | IdempotencyConflict>> {
  return runCommand<{ keyId: string }, RevokeApiKeyRefusal>(
    database,
    'platform',
    context,
    { name: 'revokeApiKey', input },
    async (tx) => {
      const key = await lockKey(tx, input.keyId);
      if (key === null || !(isSupervisor(tx, key) || may(tx.actor, 'api_key.manage')))
        return refuse({ code: 'API_KEY_NOT_FOUND' });
      if (key.revokedAt !== null) return refuse({ code: 'API_KEY_OVER' });
      await markRevoked(tx, input.keyId);
      return accept({ keyId: input.keyId });
    },
  );
}
