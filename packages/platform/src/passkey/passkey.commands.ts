// A person's own passkeys: adding one and removing one. The API asks for a recent proof of who it is before each.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, newId, refuse } from '@habitat/kernel';
import { takeChallenge } from '../secret/challenge.ts';
import type { PasskeySettings } from './passkey.ts';
import { LONGEST_NAME, MOST_PASSKEYS, readCredential, verifyCreation } from './passkey.ts';
import { deletePasskeys, insertPasskey, selectPasskeys, updatePasskeyName } from './passkey.store.ts';

function ownerOf({ actor }: CommandContext): string {
  if (actor.loginId === null) throw new Error('only a person has passkeys');
  return actor.loginId;
}

export interface AddPasskeyInput {
  /** What the browser answered, as JSON. */
  readonly credential: string;
  /** How its owner tells it from others. */
  readonly name: string;
}

type NameRefusal =
  | { readonly code: 'NAME_REQUIRED'; readonly field: 'name' }
  | { readonly code: 'NAME_TOO_LONG'; readonly field: 'name' };

function checkName(given: string): Result<string, NameRefusal> {
  const name = given.trim();
  if (name === '') return refuse({ code: 'NAME_REQUIRED', field: 'name' });
  return name.length > LONGEST_NAME ? refuse({ code: 'NAME_TOO_LONG', field: 'name' }) : accept(name);
}

/** In the order checked. */
export type AddPasskeyRefusal =
  | NameRefusal
  | { readonly code: 'PASSKEY_REFUSED' }
  | { readonly code: 'TOO_MANY_PASSKEYS'; readonly most: number }
  | { readonly code: 'PASSKEY_EXISTS' };

/** Adds the passkey a device made for this account. */
export async function addPasskey(
  database: Database,
  settings: PasskeySettings,
  context: CommandContext,
  input: AddPasskeyInput,
): Promise<Result<{ loginId: string }, AddPasskeyRefusal | IdempotencyConflict>> {
  const loginId = ownerOf(context);
  const checked = checkName(input.name);
  if (!checked.ok) return checked;
  const name = checked.value;
  const credential = readCredential(input.credential);
  const made = credential === null ? null : await verifyCreation(settings, loginId, credential, context.now);
  if (made === null) return refuse({ code: 'PASSKEY_REFUSED' });
  const { credentialId, challenge, expiresAt } = made;
  return runCommand<{ loginId: string }, AddPasskeyRefusal>(
    database,
    'platform',
    context,
    { name: 'addPasskey', input: { credentialId, name } },
    async (tx) => {
      const has = await selectPasskeys(tx, loginId);
      if (has.length >= MOST_PASSKEYS) return refuse({ code: 'TOO_MANY_PASSKEYS', most: MOST_PASSKEYS });
      if (!(await takeChallenge(tx, challenge, expiresAt, tx.now)))
        return refuse({ code: 'PASSKEY_REFUSED' });
      const isNew = await insertPasskey(tx, { ...made, passkeyId: newId(), loginId, name });
      return isNew ? accept({ loginId }) : refuse({ code: 'PASSKEY_EXISTS' });
    },
  );
}

type NotFound = { readonly code: 'PASSKEY_NOT_FOUND' };

/** Gives one of one's own passkeys another name. */
export async function renamePasskey(
  database: Database,
  context: CommandContext,
  input: { readonly passkeyId: string; readonly name: string },
): Promise<Result<{ loginId: string }, NameRefusal | NotFound | IdempotencyConflict>> {
  const loginId = ownerOf(context);
  const checked = checkName(input.name);
  if (!checked.ok) return checked;
  const { passkeyId } = input;
  const named = { loginId, passkeyId, name: checked.value };
  return runCommand<{ loginId: string }, NotFound>(
    database,
    'platform',
    context,
    { name: 'renamePasskey', input },
    async (tx) =>
      (await updatePasskeyName(tx, named)) ? accept({ loginId }) : refuse({ code: 'PASSKEY_NOT_FOUND' }),
  );
}

/** Removes one of one's own passkeys; from then on it opens nothing. */
export async function removePasskey(
  database: Database,
  context: CommandContext,
  input: { readonly passkeyId: string },
): Promise<Result<{ loginId: string }, NotFound | IdempotencyConflict>> {
  const loginId = ownerOf(context);
  return runCommand<{ loginId: string }, NotFound>(
    database,
    'platform',
    context,
    { name: 'removePasskey', input },
    async (tx) => {
      const gone = await deletePasskeys(tx, loginId, input.passkeyId);
      return gone === 1 ? accept({ loginId }) : refuse({ code: 'PASSKEY_NOT_FOUND' });
    },
  );
}
