// A person's own second factor: setting it up, new recovery codes, turning it off; and an administrator's way out for
// somebody who lost device and codes. The API asks for a recent proof of who it is before each.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { PayloadOf } from '@habitat/events';
import { newEvent, secondFactorChanged } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';
import { countMembershipsEverywhere, selectMembershipOf } from '../login/login.store.ts';
import { deletePasskeys } from '../passkey/passkey.store.ts';
import type { Secrets } from '../secret/sealed.ts';
import { seal, unseal } from '../secret/sealed.ts';
import { endSessionsOfLogin } from '../session/session.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import type { CodeRefusal } from './second-factor.ts';
import { newRecoveryCodes, newSecret, SETUP_SECONDS, stepOfCode } from './second-factor.ts';
import {
  confirmFactor,
  deleteFactor,
  putUnconfirmed,
  replaceRecoveryCodes,
  selectFactor,
} from './second-factor.store.ts';
import { throttledCode } from './verify-code.ts';

interface Person {
  readonly loginId: string;
  readonly memberId: string;
}

function personOf({ actor }: CommandContext): Person {
  const { loginId, memberId } = actor;
  if (loginId === null || memberId === null) throw new Error('only a person has a second factor');
  return { loginId, memberId };
}

function tell(
  tx: Transaction,
  { loginId, memberId }: Person,
  change: PayloadOf<typeof secondFactorChanged>['change'],
  reason: string | null = null,
): void {
  tx.append(newEvent(secondFactorChanged, loginId, { memberId, loginId, change, reason }));
}

/** No key: an answer that is kept for it would keep the codes in clear. */
const withoutKey = (context: CommandContext): CommandContext => ({ ...context, idempotencyKey: null });

export type BeginSecondFactorRefusal = { readonly code: 'SECOND_FACTOR_EXISTS' };

/** Makes a secret that waits a quarter of an hour for its first code; one that waited before is forgotten. */
export async function beginSecondFactor(
  database: Database,
  secrets: Secrets,
  context: CommandContext,
): Promise<Result<{ loginId: string }, BeginSecondFactorRefusal | IdempotencyConflict>> {
  const { loginId } = personOf(context);
  return runCommand<{ loginId: string }, BeginSecondFactorRefusal>(
    database,
    'platform',
    context,
    { name: 'beginSecondFactor', input: null },
    async (tx) => {
      const factor = await selectFactor(tx, loginId, 'for update');
      if (factor !== null && factor.confirmedAt !== null) return refuse({ code: 'SECOND_FACTOR_EXISTS' });
      await putUnconfirmed(tx, loginId, seal(secrets, 'second-factor', loginId, newSecret()));
      return accept({ loginId });
    },
  );
}

/** Shown once, kept by nobody but their owner. */
export type ShownCodes = {
  readonly recoveryCodes: readonly string[];
  readonly endedSessionIds: readonly string[];
};

export interface ConfirmSecondFactorInput {
  readonly code: string;
  /** Stays signed in; every other session of the account ends: they were opened without the second factor. */
  readonly sessionId: string;
  /** Where it comes from, for throttling only. */
  readonly address: string;
}

/** In the order checked. */
export type ConfirmSecondFactorRefusal = { readonly code: 'SETUP_EXPIRED' } | TooManyAttempts | CodeRefusal;

/** Puts the second factor in force with its first code, and answers the recovery codes. */
export async function confirmSecondFactor(
  database: Database,
  secrets: Secrets,
  context: CommandContext,
  input: ConfirmSecondFactorInput,
): Promise<Result<ShownCodes, ConfirmSecondFactorRefusal>> {
  const person = personOf(context);
  const { loginId } = person;
  const waiting = await database.read('platform', {}, (client) => selectFactor(client, loginId));
  const since = context.now.getTime() - SETUP_SECONDS * 1000;
  if (waiting === null || waiting.confirmedAt !== null || waiting.begunAt.getTime() < since)
    return refuse({ code: 'SETUP_EXPIRED' });
  return throttledCode(database, { loginId, address: input.address }, context.now, async () => {
    const confirmed = await runCommand<ShownCodes, { code: 'CODE_WRONG' }>(
      database,
      'platform',
      withoutKey(context),
      { name: 'confirmSecondFactor', input: null },
      async (tx) => {
        const factor = await selectFactor(tx, loginId, 'for update');
        if (factor === null || factor.confirmedAt !== null) return refuse({ code: 'CODE_WRONG' });
        const secret = unseal(secrets, 'second-factor', loginId, factor.sealedSecret);
        const step = stepOfCode(secret, input.code, tx.now, null);
        if (step === null) return refuse({ code: 'CODE_WRONG' });
        await confirmFactor(tx, loginId, step);
        const recoveryCodes = newRecoveryCodes();
        await replaceRecoveryCodes(tx, loginId, recoveryCodes);
        const how = { keep: input.sessionId, reason: 'second_factor_changed', now: tx.now } as const;
        const endedSessionIds = await endSessionsOfLogin(tx, loginId, how);
        tell(tx, person, 'turned_on');
        return accept({ recoveryCodes, endedSessionIds });
      },
    );
    return confirmed.ok ? confirmed.value : null;
  });
}

