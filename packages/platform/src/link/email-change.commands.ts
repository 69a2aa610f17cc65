// Changing the email of one's account. The new address has to be shown to be one's own by a link sent there, used by whoever
// is signed in to that account; the old address gets a link that stops or undoes it. Who else holds an address is told only
// to whoever reads its mail. Each cooperative of the account hears of it, sealed, for its list of members; no other does.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { actElsewhere, runCommand } from '@habitat/database';
import { accountEmailChanged, newEvent } from '@habitat/events';
import type { Actor, Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { AccountRefusal } from '../login/login.ts';
import { checkLogin, emailKey } from '../login/login.ts';
import { selectLogin, selectOwnMemberships, updateEmail, updatePassword } from '../login/login.store.ts';
import type { PasswordRefusal } from '../login/password.ts';
import { checkPassword, hashPassword } from '../login/password.ts';
import { revokeKeysSince } from '../api-key/api-key.store.ts';
import { deletePasskeysSince } from '../passkey/passkey.store.ts';
import { deleteIdentitiesSince } from '../provider/provider.store.ts';
import { deleteFactorSince } from '../second-factor/second-factor.store.ts';
import { endSessionsOfLogin } from '../session/session.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { signInKeys, tooManyAttempts } from '../throttle/throttle.ts';
import { clearAttempts } from '../throttle/throttle.store.ts';
import type { Link, LinkLanguage, LinkRefusal, LinkSettings } from './link.ts';
import { linkRefusal } from './link.ts';
import type { PresentedLink } from './link.queries.ts';
import { openLink } from './link.queries.ts';
import {
  countLinksSince,
  issueLink,
  markLinkUsed,
  revokeLinksOfLogin,
  selectLinkByToken,
} from './link.store.ts';

const MOST_AN_HOUR = 5;
const HOUR_SECONDS = 3_600;

/** In the order checked. */
export type RequestEmailChangeRefusal =
  | { readonly code: 'MAIL_NOT_SET_UP' }
  | Extract<AccountRefusal, { code: 'BAD_EMAIL' }>
  | { readonly code: 'EMAIL_UNCHANGED'; readonly field: 'email' }
  | TooManyAttempts;

/**
 * Asks for another email: a link goes to the new address, another to the one in force. Whether the new one has an account
 * changes neither the answer nor what is sent.
 */
export async function requestEmailChange(
  database: Database,
  settings: LinkSettings,
  context: CommandContext,
  input: { readonly email: string; readonly language: LinkLanguage },
): Promise<Result<{ loginId: string; memberId: string }, RequestEmailChangeRefusal | IdempotencyConflict>> {
  const { loginId, memberId } = context.actor;
  if (loginId === null || memberId === null) throw new Error('only a person has an email to change');
  if (!settings.isMailed) return refuse({ code: 'MAIL_NOT_SET_UP' });
  return runCommand<{ loginId: string; memberId: string }, RequestEmailChangeRefusal>(
    database,
    'platform',
    context,
    { name: 'requestEmailChange', input },
    async (tx) => {
      const login = await selectLogin(tx, loginId);
      if (login === null) throw new Error('a session without its account');
      const { displayName } = login;
      const checked = checkLogin({ email: input.email, displayName });
      if (!checked.ok) {
        if (checked.refusal.code === 'BAD_EMAIL') return refuse(checked.refusal);
        throw new Error('an account whose name is none');
      }
      const { email } = checked.value;
      if (emailKey(email) === emailKey(login.email))
        return refuse({ code: 'EMAIL_UNCHANGED', field: 'email' });
      const since = new Date(tx.now.getTime() - HOUR_SECONDS * 1000);
      if ((await countLinksSince(tx, 'email_change', memberId, since)) >= MOST_AN_HOUR)
        return refuse(tooManyAttempts(HOUR_SECONDS));
      await revokeLinksOfLogin(tx, loginId, ['email_change']);
      const link = { memberId, loginId, displayName, language: login.locale ?? input.language };
      const issued = { ...link, issuedByLoginId: null };
      await issueLink(tx, settings, { ...issued, purpose: 'email_change', email });
      await issueLink(tx, settings, { ...issued, purpose: 'email_undo', email: login.email });
      return accept({ loginId, memberId });
    },
  );
}

type Taken = { readonly code: 'EMAIL_TAKEN' };

/** In the order checked. */
export type ConfirmEmailChangeRefusal =
  LinkRefusal | TooManyAttempts | { readonly code: 'LINK_NOT_YOURS' } | Taken;

export type EmailWasChanged = { readonly loginId: string; readonly endedSessionIds: readonly string[] };

/** What else an account let programs do: keys for them, and messages to them. */
type TakenBack = { readonly revokedKeyIds: string[]; readonly stoppedWebhookIds: string[] };
export type EmailWasUndone = EmailWasChanged & TakenBack;

/** Stops the webhooks an account set up in the transaction's cooperative since a moment; their ids. */
export type StopWebhooks = (tx: Transaction, loginId: string, since: Date) => Promise<string[]>;

/** The link once more, now held until the transaction ends, or why it opens nothing any more. */
async function takeLink(tx: Transaction, link: Link): Promise<LinkRefusal | null> {
  const locked = await selectLinkByToken(tx, link, 'for update');
  const refusal = linkRefusal(locked, link.purpose, tx.now);
  if (refusal === null) await markLinkUsed(tx, link.linkId);
  return refusal;
}

/** A link to an account names it; its act is recorded in the cooperative the link was asked for in. */
function accountOf(link: Link): { readonly loginId: string; readonly actor: Actor } {
  const { cooperativeId, memberId, loginId } = link;
  if (loginId === null) throw new Error('a link to change an email without an account');
  return { loginId, actor: { kind: 'person', cooperativeId, loginId, memberId, roles: [] } };
}

type AccountHere = { readonly loginId: string; readonly memberId: string };

/** What of a change of address its event tells; nothing where the account had that address already. */
type Moved = { readonly previousEmail: string; readonly email: string } | Record<never, never>;

/** Gives the account an address; null where another account has it. */
async function moveTo(tx: Transaction, loginId: string, email: string): Promise<Moved | null> {
  const updated = await updateEmail(tx, loginId, email);
  if (updated === null) return null;
  return updated.previousEmail === email ? {} : { ...updated, email };
}

/** Does a part of the act in each cooperative the account belongs to, beginning with the transaction's own. */
async function everywhere<Part>(
  tx: Transaction,
  { loginId, memberId: memberHere }: AccountHere,
  work: (there: Transaction, memberId: string) => Promise<Part>,
): Promise<Part[]> {
  const parts = [await work(tx, memberHere)];
  for (const { cooperativeId, memberId } of await selectOwnMemberships(tx, loginId)) {
    if (cooperativeId === tx.cooperativeId) continue;
    const actor = { ...tx.actor, cooperativeId, memberId };
    parts.push(await actElsewhere(tx, { cooperativeId, actor }, (there) => work(there, memberId)));
  }
  return parts;
}

/**
 * Gives the account the address the link was sent to, once, and ends its other sessions everywhere. Only for whoever is
 * signed in to that very account: nobody's mail makes them part of an account that somebody else opened.
 */
export async function confirmEmailChange(
  database: Database,
  context: CommandContext,
  input: PresentedLink & { readonly sessionId: string },
): Promise<Result<EmailWasChanged, ConfirmEmailChangeRefusal>> {
  const opened = await openLink(database, 'email_change', input, context.now);
  if (!opened.ok) return opened;
  const link = opened.value;
  const { loginId, actor } = accountOf(link);
  if (context.actor.loginId !== loginId) return refuse({ code: 'LINK_NOT_YOURS' });
  const { cooperativeId, memberId } = link;
  // No key: the link works once.
  const facts = { ...context, cooperativeId, actor, idempotencyKey: null };
  const changed = await runCommand<EmailWasChanged, ConfirmEmailChangeRefusal>(
    database,
    'platform',
    facts,
    { name: 'confirmEmailChange', input: null },
    async (tx) => {
      const refusal = await takeLink(tx, link);
      if (refusal !== null) return refuse(refusal);
      const moved = await moveTo(tx, loginId, link.email);
      if (moved === null) return refuse({ code: 'EMAIL_TAKEN' });
      // What was sent to the address before opens nothing of this account any more, but for the way back.
      await revokeLinksOfLogin(tx, loginId, ['email_change', 'password_reset']);
      const how = { keep: input.sessionId, reason: 'email_changed', now: tx.now } as const;
      const endedSessionIds = await endSessionsOfLogin(tx, loginId, how);
      await everywhere(tx, { loginId, memberId }, async (there, member) => {
        const account = { memberId: member, loginId, change: 'changed' as const };
        there.append(newEvent(accountEmailChanged, loginId, { ...account, ...moved }));
      });
      return accept({ loginId, endedSessionIds });
    },
  );
  // There is no key that could conflict.
  return changed as Result<EmailWasChanged, ConfirmEmailChangeRefusal>;
}

/** In the order checked. */
export type UndoEmailChangeRefusal = LinkRefusal | TooManyAttempts | PasswordRefusal | Taken;

/** Takes back in every cooperative of an account what it gave to programs since, on record in each. */
async function takeBackEverywhere(
  tx: Transaction,
  account: AccountHere,
  moved: Moved,
  since: Date,
  stopWebhooks: StopWebhooks,
): Promise<TakenBack> {
  const { loginId } = account;
  const all = await everywhere(tx, account, async (there, memberId): Promise<TakenBack> => {
    const revokedKeyIds = await revokeKeysSince(there, loginId, since);
    const taken = { revokedKeyIds, stoppedWebhookIds: await stopWebhooks(there, loginId, since) };
    const isNews = there === tx || 'email' in moved || Object.values(taken).some((ids) => ids.length > 0);
    const undone = { memberId, loginId, change: 'undone' as const, ...moved, ...taken };
    if (isNews) there.append(newEvent(accountEmailChanged, loginId, undone));
    return taken;
  });
  return {
    revokedKeyIds: all.flatMap(({ revokedKeyIds }) => revokedKeyIds),
    stoppedWebhookIds: all.flatMap(({ stoppedWebhookIds }) => stoppedWebhookIds),
  };
}

/**
 * Gives the account the address back that it had when a change was asked for, with a new password: whoever asked knew the one
 * before. Ends every session, and takes away the ways in that were added since, with the keys for programs and the webhooks.
 */
export async function undoEmailChange(
  database: Database,
  facts: Pick<CommandContext, 'now' | 'correlationId'>,
  input: PresentedLink & { readonly password: string },
  stopWebhooks: StopWebhooks,
): Promise<Result<EmailWasUndone, UndoEmailChangeRefusal>> {
  const opened = await openLink(database, 'email_undo', input, facts.now);
  if (!opened.ok) return opened;
  const link = opened.value;
  const { cooperativeId, memberId, email, issuedAt } = link;
  const checked = checkPassword(input.password, { email });
  if (!checked.ok) return checked;
  const passwordHash = await hashPassword(checked.value);
  const { loginId, actor } = accountOf(link);
  const undone = await runCommand<EmailWasUndone, UndoEmailChangeRefusal>(
    database,
    'platform',
    { ...facts, cooperativeId, actor },
    { name: 'undoEmailChange', input: null },
    async (tx) => {
      const refusal = await takeLink(tx, link);
      if (refusal !== null) return refuse(refusal);
      const moved = await moveTo(tx, loginId, email);
      if (moved === null) return refuse({ code: 'EMAIL_TAKEN' });
      await updatePassword(tx, loginId, passwordHash, tx.now);
      await revokeLinksOfLogin(tx, loginId, ['email_change', 'password_reset']);
      // The ways back to addresses that came later were sent to whoever is put out now.
      await revokeLinksOfLogin(tx, loginId, ['email_undo'], issuedAt);
      await deletePasskeysSince(tx, loginId, issuedAt);
      await deleteIdentitiesSince(tx, loginId, issuedAt);
      await deleteFactorSince(tx, loginId, issuedAt);
      const how = { keep: null, reason: 'email_changed', now: tx.now } as const;
      const endedSessionIds = await endSessionsOfLogin(tx, loginId, how);
      const taken = await takeBackEverywhere(tx, { loginId, memberId }, moved, issuedAt, stopWebhooks);
      return accept({ loginId, endedSessionIds, ...taken });
    },
  );
  if (undone.ok) await clearAttempts(database, signInKeys(email, input.address));
  // There is no key that could conflict.
  return undone as Result<EmailWasUndone, UndoEmailChangeRefusal>;
}
