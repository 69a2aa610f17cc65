// Reading contributions: by id, in keyset pages, and the batches screens ask for. Who may see
// what is asked by the API with `maySee`; the wall keeps cooperatives apart.
import type { Condition, Database } from '@habitat/database';
import { holding, narrow } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { addDays } from '@habitat/kernel';
import type { Contribution, ContributionStatus, StepAct } from './contribution.ts';
import type { ContributionRow } from './contribution.rows.ts';
import { contributionColumns, toContribution } from './contribution.rows.ts';

type Row = ContributionRow & Record<string, unknown>;

/** Contributions by id, in any order; unknown ones are missing. */
export async function findContributions(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<Contribution[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<Row>({
      name: 'find-contributions',
      text: `select ${contributionColumns('c')} from people.contribution c where c.cooperative_id = $1 and c.contribution_id = any($2::uuid[])`,
      values: [cooperativeId, [...new Set(ids)]],
    }),
  );
  return rows.map(toContribution);
}

export interface ContributionFilter {
  readonly memberId?: string | null;
  readonly periodId?: string | null;
  readonly status?: readonly ContributionStatus[] | null;
  readonly kind?: ContributionKind | null;
  /** Category, whatever its capitals. */
  readonly category?: string | null;
  /** Days of the work, both inclusive. */
  readonly from?: string | null;
  readonly to?: string | null;
  /** Words of the description or category, or a number. */
  readonly search?: string | null;
}

export interface PageRequest {
  readonly limit: number;
  /** Ordering key of the last row seen. */
  readonly after: readonly string[] | null;
}

/** The condition on contributions (alias `c`) that a search finds by: words anywhere in these texts, or a number as it is said. */
export function searched(search: string | null | undefined, ...texts: readonly string[]): Condition {
  const found = texts.map((text) => `${text} ilike $1`);
  const number = search?.trim().replace(/^#/, '') ?? null;
  return [`(${[...found, 'c.number::text = $2'].join(' or ')})`, holding(search), number];
}

function filtered(cooperativeId: string, filter: ContributionFilter): Condition[] {
  return [
    ['c.cooperative_id = $1', cooperativeId],
    ['c.member_id = $1', filter.memberId],
    ['c.period_id = $1', filter.periodId],
    ['c.status = any($1::text[])', filter.status],
    ['c.kind = $1', filter.kind],
    searched(filter.search, 'c.description', 'c.category'),
    ['lower(c.category) = lower($1)', filter.category?.trim() || null],
    ['c.worked_on >= $1', filter.from],
    ['c.worked_on <= $1', filter.to],
  ];
}

/** Key of a row in `listContributions`. */
export function contributionKey(contribution: Contribution): readonly [string, string] {
  return [contribution.workedOn, contribution.contributionId];
}

/** Contributions by day of work, the latest first. */
export async function listContributions(
  database: Database,
  cooperativeId: string,
  filter: ContributionFilter,
  page: PageRequest,
): Promise<Contribution[]> {
  const [day, id] = page.after ?? [];
  const query = narrow({
    name: 'list-contributions',
    where: [
      ...filtered(cooperativeId, filter),
      ['(c.worked_on, c.contribution_id) < ($1::date, $2::uuid)', day, id],
    ],
    values: [page.limit],
    text: (where, limit) =>
      `select ${contributionColumns('c')} from people.contribution c where ${where}
       order by c.worked_on desc, c.contribution_id desc limit ${limit}`,
  });
  const rows = await database.transaction('people', { cooperativeId }, (client) => client.query<Row>(query));
  return rows.map(toContribution);
}

export async function countContributions(
  database: Database,
  cooperativeId: string,
  filter: ContributionFilter,
): Promise<number> {
  const query = narrow({
    name: 'count-contributions',
    where: filtered(cooperativeId, filter),
    text: (where) => `select count(*)::int as count from people.contribution c where ${where}`,
  });
  const [row] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<{ count: number }>(query),
  );
  return row?.count ?? 0;
}

/** A member's work that is not submitted, or not answered for, in a period about to end. */
export interface PendingWork {
  readonly memberId: string;
  readonly periodId: string;
  readonly periodName: string;
  readonly endsOn: LocalDate;
}

/** Whose work waits for themselves in an open period that ends within so many days, or has ended and is in its grace. */
export async function listPendingWork(
  database: Database,
  cooperativeId: string,
  query: { readonly now: Date; readonly withinDays: number },
): Promise<PendingWork[]> {
  return database.read('people', { cooperativeId }, (client) =>
    client.query<PendingWork & Record<string, unknown>>(
      `select distinct c.member_id as "memberId", p.period_id as "periodId", p.name as "periodName", p.ends_on as "endsOn"
       from people.period p
       join people.cooperative o on o.cooperative_id = p.cooperative_id
       join people.contribution c on c.cooperative_id = p.cooperative_id
         and c.status in ('draft', 'clarification') and c.worked_on between p.starts_on and p.ends_on
       where p.cooperative_id = $1 and p.status = 'open'
         and p.ends_on <= ($2::timestamptz at time zone o.time_zone)::date + $3::int`,
      [cooperativeId, query.now, query.withinDays],
    ),
  );
}