type NoFactor = { readonly code: 'SECOND_FACTOR_NOT_FOUND' };

/** Makes new recovery codes; those before open nothing any more. */
export async function renewRecoveryCodes(
  database: Database,
  context: CommandContext,
): Promise<Result<ShownCodes, NoFactor | IdempotencyConflict>> {
  const person = personOf(context);
  return runCommand<ShownCodes, NoFactor>(
    database,
    'platform',
    withoutKey(context),
    { name: 'renewRecoveryCodes', input: null },
    async (tx) => {
      const factor = await selectFactor(tx, person.loginId, 'for update');
      if (factor === null || factor.confirmedAt === null) return refuse({ code: 'SECOND_FACTOR_NOT_FOUND' });
      const recoveryCodes = newRecoveryCodes();
      await replaceRecoveryCodes(tx, person.loginId, recoveryCodes);
      tell(tx, person, 'codes_renewed');
      return accept({ recoveryCodes, endedSessionIds: [] });
    },
  );
}

/** Turns one's own second factor off. Roles that the cooperative gives only with one wait from then on. */
export async function turnOffSecondFactor(
  database: Database,
  context: CommandContext,
): Promise<Result<{ loginId: string }, NoFactor | IdempotencyConflict>> {
  const person = personOf(context);
  return runCommand<{ loginId: string }, NoFactor>(
    database,
    'platform',
    context,
    { name: 'turnOffSecondFactor', input: null },
    async (tx) => {
      if (!(await deleteFactor(tx, person.loginId))) return refuse({ code: 'SECOND_FACTOR_NOT_FOUND' });
      tell(tx, person, 'turned_off');
      return accept({ loginId: person.loginId });
    },
  );
}

/** In the order checked. */
export type ResetSecondFactorRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' }
  | { readonly code: 'ACCESS_NOT_FOUND' }
  | { readonly code: 'FORBIDDEN_OWN_FACTOR' }
  | { readonly code: 'FORBIDDEN_BELONGS_ELSEWHERE' }
  | NoFactor;

/**
 * Takes a member's second factor and passkeys away, for somebody who lost device and codes, and ends their sessions:
 * whoever took the device has nothing left. An administrator's act, with its reason in the event log. Refused for a person of several
 * cooperatives, whose other accounts it would weaken as well.
 */
export async function resetSecondFactor(
  database: Database,
  context: CommandContext,
  input: { readonly memberId: string; readonly reason: string },
): Promise<
  Result<
    { memberId: string; endedSessionIds: readonly string[] },
    ResetSecondFactorRefusal | IdempotencyConflict
  >
> {
  if (!may(context.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN' });
  const reason = input.reason.trim();
  if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
  const { memberId } = input;
  return runCommand<{ memberId: string; endedSessionIds: readonly string[] }, ResetSecondFactorRefusal>(
    database,
    'platform',
    context,
    { name: 'resetSecondFactor', input },
    async (tx) => {
      const tied = await selectMembershipOf(tx, memberId);
      if (tied === null) return refuse({ code: 'ACCESS_NOT_FOUND' });
      const { loginId } = tied;
      if (loginId === tx.actor.loginId) return refuse({ code: 'FORBIDDEN_OWN_FACTOR' });
      if ((await countMembershipsEverywhere(tx, loginId)) > 1)
        return refuse({ code: 'FORBIDDEN_BELONGS_ELSEWHERE' });
      const passkeys = await deletePasskeys(tx, loginId, null);
      if (!(await deleteFactor(tx, loginId)) && passkeys === 0)
        return refuse({ code: 'SECOND_FACTOR_NOT_FOUND' });
      const how = { keep: null, reason: 'second_factor_changed', now: tx.now } as const;
      const endedSessionIds = await endSessionsOfLogin(tx, loginId, how);
      tell(tx, { loginId, memberId }, 'reset', reason);
      return accept({ memberId, endedSessionIds });
    },
  );
}
