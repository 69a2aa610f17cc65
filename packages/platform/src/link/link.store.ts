// SQL of links by mail. Every statement names the cooperative: the wall would hide another's anyway.
import type { Queryable, Transaction } from '@habitat/database';
import { newEvent, identityLinkIssued } from '@habitat/events';
import { newId } from '@habitat/kernel';
import type { Link, LinkPurpose, LinkSettings } from './link.ts';
import { LINK_SECONDS, linkToken } from './link.ts';

type Row<T> = T & Record<string, unknown>;

const LINK = `cooperative_id as "cooperativeId", id as "linkId", purpose, token_hash as "tokenHash", member_id as "memberId",
  login_id as "loginId", email, display_name as "displayName", language, issued_at as "issuedAt", expires_at as "expiresAt",
  used_at as "usedAt", revoked_at as "revokedAt"`;

/** Makes a link in the place of any open one of its purpose (but for ways back), and announces it to whoever mails it. */
export async function issueLink(
  tx: Transaction,
  settings: LinkSettings,
  link: Pick<Link, 'purpose' | 'memberId' | 'loginId' | 'email' | 'displayName' | 'language'> & {
    readonly issuedByLoginId: string | null;
  },
): Promise<Link> {
  if (link.purpose !== 'email_undo') await revokeOpenLinks(tx, link.purpose, link.memberId);
  const name = { cooperativeId: tx.cooperativeId, linkId: newId(), purpose: link.purpose };
  const { tokenHash } = linkToken(settings.secrets[0], name);
  const expiresAt = new Date(tx.now.getTime() + LINK_SECONDS[link.purpose] * 1000);
  await tx.query(
    `insert into platform.identity_link (cooperative_id, id, purpose, token_hash, member_id, login_id, email,
       display_name, language, issued_at, expires_at, issued_by_login_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      name.cooperativeId,
      name.linkId,
      link.purpose,
      tokenHash,
      link.memberId,
      link.loginId,
      link.email,
      link.displayName,
      link.language,
      tx.now,
      expiresAt,
      link.issuedByLoginId,
    ],
  );
  tx.append(newEvent(identityLinkIssued, name.linkId, { linkId: name.linkId, purpose: link.purpose }));
  return { ...link, ...name, tokenHash, issuedAt: tx.now, expiresAt, usedAt: null, revokedAt: null };
}

export async function selectLinkByToken(
  client: Queryable,
  name: { readonly cooperativeId: string; readonly tokenHash: string },
  lock = '',
): Promise<Link | null> {
  const [row] = await client.query<Row<Link>>(
    `select ${LINK} from platform.identity_link where cooperative_id = $1 and token_hash = $2 ${lock}`,
    [name.cooperativeId, name.tokenHash],
  );
  return row ?? null;
}

export async function selectLink(
  client: Queryable,
  name: { readonly cooperativeId: string; readonly linkId: string },
): Promise<Link | null> {
  const [row] = await client.query<Row<Link>>(
    `select ${LINK} from platform.identity_link where cooperative_id = $1 and id = $2`,
    [name.cooperativeId, name.linkId],
  );
  return row ?? null;
}

/** Links of a purpose that could still be used, newest first; those of one member, or of everybody. */
export async function selectOpenLinks(
  client: Queryable,
  query: {
    readonly cooperativeId: string;
    readonly purpose: LinkPurpose;
    readonly memberIds: readonly string[];
    readonly now: Date;
  },
): Promise<Link[]> {
  return client.query<Row<Link>>(
    `select ${LINK} from platform.identity_link
     where cooperative_id = $1 and purpose = $2 and member_id = any($3) and used_at is null and revoked_at is null
       and expires_at > $4`,
    [query.cooperativeId, query.purpose, query.memberIds, query.now],
  );
}

/** How many links of a purpose were made for a member since then. */
export async function countLinksSince(
  tx: Transaction,
  purpose: LinkPurpose,
  memberId: string,
  since: Date,
): Promise<number> {
  const [row] = await tx.query<{ made: number }>(
    `select count(*)::int as made from platform.identity_link
     where cooperative_id = $1 and purpose = $2 and member_id = $3 and issued_at > $4`,
    [tx.cooperativeId, purpose, memberId, since],
  );
  return row?.made ?? 0;
}

export async function markLinkUsed(tx: Transaction, linkId: string): Promise<void> {
  await tx.query('update platform.identity_link set used_at = $3 where cooperative_id = $1 and id = $2', [
    tx.cooperativeId,
    linkId,
    tx.now,
  ]);
}

/** Takes back what is open of a purpose for a member; answers how many there were. */
export async function revokeOpenLinks(
  tx: Transaction,
  purpose: LinkPurpose,
  memberId: string,
): Promise<number> {
  const revoked = await tx.query(
    `update platform.identity_link set revoked_at = $4
     where cooperative_id = $1 and purpose = $2 and member_id = $3 and used_at is null and revoked_at is null returning id`,
    [tx.cooperativeId, purpose, memberId, tx.now],
  );
  return revoked.length;
}

/** Takes back what is open of these purposes for an account in every cooperative, made since a moment or at any time. */
export async function revokeLinksOfLogin(
  tx: Transaction,
  loginId: string,
  purposes: readonly LinkPurpose[],
  since: Date | null = null,
): Promise<void> {
  await tx.query(`select set_config('habitat.login_id', $1, true)`, [loginId]);
  await tx.query(
    `update platform.identity_link set revoked_at = $3
     where login_id = $1 and purpose = any($2) and used_at is null and revoked_at is null
       and ($4::timestamptz is null or issued_at >= $4)`,
    [loginId, purposes, tx.now, since],
  );
}
