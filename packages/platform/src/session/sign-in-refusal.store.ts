// Refused sign-ins on their way to the audit trail. Whoever fails to sign in acts in no cooperative; which ones the account
// belongs to is looked up later, by the worker, so that the answer takes as long for an address nobody has.
import type { Database, Queryable } from '@habitat/database';
import { appendEvents } from '@habitat/database';
import { newEvent, signInRefused } from '@habitat/events';
import { newId, systemActor } from '@habitat/kernel';
import type { Membership } from '../login/login.store.ts';
import { selectOwnMemberships } from '../login/login.store.ts';

/** Told in one run. */
const PAGE = 500;

export interface Refusal {
  /** Null for an address nobody has. */
  readonly loginId: string | null;
  readonly factor: 'password' | 'code';
  /** True for the one from which no further try is looked at for a while. */
  readonly locks: boolean;
  readonly refusedAt: Date;
}

type Noted = Refusal & { readonly id: string; readonly told: readonly string[] };

export async function insertRefusal(client: Queryable, refusal: Refusal): Promise<void> {
  await client.query(
    'insert into platform.sign_in_refusal (id, login_id, factor, locks, refused_at) values ($1, $2, $3, $4, $5)',
    [newId(), refusal.loginId, refusal.factor, refusal.locks, refusal.refusedAt],
  );
}

/** Tells one cooperative of one refusal; another worker at the same one finds it told. */
async function tell(database: Database, noted: Noted, membership: Membership, now: Date): Promise<void> {
  const { cooperativeId, loginId, memberId } = membership;
  await database.transaction('platform', { cooperativeId }, async (client) => {
    const fresh = await client.query(
      `update platform.sign_in_refusal set told = told || $2::uuid
       where id = $1 and not told @> array[$2::uuid] returning id`,
      [noted.id, cooperativeId],
    );
    if (fresh.length === 0) return;
    const { factor, locks, refusedAt } = noted;
    await appendEvents(
      client,
      'platform',
      { cooperativeId, actor: systemActor(cooperativeId), now, correlationId: `sign-in-${noted.id}` },
      newEvent(signInRefused, noted.id, { loginId, memberId, factor, locks, at: refusedAt.toISOString() }),
    );
  });
}

/** Brings refused sign-ins to the trails of the cooperatives their accounts belong to; those of nobody's are forgotten. */
export async function tellRefusedSignIns(database: Database, now: Date): Promise<void> {
  const noted = await database.read('platform', {}, (client) =>
    client.query<Noted & Record<string, unknown>>(
      `select id, login_id as "loginId", factor, locks, refused_at as "refusedAt", told
       from platform.sign_in_refusal order by refused_at limit ${PAGE}`,
    ),
  );
  for (const refusal of noted) {
    const { loginId } = refusal;
    const memberships =
      loginId === null
        ? []
        : await database.read('platform', { loginId }, (client) => selectOwnMemberships(client, loginId));
    for (const membership of memberships) await tell(database, refusal, membership, now);
  }
  if (noted.length > 0)
    await database.transaction('platform', {}, (client) =>
      client.query('delete from platform.sign_in_refusal where id = any($1::uuid[])', [
        noted.map(({ id }) => id),
      ]),
    );
}
