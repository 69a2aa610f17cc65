// A forgotten password: asking for a link, an administrator handing one over where no mail is sent, and setting the new
// password. Whether an address has an account is told to nobody, neither by the answer nor by the time it takes.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand, runTransaction } from '@habitat/database';
import type { Actor, Result } from '@habitat/kernel';
import { accept, may, refuse, systemActor } from '@habitat/kernel';
import type { Login } from '../login/login.ts';
import {
  countMembershipsEverywhere,
  selectLogin,
  selectLoginByEmail,
  selectMembershipOf,
  selectOwnMemberships,
  updatePassword,
} from '../login/login.store.ts';
import type { PasswordRefusal } from '../login/password.ts';
import { checkPassword, hashPassword } from '../login/password.ts';
import { endSessionsOfLogin } from '../session/session.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { resetKeys, signInKeys } from '../throttle/throttle.ts';
import { clearAttempts, takeAttempt } from '../throttle/throttle.store.ts';
import type { Link, LinkLanguage, LinkRefusal, LinkSettings } from './link.ts';
import { linkRefusal } from './link.ts';
import type { PresentedLink } from './link.queries.ts';
import { openLink } from './link.queries.ts';
import { issueLink, markLinkUsed, selectLinkByToken } from './link.store.ts';

export type RequestResetRefusal = { readonly code: 'MAIL_NOT_SET_UP' } | TooManyAttempts;

interface ResetRequest {
  readonly email: string;
  /** The language of the page it was asked on, where the account prefers none. */
  readonly language: LinkLanguage;
  /** Where it was asked from, for throttling only. */
  readonly address: string;
}

type Facts = Pick<CommandContext, 'now' | 'correlationId'>;

const ofAccount = (login: Login, language: LinkLanguage) => ({
  purpose: 'password_reset' as const,
  loginId: login.loginId,
  email: login.email,
  displayName: login.displayName,
  language: login.locale ?? language,
});

async function sendReset(
  database: Database,
  settings: LinkSettings,
  facts: Facts,
  request: ResetRequest,
): Promise<void> {
  const login = await database.read('platform', {}, (client) => selectLoginByEmail(client, request.email));
  if (login === null || login.status !== 'active') return;
  const { loginId } = login;
  const [home] = await database.read('platform', { loginId }, (client) =>
    selectOwnMemberships(client, loginId),
  );
  // An account that belongs nowhere signs in nowhere.
  if (home === undefined) return;
  const { cooperativeId, memberId } = home;
  const actor = systemActor(cooperativeId);
  await runTransaction(database, 'platform', { ...facts, cooperativeId, actor }, (tx) =>
    issueLink(tx, settings, { ...ofAccount(login, request.language), memberId, issuedByLoginId: null }),
  );
}

export interface AskedForReset {
  /** Sends the link, if there is an account: to be done without keeping the answer waiting, which would tell. */
  readonly send: () => Promise<void>;
}

/**
 * Takes a request for a reset link to an address, whether or not it has an account: nothing that is done before the answer
 * depends on it. Refuses where no mail is sent and after too many requests for the address, known or not.
 */
export async function requestPasswordReset(
  database: Database,
  settings: LinkSettings,
  facts: Facts,
  request: ResetRequest,
): Promise<Result<AskedForReset, RequestResetRefusal>> {
  if (!settings.isMailed) return refuse({ code: 'MAIL_NOT_SET_UP' });
  const keys = resetKeys(request.email, request.address);
  const taken = await takeAttempt(database, keys, facts.now);
  if (!taken.ok) return taken;
  return accept({ send: () => sendReset(database, settings, facts, request) });
}

export type MakeResetLinkRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'RESET_BY_MAIL' }
  | { readonly code: 'ACCESS_NOT_FOUND' }
  | { readonly code: 'FORBIDDEN_BELONGS_ELSEWHERE' };

/**
 * Makes a reset link for a member to be handed over, where no mail is sent. An administrator's act, on record in the
 * event log. Refused for a person of several cooperatives: it would open the others as well.
 */
export async function makeResetLink(
  database: Database,
  settings: LinkSettings,
  context: CommandContext,
  input: { readonly memberId: string; readonly language: LinkLanguage },
): Promise<Result<{ memberId: string; linkId: string }, MakeResetLinkRefusal | IdempotencyConflict>> {
  if (!may(context.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN' });
  if (settings.isMailed) return refuse({ code: 'RESET_BY_MAIL' });
  return runCommand<{ memberId: string; linkId: string }, MakeResetLinkRefusal>(
    database,
    'platform',
    context,
    { name: 'makeResetLink', input },
    async (tx) => {
      const tied = await selectMembershipOf(tx, input.memberId);
      const login = tied === null ? null : await selectLogin(tx, tied.loginId);
      if (login === null || login.status !== 'active') return refuse({ code: 'ACCESS_NOT_FOUND' });
      if ((await countMembershipsEverywhere(tx, login.loginId)) > 1)
        return refuse({ code: 'FORBIDDEN_BELONGS_ELSEWHERE' });
      const { memberId } = input;
      const issuedByLoginId = tx.actor.loginId;
      const link = { ...ofAccount(login, input.language), memberId, issuedByLoginId };
      return accept({ memberId, linkId: (await issueLink(tx, settings, link)).linkId });
    },
  );
}

export interface ResetPasswordInput extends PresentedLink {
  readonly password: string;
}

/** In the order checked. */
export type ResetPasswordRefusal = LinkRefusal | TooManyAttempts | PasswordRefusal;

export type PasswordWasReset = { readonly loginId: string; readonly endedSessionIds: readonly string[] };

/** Sets a new password by a link, once, and ends every session of the account, in every cooperative. */
export async function resetPassword(
  database: Database,
  facts: Facts,
  input: ResetPasswordInput,
): Promise<Result<PasswordWasReset, ResetPasswordRefusal>> {
  const opened = await openLink(database, 'password_reset', input, facts.now);
  if (!opened.ok) return opened;
  const link = opened.value;
  const checked = checkPassword(input.password, { email: link.email });
  if (!checked.ok) return checked;
  const passwordHash = await hashPassword(checked.value);
  const reset = await storePassword(database, facts, link, passwordHash);
  if (reset.ok) {
    // Whoever locked the account with wrong guesses shall not keep its owner out.
    await clearAttempts(database, signInKeys(link.email, input.address));
  }
  return reset;
}

async function storePassword(
  database: Database,
  facts: Facts,
  link: Link,
  passwordHash: string,
): Promise<Result<PasswordWasReset, LinkRefusal>> {
  const { cooperativeId, memberId, loginId } = link;
  if (loginId === null) throw new Error('a password reset without an account');
  const actor: Actor = { kind: 'person', cooperativeId, loginId, memberId, roles: [] };
  const stored = await runCommand<PasswordWasReset, LinkRefusal>(
    database,
    'platform',
    { ...facts, cooperativeId, actor },
    { name: 'resetPassword', input: null },
    async (tx) => {
      const locked = await selectLinkByToken(tx, link, 'for update');
      const refusal = linkRefusal(locked, 'password_reset', tx.now);
      if (refusal !== null) return refuse(refusal);
      await markLinkUsed(tx, link.linkId);
      await updatePassword(tx, loginId, passwordHash, tx.now);
      const how = { keep: null, reason: 'password_changed', now: tx.now } as const;
      return accept({ loginId, endedSessionIds: await endSessionsOfLogin(tx, loginId, how) });
    },
  );
  // There is no key that could conflict.
  return stored as Result<PasswordWasReset, LinkRefusal>;
}
