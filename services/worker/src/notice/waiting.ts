// Requests that wait for a second person: whoever asked and whoever may decide hear two days before one expires, and when
// it has. Nobody's silence becomes a yes.
import { expireAgreementsWaiting, listAgreementsWaiting } from '@habitat/agreements';
import type { Database } from '@habitat/database';
import { runTransaction } from '@habitat/database';
import type { WaitingRequest } from '@habitat/kernel';
import { newId, requestExpiresAt, SECOND_PERSON_DAYS, systemActor, todayIn } from '@habitat/kernel';
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
function noticesOf(
  request: WaitingRequest,
  what: 'expiring' | 'expired',
  expiresAt: Date,
  { timeZone }: CooperativeListing,
  now: Date,
): Notice[] {
  const { id, act, byMemberId } = request;
  const day = todayIn(timeZone, expiresAt);
  const notice = {
    kind: 'second_person',
    source: `${what}:${id}`,
    subjectId: id,
    byMemberId: null,
    facts: { what, day, ...(byMemberId === null ? {} : { ownerId: byMemberId }) },
    at: now,
  } as const;
  const asker = byMemberId === null ? [] : [byMemberId];
  return [
    { ...notice, audience: { to: 'members', memberIds: asker } },
    { ...notice, audience: { to: 'roles', roles: rolesThatSecond(act) } },
  ];
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
  const untilEnd = (request: WaitingRequest) => requestExpiresAt(request, days).getTime() - now.getTime();
  for (const { requests, expire } of waiting) {
    const overdue = requests.some((request) => untilEnd(request) < 0);
    if (overdue) await expire(database, facts, requestExpiresAt({ requestedAt: now }, -days));
  }
  const notices = waiting
    .flatMap(({ requests }) => requests)
    .filter((request) => untilEnd(request) < WARNED_MS)
    .flatMap((request) => {
      const what = untilEnd(request) < 0 ? 'expired' : 'expiring';
      return noticesOf(request, what, requestExpiresAt(request, days), cooperative, now);
    });
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
