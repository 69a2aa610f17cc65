// Sessions that ended because a copy of their key was used: administrators are told of them.
import type { Database } from '@habitat/database';

const TOLD_WITHIN_DAYS = 2;

/** The sessions of a cooperative that ended so in the last two days, with whose they were. */
export async function listReusedSessions(
  database: Database,
  query: { readonly cooperativeId: string; readonly now: Date },
): Promise<{ sessionId: string; memberId: string; endedAt: Date }[]> {
  return database.read('platform', { cooperativeId: query.cooperativeId }, (client) =>
    client.query<{ sessionId: string; memberId: string; endedAt: Date }>(
      `select s.id as "sessionId", m.member_id as "memberId", s.ended_at as "endedAt"
       from platform.session s
       join platform.membership m on m.cooperative_id = s.cooperative_id and m.login_id = s.login_id
       where s.cooperative_id = $1 and s.end_reason = 'token_reused'
         and s.ended_at > $2::timestamptz - interval '${TOLD_WITHIN_DAYS} days'`,
      [query.cooperativeId, query.now],
    ),
  );
}
