// SQL of identities at a provider. They belong to accounts, so no statement names a cooperative.
import type { Queryable, Transaction } from '@habitat/database';
import type { ProvenIdentity } from './provider.ts';

/** An identity as its owner sees it. */
export interface LinkedIdentity {
  readonly identityId: string;
  /** What the provider called the person when it was linked. */
  readonly shownAs: string;
  readonly linkedAt: Date;
  readonly lastUsedAt: Date | null;
}

/** The identities of an account, the oldest first. */
export async function selectIdentities(client: Queryable, loginId: string): Promise<LinkedIdentity[]> {
  return client.query<LinkedIdentity & Record<string, unknown>>(
    `select id as "identityId", shown_as as "shownAs", linked_at as "linkedAt", last_used_at as "lastUsedAt"
     from platform.provider_identity where login_id = $1 order by linked_at, id`,
    [loginId],
  );
}

/** The account an identity belongs to, while it may come in. */
export async function selectLoginOfIdentity(
  client: Queryable,
  identity: Pick<ProvenIdentity, 'issuer' | 'subject'>,
): Promise<{ readonly identityId: string; readonly loginId: string } | null> {
  const [row] = await client.query<{ identityId: string; loginId: string }>(
    `select provider_identity.id as "identityId", login_id as "loginId"
     from platform.provider_identity join platform.login on login.id = login_id
     where issuer = $1 and subject = $2 and status = 'active'`,
    [identity.issuer, identity.subject],
  );
  return row ?? null;
}

/** Links an identity; false when it belongs to an account already, this one or another. */
export async function insertIdentity(
  tx: Transaction,
  link: ProvenIdentity & { readonly identityId: string; readonly loginId: string },
): Promise<boolean> {
  const { identityId, loginId, issuer, subject, shownAs } = link;
  const inserted = await tx.query(
    `insert into platform.provider_identity (id, login_id, issuer, subject, shown_as, linked_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (issuer, subject) do nothing returning id`,
    [identityId, loginId, issuer, subject, shownAs, tx.now],
  );
  return inserted.length === 1;
}

/** Remembers a use; false when the identity was taken away meanwhile, or its account may come in no more. */
export async function markIdentityUsed(client: Queryable, identityId: string, now: Date): Promise<boolean> {
  const used = await client.query(
    `update platform.provider_identity set last_used_at = $2 from platform.login
     where provider_identity.id = $1 and login.id = login_id and status = 'active' returning provider_identity.id`,
    [identityId, now],
  );
  return used.length === 1;
}

/** Takes an identity of an account away; false when it has none of this id. */
export async function deleteIdentity(tx: Transaction, loginId: string, identityId: string): Promise<boolean> {
  const gone = await tx.query(
    'delete from platform.provider_identity where login_id = $1 and id = $2 returning id',
    [loginId, identityId],
  );
  return gone.length === 1;
}

/** Takes the identities away that an account got since a moment. */
export async function deleteIdentitiesSince(tx: Transaction, loginId: string, since: Date): Promise<void> {
  await tx.query('delete from platform.provider_identity where login_id = $1 and linked_at >= $2', [
    loginId,
    since,
  ]);
}
