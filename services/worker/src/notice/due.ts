// Notices that no event makes: what has waited too long, what ends soon, and what went wrong with the machinery. A look may
// come upon the same thing often; each person is told of it once.
import type { Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import { newId, systemActor, todayIn } from '@habitat/kernel';
import { listDeadLetters, listScheduleRuns } from '@habitat/messaging';
import type { Notice } from '@habitat/notifications';
import { giveNotices, listReusedSessions } from '@habitat/notifications';
import type { Contribution, Turn } from '@habitat/people';
import {
  isStale,
  listApprovalQueue,
  listPendingWork,
  signaturesOf,
  turnOf,
  viewerSetting,
  waitedFor,
} from '@habitat/people';
import type { CooperativeListing } from '@habitat/platform';
import { listCooperatives } from '@habitat/platform';
import type { Schedule } from '../schedules.ts';
import { addressNotices } from './addressing.ts';
import { endWaitingRequests } from './waiting.ts';

const MINUTE = 60_000;
/** How many of the oldest in a queue are looked at: a reviewer told of so many needs no more. */
const OLDEST = 100;
/** Days before the end of a period in which members hear of work they have not submitted. */
const CLOSING_DAYS = 3;

type Looked = Omit<Notice, 'byMemberId'>;
type Look = (database: Database, cooperative: CooperativeListing, now: Date) => Promise<Looked[]>;

const administrators = { to: 'roles', roles: ['administrator'] } as const;

const stale: Look = async (database, { cooperativeId, timeZone }, now) => {
  const [waiting, setting] = await Promise.all([
    listApprovalQueue(database, { cooperativeId, now }, { limit: OLDEST, after: null }),
    viewerSetting(database, { cooperativeId, actor: systemActor(cooperativeId), now }),
  ]);
  return waiting
    .filter((contribution) => isStale(contribution, setting))
    .map(({ contributionId, number, memberId, category, submittedAt, createdAt }) => ({
      kind: 'contribution_stale',
      audience: { to: 'deciders', contributionId },
      source: `stale:${contributionId}:${(submittedAt ?? createdAt).toISOString()}`,
      subjectId: contributionId,
      facts: {
        number: String(number),
        category,
        ownerId: memberId,
        day: todayIn(timeZone, submittedAt ?? createdAt),
      },
      at: now,
    }));
};

/** Who hears that a turn has moved on since the work was sent; null when whoever is asked heard of it then. */
function escalated(contribution: Contribution, { seats, because }: Turn, at: Date): Looked | null {
  const { contributionId, number, memberId, category, submittedAt, createdAt } = contribution;
  const nobody = seats.length === 0;
  const what = nobody ? 'nobody' : because;
  if (what !== 'nobody' && what !== 'absent' && what !== 'late') return null;
  return {
    kind: 'contribution_escalated',
    audience: nobody ? administrators : { to: 'deciders', contributionId },
    source: `turn:${contributionId}:${what}:${(submittedAt ?? createdAt).toISOString()}`,
    subjectId: contributionId,
    facts: { number: String(number), category, ownerId: memberId, what },
    at,
  };
}

const movedOn: Look = async (database, { cooperativeId }, now) => {
  const waiting = await listApprovalQueue(database, { cooperativeId, now }, { limit: OLDEST, after: null });
  const ids = waiting.map(({ contributionId }) => contributionId);
  const [signatures, setting] = await Promise.all([
    signaturesOf(database, cooperativeId, ids),
    viewerSetting(database, { cooperativeId, actor: systemActor(cooperativeId), now }),
  ]);
  return waiting.flatMap((contribution) => {
    const given = signatures.filter((one) => one.contributionId === contribution.contributionId);
    const turn = waitedFor(turnOf(contribution, given, setting), contribution, given);
    return escalated(contribution, turn, now) ?? [];
  });
};

const closing: Look = async (database, { cooperativeId }, now) => {
  const pending = await listPendingWork(database, cooperativeId, { now, withinDays: CLOSING_DAYS });
  return pending.map(({ memberId, periodId, periodName, endsOn }) => ({
    kind: 'period_closing',
    audience: { to: 'members', memberIds: [memberId] },
    source: `closing:${periodId}:${endsOn}`,
    subjectId: periodId,
    facts: { period: periodName, day: endsOn },
    at: now,
  }));
};

const machinery: Look = async (database, { cooperativeId, timeZone }, now) => {
  const [letters, runs, reused] = await Promise.all([
    listDeadLetters(database, { cooperativeId }),
    listScheduleRuns(database),
    listReusedSessions(database, { cooperativeId, now }),
  ]);
  const failed = runs.filter(({ outcome }) => outcome === 'fault');
  return [
    ...letters.map(({ id, handler, deadAt }) => ({
      kind: 'dead_letter' as const,
      audience: administrators,
      source: `dead-letter:${id}`,
      subjectId: null,
      facts: { handler },
      at: deadAt,
    })),
    // Once a day for a job that keeps failing.
    ...failed.map(({ name, finishedAt }) => {
      const day = todayIn(timeZone, finishedAt);
      const facts = { job: name, day };
      const source = `job:${name}:${day}`;
      return {
        kind: 'job_failed' as const,
        audience: administrators,
        source,
        subjectId: null,
        facts,
        at: finishedAt,
      };
    }),
    ...reused.map(({ sessionId, memberId, endedAt }) => ({
      kind: 'security' as const,
      audience: administrators,
      source: `session:${sessionId}`,
      subjectId: null,
      facts: { what: 'token_reused', ownerId: memberId },
      at: endedAt,
    })),
  ];
};

function looking(name: string, everyMs: number, look: Look): Schedule {
  return {
    name,
    everyMs,
    async run(database, now) {
      for (const cooperative of await listCooperatives(database)) {
        const { cooperativeId } = cooperative;
        const notices = (await look(database, cooperative, now)).map((one) => ({ ...one, byMemberId: null }));
        if (notices.length === 0) continue;
        const facts = {
          cooperativeId,
          actor: systemActor(cooperativeId),
          now,
          correlationId: `schedule-${newId()}`,
        };
        await runTransaction(database, 'platform', facts, (tx) =>
          giveNotices(tx, notices, (...asked) => addressNotices(database, ...asked)),
        );
      }
    },
  };
}

/** What is looked for by the clock. */
export const dueNotices: readonly Schedule[] = [
  looking('tell-of-stale-work', 15 * MINUTE, stale),
  looking('tell-of-turns', 15 * MINUTE, movedOn),
  looking('tell-of-closing-periods', 60 * MINUTE, closing),
  looking('tell-of-faults', MINUTE, machinery),
  endWaitingRequests,
];
