// Reads of links by mail: what the page behind one shows, what the worker writes into a mail, who has been invited.
import type { Database, Transaction } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { selectLoginByEmail } from '../login/login.store.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { linkKeys } from '../throttle/throttle.ts';
import { countAttempt, throttled } from '../throttle/throttle.store.ts';
import type { Link, LinkPurpose, LinkRefusal } from './link.ts';
import { readTenantToken } from '../secret/tenant-token.ts';
import { linkRefusal } from './link.ts';
import { selectLink, selectLinkByToken, selectOpenLinks } from './link.store.ts';

export interface PresentedLink {
  readonly token: string;
  /** Where it is presented from, for throttling only. */
  readonly address: string;
}

/** The link a token opens, or why it opens nothing; tokens nobody made are counted against the address. */
export async function openLink(
  database: Database,
  purpose: LinkPurpose,
  presented: PresentedLink,
  now: Date,
): Promise<Result<Link, LinkRefusal | TooManyAttempts>> {
  const keys = linkKeys(presented.address);
  const waiting = await throttled(database, keys, now);
  if (waiting !== null) return refuse(waiting);
  const name = readTenantToken(presented.token);
  const link =
    name === null
      ? null
      : await database.read('platform', { cooperativeId: name.cooperativeId }, (client) =>
          selectLinkByToken(client, name),
        );
  const refusal = linkRefusal(link, purpose, now);
  if (refusal?.code === 'LINK_UNKNOWN') await countAttempt(database, keys, now);
  return refusal === null && link !== null ? accept(link) : refuse(refusal ?? { code: 'LINK_UNKNOWN' });
}

/** What whoever holds a link is shown before they use it. */
export interface LinkView {
  readonly cooperativeName: string;
  readonly email: string;
  readonly displayName: string;
  readonly expiresAt: Date;
  /** The cooperative's clock, which the mail told the time by. */
  readonly timeZone: string;
  /** True when the email has an account: then its password is asked for, not a new one. */
  readonly hasAccount: boolean;
}

/** What a link is for, to whoever holds it. */
export async function viewLink(
  database: Database,
  purpose: LinkPurpose,
  presented: PresentedLink,
  now: Date,
): Promise<Result<LinkView, LinkRefusal | TooManyAttempts>> {
  const opened = await openLink(database, purpose, presented, now);
  if (!opened.ok) return opened;
  const { cooperativeId, email, displayName, expiresAt } = opened.value;
  return database.read('platform', { cooperativeId }, async (client) => {
    const [cooperative] = await client.query<{ name: string; timeZone: string }>(
      'select name, time_zone as "timeZone" from platform.cooperative where cooperative_id = $1',
      [cooperativeId],
    );
    const login = await selectLoginByEmail(client, email);
    return accept({
      cooperativeName: cooperative?.name ?? '',
      email,
      displayName,
      expiresAt,
      timeZone: cooperative?.timeZone ?? 'UTC',
      hasAccount: login !== null,
    });
  });
}

/** An invitation that waits for its member. */
export interface OpenInvitation {
  readonly memberId: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** The open invitations of these members. */
export async function findOpenInvitations(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
  now: Date,
): Promise<OpenInvitation[]> {
  return database.read('platform', { cooperativeId }, (client) =>
    selectOpenLinks(client, { cooperativeId, purpose: 'invitation', memberIds, now }),
  );
}

/** An email change that was asked for and waits for its link to be used. */
export interface PendingEmail {
  readonly email: string;
  readonly expiresAt: Date;
}

/** The address a member's account is to have once its link is used; null where none was asked for here. */
export async function findPendingEmail(
  database: Database,
  member: { readonly cooperativeId: string; readonly memberId: string },
  now: Date,
): Promise<PendingEmail | null> {
  const { cooperativeId, memberId } = member;
  const [pending] = await database.read('platform', { cooperativeId }, (client) =>
    selectOpenLinks(client, { cooperativeId, purpose: 'email_change', memberIds: [memberId], now }),
  );
  return pending ?? null;
}

/** A link with what its mail says. */
export interface LinkToSend extends Link {
  readonly cooperativeName: string;
  readonly timeZone: string;
}

/** A link to be mailed, inside the transaction that mails it; null when it opens nothing any more. */
export async function findLinkToSend(tx: Transaction, linkId: string): Promise<LinkToSend | null> {
  const link = await selectLink(tx, { cooperativeId: tx.cooperativeId, linkId });
  if (link === null || linkRefusal(link, link.purpose, tx.now) !== null) return null;
  const [cooperative] = await tx.query<{ name: string; timeZone: string }>(
    'select name, time_zone as "timeZone" from platform.cooperative where cooperative_id = $1',
    [tx.cooperativeId],
  );
  if (cooperative === undefined) throw new Error('a link of a cooperative that is not there');
  return { ...link, cooperativeName: cooperative.name, timeZone: cooperative.timeZone };
}
