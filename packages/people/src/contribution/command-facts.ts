// What the commands on contributions share: locking one, the facts for submitting, and saving a change with its events.
import type { Transaction } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import { contributionKind } from '@habitat/events';
import type { Decimal, LocalDate, Result } from '@habitat/kernel';
import { accept, addDays, isLocalDate, localDate, refuse, startOfWeek } from '@habitat/kernel';
import { maySee } from '../approval/access.ts';
import { candidateRules } from '../approval/auto-approval.ts';
import { announce } from './announce.ts';
import type { Change, Contribution, ContributionContent } from './contribution.ts';
import { decimalOf } from './contribution.rows.ts';
import { lockContributions, updateContributions } from './contribution.store.ts';
import type { SubmitFacts } from './logging.ts';
import type { Setting } from './setting.store.ts';
import { loadSetting, workFactsOn } from './setting.store.ts';

export type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
export type NotFound = { readonly code: 'CONTRIBUTION_NOT_FOUND'; readonly contributionId: string };
/** The answer of every command on one contribution. */
export type Logged = { readonly contributionId: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** True for text Postgres takes as a uuid; anything else is simply not found. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The readable kinds among those asked for. */
export function kindsOf(kinds: readonly string[]): ContributionKind[] {
  const read = kinds.map((kind) => contributionKind.safeParse(kind.toLowerCase()));
  return [...new Set(read.flatMap((kind) => (kind.success ? [kind.data] : [])))];
}

/** The span of days asked about; unreadable days are refused later and only need not break the query. */
export function spanOf(days: readonly string[]): { from: LocalDate; to: LocalDate } {
  const sorted = days.filter(isLocalDate).sort();
  const fallback = localDate(2000, 1, 1);
  return { from: sorted[0] ?? fallback, to: sorted.at(-1) ?? fallback };
}

/** Auto-approved quantity by member, kind and week. */
export type WeekSums = Map<string, Decimal>;
export const NONE: Decimal = { coefficient: 0n, scale: 0 };
export const weekKey = (memberId: string, kind: string, day: LocalDate) =>
  `${memberId} ${kind} ${startOfWeek(day)}`;

/** What rules approved in the weeks concerned; their members are locked so that two logs at once cannot both fit. */
export async function autoApprovedWeeks(
  tx: Transaction,
  memberIds: readonly string[],
  from: LocalDate,
  to: LocalDate,
): Promise<WeekSums> {
  await tx.query(
    'select from people.member where cooperative_id = $1 and member_id = any($2::uuid[]) order by member_id for update',
    [tx.cooperativeId, memberIds],
  );
  const rows = await tx.query<{ member_id: string; kind: string; week: LocalDate; total: string }>(
    `select member_id, kind, date_trunc('week', worked_on)::date as week, sum(quantity)::text as total
     from people.contribution
     where cooperative_id = $1 and member_id = any($2::uuid[]) and auto_approved and worked_on between $3 and $4
     group by 1, 2, 3`,
    [tx.cooperativeId, memberIds, startOfWeek(from), addDays(startOfWeek(to), 6)],
  );
  return new Map(rows.map((row) => [weekKey(row.member_id, row.kind, row.week), decimalOf(row.total)]));
}

/** Facts for submitting one contribution, with the weeks' sums where a rule might approve it. */
export function submitFacts(
  tx: Transaction,
  setting: Setting,
  content: ContributionContent,
  memberId: string,
  weeks: WeekSums,
): SubmitFacts {
  const facts = workFactsOn(setting, content.workedOn);
  tx.judgedBy('contribution', facts.policy.version);
  tx.judgedBy('approval', facts.approval.version);
  return {
    ...facts,
    actor: tx.actor,
    now: tx.now,
    memberStatus: setting.memberStatus.get(memberId) ?? '',
    autoRules: setting.autoRules,
    weekSoFar: weeks.get(weekKey(memberId, content.kind, content.workedOn)) ?? NONE,
    peers: setting,
  };
}

/** Settles the facts for one locked contribution whose content may have changed. */
export async function factsFor(
  tx: Transaction,
  contribution: Contribution,
  days: readonly string[],
  kinds: readonly string[],
): Promise<{ setting: Setting; weeks: WeekSums }> {
  const span = spanOf([contribution.workedOn, ...days]);
  const setting = await loadSetting(tx, {
    kinds: kindsOf([contribution.kind, ...kinds]),
    memberIds: [contribution.memberId],
    ...span,
  });
  const candidates = candidateRules(setting.autoRules, contribution);
  const weeks =
    candidates.length > 0
      ? await autoApprovedWeeks(tx, [contribution.memberId], span.from, span.to)
      : new Map<string, Decimal>();
  return { setting, weeks };
}

/** Locks one contribution of the actor's cooperative, or refuses. */
export async function lockOne(
  tx: Transaction,
  contributionId: string,
): Promise<Result<Contribution, NotFound>> {
  const found = isUuid(contributionId)
    ? (await lockContributions(tx, [contributionId])).get(contributionId.toLowerCase())
    : undefined;
  return found === undefined ? refuse({ code: 'CONTRIBUTION_NOT_FOUND', contributionId }) : accept(found);
}

/** Stores one change of a locked contribution with its events. */
export async function saveOne(tx: Transaction, change: Change): Promise<Logged> {
  await updateContributions(tx, [change]);
  announce(tx, [change]);
  return { contributionId: change.contribution.contributionId };
}

/** What a rule decides of a contribution, by the facts read for it. */
export type ChangeRule<Facts, Refusal> = (
  contribution: Contribution,
  facts: Facts,
) => Result<Change, Refusal> | Promise<Result<Change, Refusal>>;

/**
 * Locks one contribution, reads what the rule needs, and saves what the rule says. What the actor may not even see does
 * not exist for them; whoever is asked as a peer may see more than `maySee` says.
 */
export async function decideOne<Facts, Refusal>(
  tx: Transaction,
  contributionId: string,
  read: (contribution: Contribution) => Promise<Facts>,
  rule: ChangeRule<Facts, Refusal>,
  isSeen: (contribution: Contribution, facts: Facts) => boolean = (found) => maySee(tx.actor, found),
): Promise<Result<Logged, Refusal | NotFound>> {
  const found = await lockOne(tx, contributionId);
  if (!found.ok) return found;
  const facts = await read(found.value);
  if (!isSeen(found.value, facts)) return refuse({ code: 'CONTRIBUTION_NOT_FOUND', contributionId });
  const change = await rule(found.value, facts);
  return change.ok ? accept(await saveOne(tx, change.value)) : change;
}
