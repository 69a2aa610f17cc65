// Erasures and backups: every minute those that were done are noted beside the backups, and a database that was restored
// from before one of them gets it again, before anybody is let in.
import { newId } from '@habitat/kernel';
import { memberErased } from '@habitat/events';
import pg from 'pg';
import type { NotedErasure } from './storage/erasures.ts';
import { keepErasures, readErasures } from './storage/erasures.ts';
import type { Repository } from './storage/repository.ts';

async function connected<Made>(url: string, work: (client: pg.Client) => Promise<Made>): Promise<Made> {
  const client = new pg.Client({ connectionString: url, application_name: 'habitat:erasures' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A schema from before there were erasures knows none. */
async function knowsErasures(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ known: boolean }>(
    `select to_regprocedure('people.erase_member(uuid, timestamptz)') is not null as known`,
  );
  return rows[0]?.known === true;
}

/** Notes the erasures of a database beside its backups; answers how many were new. */
export async function noteErasures(repository: Repository, ownerUrl: string): Promise<number> {
  return connected(ownerUrl, async (client) => {
    if (!(await knowsErasures(client))) return 0;
    await client.query('set row_security = off');
    const { rows } = await client.query<{ cooperativeId: string; memberId: string; erasedAt: Date }>(
      `select cooperative_id as "cooperativeId", member_id as "memberId", erased_at as "erasedAt"
       from people.member where erased_at is not null order by erased_at`,
    );
    return keepErasures(
      repository,
      rows.map((row) => ({ ...row, erasedAt: row.erasedAt.toISOString() })),
    );
  });
}

/**
 * Does one erasure again, as the database's owner, inside the wall of its cooperative. The event makes the worker take
 * away account, notices and evidence; until it does, the membership is over and lets nobody in.
 */
async function eraseAgain(client: pg.Client, { cooperativeId, memberId }: NotedErasure): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(
      `select set_config('habitat.cooperative_id', $1, true), set_config('habitat.command', 'restore', true)`,
      [cooperativeId],
    );
    const now = new Date();
    const { rows } = await client.query<{ erased: boolean }>('select people.erase_member($1, $2) as erased', [
      memberId,
      now,
    ]);
    const isNew = rows[0]?.erased === true;
    if (isNew) {
      await client.query(
        `delete from platform.session s using platform.membership m
         where s.cooperative_id = $1 and m.cooperative_id = $1 and m.member_id = $2 and s.login_id = m.login_id`,
        [cooperativeId, memberId],
      );
      await client.query(
        'update platform.membership set ended_at = $3 where cooperative_id = $1 and member_id = $2',
        [cooperativeId, memberId, now],
      );
      await client.query(
        `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind,
           correlation_id, recorded_at, payload)
         select m.cooperative_id, $3, $4, $5, $6, m.member_id, 'system', 'restore', $7,
           jsonb_build_object('memberId', m.member_id, 'number', m.number)
         from people.member m where m.cooperative_id = $1 and m.member_id = $2`,
        [
          ...[cooperativeId, memberId, newId()],
          ...[memberErased.type, memberErased.version, memberErased.aggregateType, now],
        ],
      );
    }
    await client.query('commit');
    return isNew;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** What came of doing the noted erasures again; null when the restored schema has to be migrated first. */
export async function reapplyErasures(
  repository: Repository,
  ownerUrl: string,
): Promise<{ readonly noted: number; readonly again: number } | null> {
  const noted = await readErasures(repository);
  if (noted.length === 0) return { noted: 0, again: 0 };
  return connected(ownerUrl, async (client) => {
    if (!(await knowsErasures(client))) return null;
    let again = 0;
    for (const one of noted) if (await eraseAgain(client, one)) again += 1;
    return { noted: noted.length, again };
  });
}
