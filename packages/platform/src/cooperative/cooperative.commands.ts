// Founding a cooperative and changing its profile. Every context learns of both by event; founding names the first
// administrator, whose account is opened in the same transaction.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { TaxRegime } from '@habitat/events';
import { cooperativeChanged, cooperativeCreated, newEvent } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, isTimeZone, may, newId, refuse, systemActor } from '@habitat/kernel';
import type { LoginRefusal, NewLogin } from '../login/login.ts';
import { prepareLogin } from '../login/login.commands.ts';
import { insertMembership } from '../login/login.store.ts';
import type { CooperativeFounding, FoundingRefusal } from './cooperative.ts';
import { checkFounding } from './cooperative.ts';
import { insertCooperative, lockCooperative, updateCooperative } from './cooperative.store.ts';

export interface CreateCooperativeInput extends CooperativeFounding {
  /** Their account is opened now, or found by email when they already have one. */
  readonly administrator: NewLogin;
}

export type CreateCooperativeRefusal =
  | FoundingRefusal
  | LoginRefusal
  | { readonly code: 'SLUG_TAKEN'; readonly field: 'slug'; readonly slug: string };

export type CreatedCooperative = {
  readonly cooperativeId: string;
  readonly memberId: string;
  readonly loginId: string;
};

/**
 * Founds a cooperative with its first administrator; an operator's act, so there is no actor to ask.
 * Publishes platform.cooperative.created, from which every context sets itself up.
 */
export async function createCooperative(
  database: Database,
  facts: { readonly now: Date; readonly correlationId: string },
  input: CreateCooperativeInput,
): Promise<Result<CreatedCooperative, CreateCooperativeRefusal | IdempotencyConflict>> {
  const checked = checkFounding(input);
  if (!checked.ok) return checked;
  const cooperativeId = newId();
  const login = await prepareLogin(database, input.administrator);
  if (!login.ok) return login;
  const context: CommandContext = { ...facts, cooperativeId, actor: systemActor(cooperativeId) };
  return runCommand(
    database,
    'platform',
    context,
    { name: 'createCooperative', input: null },
    async (tx): Promise<Result<CreatedCooperative, CreateCooperativeRefusal>> => {
      const { currencyDigits } = checked.value;
      if (!(await insertCooperative(tx, { ...input, cooperativeId, currencyDigits, now: tx.now }))) {
        return refuse({ code: 'SLUG_TAKEN', field: 'slug', slug: input.slug });
      }
      const account = await login.value(tx);
      const memberId = newId();
      await insertMembership(tx, { loginId: account.loginId, memberId });
      const { administrator: _login, ...profile } = input;
      tx.append(
        newEvent(cooperativeCreated, cooperativeId, {
          ...profile,
          fiscalStartMonth: input.fiscalStartMonth ?? 1,
          name: input.name.trim(),
          currencyDigits,
          administrator: {
            memberId,
            loginId: account.loginId,
            displayName: input.administrator.displayName.trim(),
            email: account.email,
          },
        }),
      );
      return accept({ cooperativeId, memberId, loginId: account.loginId });
    },
  );
}

export interface ChangeCooperativeInput {
  readonly name?: string;
  readonly timeZone?: string;
  readonly taxRegime?: TaxRegime;
  /** Name in law; null (or blank) where it is the name people say. */
  readonly legalName?: string | null;
}

export type ChangeCooperativeRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'BAD_NAME'; readonly field: 'name' | 'legalName' }
  | { readonly code: 'BAD_TIME_ZONE'; readonly field: 'timeZone'; readonly given: string };

/** Changes name, legal name, time zone or tax regime; an administrator's act. Publishes platform.cooperative.changed. */
export async function changeCooperative(
  database: Database,
  context: CommandContext,
  input: ChangeCooperativeInput,
): Promise<Result<{ cooperativeId: string }, ChangeCooperativeRefusal | IdempotencyConflict>> {
  return runCommand(
    database,
    'platform',
    context,
    { name: 'changeCooperative', input },
    async (tx): Promise<Result<{ cooperativeId: string }, ChangeCooperativeRefusal>> => {
      if (!may(tx.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN' });
      if (input.name !== undefined && (input.name.trim() === '' || input.name.length > 200)) {
        return refuse({ code: 'BAD_NAME', field: 'name' });
      }
      const legalName = input.legalName?.trim() || null;
      if (legalName !== null && legalName.length > 200)
        return refuse({ code: 'BAD_NAME', field: 'legalName' });
      if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) {
        return refuse({ code: 'BAD_TIME_ZONE', field: 'timeZone', given: input.timeZone });
      }
      const before = await lockCooperative(tx, tx.cooperativeId);
      if (before === null) throw new Error(`cooperative ${tx.cooperativeId} is not there`);
      const after = {
        ...before,
        name: input.name?.trim() ?? before.name,
        timeZone: input.timeZone ?? before.timeZone,
        taxRegime: input.taxRegime ?? before.taxRegime,
        legalName: input.legalName === undefined ? before.legalName : legalName,
      };
      await updateCooperative(tx, after);
      const { cooperativeId, name, slug, currency, currencyDigits, timeZone, taxRegime } = after;
      const profile = { name, slug, currency, currencyDigits, timeZone, taxRegime };
      tx.append(newEvent(cooperativeChanged, cooperativeId, profile));
      return accept({ cooperativeId });
    },
  );
}
