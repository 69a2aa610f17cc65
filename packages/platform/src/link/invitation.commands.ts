// Inviting a member to sign in, taking that back, and accepting: the person behind the address opens their account (or
// proves the one they have), and the account is tied to the member.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { accessGranted, newEvent } from '@habitat/events';
import type { Actor, Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import type { AccountRefusal, LoginRefusal } from '../login/login.ts';
import { checkLogin } from '../login/login.ts';
import {
  insertMembership,
  selectLoginByEmail,
  selectMembershipOf,
  selectMembershipOfLogin,
  upsertLogin,
} from '../login/login.store.ts';
import { checkPassword, hashPassword } from '../login/password.ts';
import { authenticate } from '../session/session.commands.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { tooManyAttempts } from '../throttle/throttle.ts';
import type { Link, LinkLanguage, LinkRefusal, LinkSettings } from './link.ts';
import { linkAddress, linkRefusal } from './link.ts';
import type { PresentedLink } from './link.queries.ts';
import { openLink } from './link.queries.ts';
import {
  countLinksSince,
  issueLink,
  markLinkUsed,
  revokeOpenLinks,
  selectLink,
  selectLinkByToken,
} from './link.store.ts';

const MOST_AN_HOUR = 5;
const HOUR_SECONDS = 3_600;

export interface InviteMemberInput {
  readonly memberId: string;
  readonly email: string;
  readonly displayName: string;
  /** The language of the mail where the address has no account that prefers one. */
  readonly language: LinkLanguage;
}

/** In the order checked. */
export type InviteMemberRefusal =
  | { readonly code: 'FORBIDDEN' }
  | AccountRefusal
  | { readonly code: 'ALREADY_HAS_ACCESS'; readonly field: 'memberId' | 'email' }
  | TooManyAttempts;

export type Invited = { readonly memberId: string; readonly linkId: string };

/** Invites a member; an invitation still open is replaced. An administrator's act. */
export async function inviteMember(
  database: Database,
  settings: LinkSettings,
  context: CommandContext,
  input: InviteMemberInput,
): Promise<Result<Invited, InviteMemberRefusal | IdempotencyConflict>> {
  if (!may(context.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN' });
  const checked = checkLogin(input);
  if (!checked.ok) return checked;
  const { email, displayName } = checked.value;
  return runCommand<Invited, InviteMemberRefusal>(
    database,
    'platform',
    context,
    { name: 'inviteMember', input },
    async (tx) => {
      if ((await selectMembershipOf(tx, input.memberId)) !== null)
        return refuse({ code: 'ALREADY_HAS_ACCESS', field: 'memberId' });
      const account = await selectLoginByEmail(tx, email);
      // Looked up for nobody as well: what is done does not tell whether the address has an account elsewhere.
      if ((await selectMembershipOfLogin(tx, account?.loginId ?? newId())) !== null)
        return refuse({ code: 'ALREADY_HAS_ACCESS', field: 'email' });
      const since = new Date(tx.now.getTime() - HOUR_SECONDS * 1000);
      if ((await countLinksSince(tx, 'invitation', input.memberId, since)) >= MOST_AN_HOUR)
        return refuse(tooManyAttempts(HOUR_SECONDS));
      const { linkId } = await issueLink(tx, settings, {
        purpose: 'invitation',
        memberId: input.memberId,
        loginId: null,
        email,
        displayName,
        language: account?.locale ?? input.language,
        issuedByLoginId: tx.actor.loginId,
      });
      return accept({ memberId: input.memberId, linkId });
    },
  );
}

/**
 * The address of a link an administrator made, to hand over where no mail is sent; null where it is, and for a link that
 * opens nothing any more.
 */
export async function handedLink(
  database: Database,
  settings: LinkSettings,
  cooperativeId: string,
  linkId: string,
): Promise<string | null> {
  if (settings.isMailed) return null;
  const link = await database.read('platform', { cooperativeId }, (client) =>
    selectLink(client, { cooperativeId, linkId }),
  );
  if (link === null || link.usedAt !== null || link.revokedAt !== null) return null;
  return linkAddress(settings, link);
}

export type RevokeInvitationRefusal =
  { readonly code: 'FORBIDDEN' } | { readonly code: 'INVITATION_NOT_FOUND' };

/** Takes a member's open invitation back. An administrator's act. */
export async function revokeInvitation(
  database: Database,
  context: CommandContext,
  input: { readonly memberId: string },
): Promise<Result<{ memberId: string }, RevokeInvitationRefusal | IdempotencyConflict>> {
  if (!may(context.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN' });
  return runCommand<{ memberId: string }, RevokeInvitationRefusal>(
    database,
    'platform',
    context,
    { name: 'revokeInvitation', input },
    async (tx) => {
      const revoked = await revokeOpenLinks(tx, 'invitation', input.memberId);
      return revoked === 0 ? refuse({ code: 'INVITATION_NOT_FOUND' }) : accept({ memberId: input.memberId });
    },
  );
}

export interface AcceptInvitationInput extends PresentedLink {
  /** Name on a new account; null: as the invitation says. */
  readonly displayName: string | null;
  /** A new password, or the one of the account the address has. */
  readonly password: string;
}

/** In the order checked. */
export type AcceptInvitationRefusal =
  | LinkRefusal
  | TooManyAttempts
  | { readonly code: 'WRONG_PASSWORD'; readonly field: 'password'; readonly message: string }
  | LoginRefusal
  | { readonly code: 'ALREADY_HAS_ACCESS'; readonly field: 'email' };

export type AcceptedInvitation = {
  readonly loginId: string;
  readonly memberId: string;
  readonly email: string;
};

interface ProvenAccount {
  readonly loginId: string;
  readonly displayName: string;
  /** Null for an account that was there before. */
  readonly passwordHash: string | null;
}

/** The account that accepts: the one the address has, proven by its password, or a new one. */
async function proveAccount(
  database: Database,
  link: Link,
  input: AcceptInvitationInput,
  now: Date,
): Promise<Result<ProvenAccount, AcceptInvitationRefusal>> {
  const { email } = link;
  const existing = await database.read('platform', {}, (client) => selectLoginByEmail(client, email));
  if (existing !== null) {
    const known = await authenticate(database, { ...input, email }, now);
    if (known.ok) return accept({ ...known.value, passwordHash: null });
    if (known.refusal.code === 'TOO_MANY_ATTEMPTS') return refuse(known.refusal);
    const message = 'This is not the password of the account this address has.';
    return refuse({ code: 'WRONG_PASSWORD', field: 'password', message });
  }
  const checked = checkLogin({ email, displayName: input.displayName ?? link.displayName });
  if (!checked.ok) return checked;
  const password = checkPassword(input.password, { email });
  if (!password.ok) return password;
  const passwordHash = await hashPassword(password.value);
  return accept({ loginId: newId(), displayName: checked.value.displayName, passwordHash });
}

/** Accepts an invitation, once: from then on the member may sign in. */
export async function acceptInvitation(
  database: Database,
  facts: Pick<CommandContext, 'now' | 'correlationId'>,
  input: AcceptInvitationInput,
): Promise<Result<AcceptedInvitation, AcceptInvitationRefusal>> {
  const opened = await openLink(database, 'invitation', input, facts.now);
  if (!opened.ok) return opened;
  const link = opened.value;
  const proven = await proveAccount(database, link, input, facts.now);
  if (!proven.ok) {
    // Whoever used it a moment ago opened the very account this password is not of.
    const still = await openLink(database, 'invitation', input, facts.now);
    return still.ok ? proven : still;
  }
  const { loginId, displayName, passwordHash } = proven.value;
  const { cooperativeId, memberId, email } = link;
  const actor: Actor = { kind: 'person', cooperativeId, loginId, memberId, roles: [] };
  // No key: the link works once, and a key would mean remembering something of the password.
  const accepted = await runCommand<AcceptedInvitation, AcceptInvitationRefusal>(
    database,
    'platform',
    { ...facts, cooperativeId, actor },
    { name: 'acceptInvitation', input: null },
    async (tx) => {
      const locked = await selectLinkByToken(tx, link, 'for update');
      const refusal = linkRefusal(locked, 'invitation', tx.now);
      if (refusal !== null) return refuse(refusal);
      if (passwordHash !== null) {
        const account = await upsertLogin(tx, { loginId, email, displayName, passwordHash });
        // Opened by another invitation a moment ago: its password was not proven here.
        if (account.loginId !== loginId) return refuse({ code: 'LINK_USED' });
      }
      if (!(await insertMembership(tx, { loginId, memberId })))
        return refuse({ code: 'ALREADY_HAS_ACCESS', field: 'email' });
      await markLinkUsed(tx, link.linkId);
      tx.append(newEvent(accessGranted, memberId, { memberId, loginId }));
      return accept({ loginId, memberId, email });
    },
  );
  // There is no key that could conflict.
  return accepted as Result<AcceptedInvitation, AcceptInvitationRefusal>;
}
