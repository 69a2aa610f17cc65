// What waits for reviewers: the queue in keyset pages, narrowed as a reviewer likes, and how many of it have gone stale.
import type { Condition, Database, Session } from '@habitat/database';
import { narrow } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { addDays } from '@habitat/kernel';
import type { PageRequest } from '../contribution/contribution.queries.ts';
import { searched } from '../contribution/contribution.queries.ts';
import type { ContributionRow } from '../contribution/contribution.rows.ts';
import { contributionColumns, toContribution } from '../contribution/contribution.rows.ts';
import type { Contribution } from '../contribution/contribution.ts';
import { findCooperative } from '../cooperative/cooperative.store.ts';
import { findPolicyOn } from '../policy/policy.store.ts';

/** Whose queue, and at which instant: what is stale depends on it. */
export interface QueuePlace {
  readonly cooperativeId: string;
  readonly now: Date;
}

/** What of the queue is wanted. */
export interface QueueFilter {
  readonly kind?: ContributionKind | null;
  /** Category, whatever its capitals. */
  readonly category?: string | null;
  /** Words of the description or category, the member's name, or a number. */
  readonly search?: string | null;
  /** Worth at least so much, in minor units. */
  readonly atLeastMinor?: bigint | null;
  /** Only what has waited longer than the policy's days. */
  readonly staleOnly?: boolean;
}

const staleSql = (before: string, timeZone: string) =>
  `(coalesce(c.peers_ended_at, c.submitted_at) at time zone ${timeZone})::date < ${before}`;

const namedSql = `(select m.display_name from people.member m
  where m.cooperative_id = c.cooperative_id and m.member_id = c.member_id)`;

function waiting(cooperativeId: string, filter: QueueFilter): Condition[] {
  return [
    ['c.cooperative_id = $1', cooperativeId],
    [`c.status = 'submitted' and c.peer_state is distinct from 'open'`],
    ['c.kind = $1', filter.kind],
    ['lower(c.category) = lower($1)', filter.category?.trim() || null],
    searched(filter.search, 'c.description', 'c.category', namedSql),
    ['c.value_minor >= $1', filter.atLeastMinor],
  ];
}

/** Key of a row in `listApprovalQueue`. */
export function queueKey(contribution: Contribution): readonly [string, string] {
  return [(contribution.submittedAt ?? contribution.createdAt).toISOString(), contribution.contributionId];
}

/** What waits for a reviewer, the oldest submission first; what is with its peers does not. */
export async function listApprovalQueue(
  database: Database,
  { cooperativeId, now }: QueuePlace,
  page: PageRequest,
  filter: QueueFilter = {},
): Promise<Contribution[]> {
  const [at, id] = page.after ?? [];
  const rows = await database.transaction('people', { cooperativeId }, async (client) => {
    const stale = filter.staleOnly ? await staleLine(client, cooperativeId, now) : null;
    return client.query<ContributionRow & Record<string, unknown>>(
      narrow({
        name: 'list-approval-queue',
        where: [
          ...waiting(cooperativeId, filter),
          [staleSql('$1::date', '$2'), stale?.before, stale?.timeZone],
          ['(c.submitted_at, c.contribution_id) > ($1::timestamptz, $2::uuid)', at, id],
        ],
        values: [page.limit],
        text: (where, limit) =>
          `select ${contributionColumns('c')} from people.contribution c where ${where}
           order by c.submitted_at, c.contribution_id limit ${limit}`,
      }),
    );
  });
  return rows.map(toContribution);
}

export interface QueueCounts {
  readonly total: number;
  /** Waiting longer than the policy's days. */
  readonly stale: number;
}

/** How many submissions wait of what is wanted, and how many of them have gone stale. */
export async function countApprovalQueue(
  database: Database,
  { cooperativeId, now }: QueuePlace,
  filter: QueueFilter = {},
): Promise<QueueCounts> {
  return database.transaction('people', { cooperativeId }, async (client) => {
    const stale = await staleLine(client, cooperativeId, now);
    if (stale === null) return { total: 0, stale: 0 };
    const [row] = await client.query<{ total: number; stale: number }>(
      narrow({
        name: 'count-approval-queue',
        where: waiting(cooperativeId, filter),
        values: [stale.before, stale.timeZone],
        text: (where, before, timeZone) =>
          `select count(*)::int as total, count(*) filter (where ${staleSql(`${before}::date`, `${timeZone}`)})::int as stale
           from people.contribution c where ${where}`,
      }),
    );
    const { total, stale: old } = row ?? { total: 0, stale: 0 };
    return { total: filter.staleOnly ? old : total, stale: old };
  });
}

/** The first day that is not stale yet, in the cooperative's time zone; null for one that is not known here yet. */
async function staleLine(
  client: Session,
  cooperativeId: string,
  now: Date,
): Promise<{ before: LocalDate; timeZone: string } | null> {
  const cooperative = await findCooperative({
    query: (sql, values) => client.query(sql, values),
    cooperativeId,
    now,
  });
  if (cooperative === null) return null;
  const { staleDays } = await findPolicyOn(client, 'approval', cooperative.today);
  return { before: addDays(cooperative.today, -staleDays), timeZone: cooperative.timeZone };
}
