// Requests that wait for a second person: whoever asked and whoever may decide hear two days before one expires; that it
// has is told by the event of its end. Nobody's silence becomes a yes.
import { expireAgreementsWaiting, listAgreementsWaiting } from '@habitat/agreements';
import type { Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import type { WaitingRequest } from '@habitat/kernel';
import {
  isPastItsTime,
  newId,
  requestExpiresAt,
  SECOND_PERSON_DAYS,
  systemActor,
  todayIn,
} from '@habitat/kernel';
import type { Notice } from '@habitat/notifications';
import { giveNotices, rolesThatSecond } from '@habitat/notifications';
import { expirePeopleWaiting, listPeopleWaiting, policyInForce } from '@habitat/people';
import type { CooperativeListing } from '@habitat/platform';
import { listCooperatives } from '@habitat/platform';
import { expireTreasuryWaiting, listTreasuryWaiting } from '@habitat/treasury';
import type { Schedule } from '../schedules.ts';
import { addressNotices } from './addressing.ts';

const MINUTE = 60_000;
const WARNED_MS = 2 * 24 * 60 * MINUTE;

const contexts = [
  { list: listTreasuryWaiting, expire: expireTreasuryWaiting },
  { list: listAgreementsWaiting, expire: expireAgreementsWaiting },
  { list: listPeopleWaiting, expire: expirePeopleWaiting },
] as const;

/** To whoever asked, and to those who may be the second person. */
function expiring(request: WaitingRequest, expiresAt: Date, timeZone: string, now: Date): Notice {
  const { id, act, byMemberId } = request;
  const asker = byMemberId === null ? [] : [byMemberId];
  return {
    kind: 'second_person',
    audience: { to: 'roles', roles: rolesThatSecond(act), memberIds: asker },
    source: `expiring:${id}`,
    subjectId: id,
    byMemberId: null,
    facts: {
      what: 'expiring',
      day: todayIn(timeZone, expiresAt),
      ...(byMemberId === null ? {} : { ownerId: byMemberId }),
    },
    at: now,
  };
}

async function lookAfter(database: Database, cooperative: CooperativeListing, now: Date): Promise<void> {
  const { cooperativeId, timeZone } = cooperative;
  const waiting = await Promise.all(
    contexts.map(async (context) => ({ ...context, requests: await context.list(database, cooperativeId) })),
  );
  if (waiting.every(({ requests }) => requests.length === 0)) return;
  const policy = await policyInForce(database, cooperativeId, 'approval', todayIn(timeZone, now));
  const days = policy.secondPersonDays ?? SECOND_PERSON_DAYS;
  const facts = {
    cooperativeId,
    actor: systemActor(cooperativeId),
    now,
    correlationId: `schedule-${newId()}`,
  };
  for (const { requests, expire } of waiting) {
    if (requests.some(({ requestedAt }) => isPastItsTime(requestedAt, days, now)))
      await expire(database, facts, days);
  }
  const notices = waiting
    .flatMap(({ requests }) => requests)
    .map((request) => ({ request, expiresAt: requestExpiresAt(request, days) }))
    .filter(({ expiresAt }) => expiresAt > now && expiresAt.getTime() - now.getTime() < WARNED_MS)
    .map(({ request, expiresAt }) => expiring(request, expiresAt, timeZone, now));
  if (notices.length === 0) return;
  await runTransaction(database, 'platform', facts, (tx) =>
    giveNotices(tx, notices, (...asked) => addressNotices(database, ...asked)),
  );
}

export const endWaitingRequests: Schedule = {
  name: 'end-waiting-requests',
  everyMs: 15 * MINUTE,
  async run(database, now) {
    for (const cooperative of await listCooperatives(database)) await lookAfter(database, cooperative, now);
  },
};