export interface ContributionStep {
  readonly contributionId: string;
  readonly act: StepAct;
  readonly from: ContributionStatus | null;
  readonly to: ContributionStatus;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  readonly byMemberId: string | null;
  readonly at: Date;
}

/** Every step of these contributions, in order. */
export async function stepsOf(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<ContributionStep[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    client.query<ContributionStep & Record<string, unknown>>(
      `select s.contribution_id as "contributionId", s.act, s.from_status as "from", s.to_status as "to",
         nullif(people.unseal(c.member_id, s.reason), '') as reason, s.facts, s.actor_member_id as "byMemberId",
         s.recorded_at as at
       from people.contribution_step s
       join people.contribution c on c.cooperative_id = s.cooperative_id and c.contribution_id = s.contribution_id
       where s.cooperative_id = $1 and s.contribution_id = any($2::uuid[])
       order by s.contribution_id, s.sequence`,
      [cooperativeId, ids],
    ),
  );
}

export interface ContributionComment {
  readonly contributionId: string;
  readonly commentId: string;
  readonly kind: 'question' | 'answer' | 'comment';
  /** Empty once the member it is about was erased. */
  readonly body: string;
  readonly byMemberId: string | null;
  readonly at: Date;
}

/** The threads of these contributions, oldest first. */
export async function commentsOf(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<ContributionComment[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    client.query<ContributionComment & Record<string, unknown>>(
      `select m.contribution_id as "contributionId", m.comment_id as "commentId", m.kind,
         people.unseal(c.member_id, m.body) as body, m.actor_member_id as "byMemberId", m.recorded_at as at
       from people.contribution_comment m
       join people.contribution c on c.cooperative_id = m.cooperative_id and c.contribution_id = m.contribution_id
       where m.cooperative_id = $1 and m.contribution_id = any($2::uuid[])
       order by m.recorded_at, m.comment_id`,
      [cooperativeId, ids],
    ),
  );
}

export interface SignatureView {
  readonly contributionId: string;
  readonly round: number;
  readonly approverMemberId: string;
  readonly approverLoginId: string | null;
  readonly role: string;
  readonly at: Date;
}

/** Signatures that count (of the present round), oldest first. */
export async function signaturesOf(
  database: Database,
  cooperativeId: string,
  ids: readonly string[],
): Promise<SignatureView[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    client.query<SignatureView & Record<string, unknown>>(
      `select a.contribution_id as "contributionId", a.round, a.approver_member_id as "approverMemberId",
         a.approver_login_id as "approverLoginId", a.role, a.approved_at as at
       from people.approval a
       join people.contribution c on c.cooperative_id = a.cooperative_id and c.contribution_id = a.contribution_id and c.round = a.round
       where a.cooperative_id = $1 and a.contribution_id = any($2::uuid[]) order by a.approved_at`,
      [cooperativeId, ids],
    ),
  );
}

export interface MemberYear {
  readonly memberId: string;
  readonly approvedAsLogged: number;
  readonly adjusted: number;
  readonly rejected: number;
  /** Things given in kind that were approved, and what they came to. */
  readonly inKind: number;
  readonly inKindMinor: bigint;
}

/** How a member's contributions of the last twelve months were decided. */
export async function memberYears(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
  today: LocalDate,
): Promise<MemberYear[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    client.query<MemberYear & Record<string, unknown>>(
      `select member_id as "memberId",
         count(*) filter (where valued_at is not null and original_quantity is null and original_value_minor is null)::int as "approvedAsLogged",
         count(*) filter (where valued_at is not null and (original_quantity is not null or original_value_minor is not null))::int as adjusted,
         count(*) filter (where status = 'rejected')::int as rejected,
         count(*) filter (where kind = 'in_kind' and valued_at is not null)::int as "inKind",
         coalesce(sum(value_minor) filter (where kind = 'in_kind' and valued_at is not null), 0)::bigint as "inKindMinor"
       from people.contribution
       where cooperative_id = $1 and member_id = any($2::uuid[]) and worked_on > $3
       group by member_id`,
      [cooperativeId, memberIds, addDays(today, -365)],
    ),
  );
}

/** The latest decided contributions of one member, for the reviewer's glance. */
export async function recentDecided(
  database: Database,
  cooperativeId: string,
  memberIds: readonly string[],
  each = 4,
): Promise<Contribution[]> {
  const rows = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<Row>(
      `select ${contributionColumns('c')} from unnest($2::uuid[]) as m (member_id)
       cross join lateral (
         select * from people.contribution c
         where c.cooperative_id = $1 and c.member_id = m.member_id and c.status in ('valued', 'applied', 'disputed', 'resolved')
         order by c.worked_on desc, c.contribution_id desc limit $3) c`,
      [cooperativeId, memberIds, each],
    ),
  );
  return rows.map(toContribution);
}
