// Reads of second factors, and the re-sealing of their secrets after the operator's key was replaced.
import type { Database } from '@habitat/database';
import type { Secrets } from '../secret/sealed.ts';
import { seal, sealedPrefix, unseal } from '../secret/sealed.ts';
import { SETUP_SECONDS } from './second-factor.ts';
import type { StoredPolicy } from './second-factor.store.ts';
import {
  countRecoveryCodes,
  selectFactor,
  selectMembersWithFactor,
  selectPolicy,
  selectSealedOtherwise,
  updateSealed,
} from './second-factor.store.ts';

/** An account's own second factor, as its owner sees it. */
export interface OwnSecondFactor {
  /** Since when it is asked for; null while there is none. */
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
  /** The secret that waits for its first code; null when none waits. */
  readonly waitingSecret: string | null;
}

/** The second factor of an account, with the secret that is being set up. */
export async function findOwnSecondFactor(
  database: Database,
  secrets: Secrets,
  loginId: string,
  now: Date,
): Promise<OwnSecondFactor> {
  return database.read('platform', {}, async (client) => {
    const factor = await selectFactor(client, loginId);
    if (factor === null) return { since: null, recoveryCodesLeft: 0, waitingSecret: null };
    if (factor.confirmedAt !== null) {
      const recoveryCodesLeft = await countRecoveryCodes(client, loginId);
      return { since: factor.confirmedAt, recoveryCodesLeft, waitingSecret: null };
    }
    const isOver = now.getTime() - factor.begunAt.getTime() > SETUP_SECONDS * 1000;
    const waitingSecret = isOver ? null : unseal(secrets, 'second-factor', loginId, factor.sealedSecret);
    return { since: null, recoveryCodesLeft: 0, waitingSecret };
  });
}

/** The members among these who sign in with a second factor. */
export async function findMembersWithSecondFactor(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  return database.read('platform', { cooperativeId }, (client) =>
    selectMembersWithFactor(client, cooperativeId, memberIds),
  );
}

/** The cooperative's policy in force; null where none was ever set. */
export async function findSecondFactorPolicy(
  database: Database,
  cooperativeId: string,
): Promise<StoredPolicy | null> {
  return database.read('platform', { cooperativeId }, (client) => selectPolicy(client, cooperativeId));
}

/**
 * Seals anew, with the secret in force, whatever an older one sealed; answers how many there were. Afterwards the older
 * one may be forgotten.
 */
export async function resealSecondFactors(database: Database, secrets: Secrets): Promise<number> {
  return database.transaction('platform', {}, async (client) => {
    const sealed = await selectSealedOtherwise(client, sealedPrefix(secrets, 'second-factor'));
    for (const { loginId, sealedSecret } of sealed) {
      const secret = unseal(secrets, 'second-factor', loginId, sealedSecret);
      await updateSealed(client, loginId, seal(secrets, 'second-factor', loginId, secret));
    }
    return sealed.length;
  });
}
