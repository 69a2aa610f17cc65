// Reminding reviewers of a contribution, as of anything else that waits: whose it is and whoever signed first may, once it
// has waited a day and once a day, and those are told who are waited for now. Where that is nobody, it is said.
import { drainEvents } from '@habitat/messaging';
import { noticeHandlers } from '@habitat/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import type { Founded } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';

let served: Served;
let river: Founded;
let party: Party;
let contributionId = '';

interface Reminder {
  readonly requestId: string;
  readonly own: boolean;
  readonly viewerMay: boolean;
  readonly remindedOn: string | null;
  readonly reachesNobody: boolean;
}
const FIELDS = 'reminder { requestId own viewerMay remindedOn reachesNobody }';

const reminderOf = async (who: string): Promise<Reminder | null> =>
  (await party.ask(who, `{ contribution(id: "${contributionId}") { ${FIELDS} } }`)).contribution.reminder;
const remind = (who: string, requestId = contributionId) =>
  party.refusedAct(who, 'remindOfRequest', { requestId }) as Promise<{ reason: string } | undefined>;

/** What somebody was told of it, the newest first. */
async function told(who: string): Promise<{ kind: string; text: string }[]> {
  await drainEvents({ database: served.test.database, handlers: noticeHandlers(served.test.database) });
  const list = '{ notifications(first: 50) { edges { node { kind text } } } }';
  const { notifications } = await party.ask(who, list);
  return notifications.edges
    .map(({ node }: { node: { kind: string; text: string } }) => node)
    .filter(({ kind }: { kind: string }) => kind === 'CONTRIBUTION_STALE' || kind === 'SECOND_PERSON');
}

async function aDayLater(): Promise<void> {
  served.later(86_400);
  await party.signInAgain();
}

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  party = await Party.join(served, river, {
    ada: ['member', 'administrator'],
    rea: ['member', 'reviewer'],
    rob: ['member', 'reviewer'],
    alice: ['member', 'contributor'],
    wes: ['member', 'contributor'],
  });
  const cash = { kind: 'CASH', quantity: '3000.00', workedOn: '2026-11-02', description: 'For the pump' };
  contributionId = (await party.act('alice', 'logContribution', cash, 'contribution { id }')).contribution.id;
});
afterAll(() => served.stop());

test('whose it is reminds its reviewers after a day, once a day, and nobody else does', async () => {
  expect(await reminderOf('alice')).toEqual({
    requestId: contributionId,
    own: true,
    viewerMay: false,
    remindedOn: null,
    reachesNobody: false,
  });
  expect(await remind('alice')).toMatchObject({ reason: 'REMINDER_TOO_SOON' });
  await aDayLater();
  expect(await reminderOf('alice')).toMatchObject({ viewerMay: true });
  expect(await reminderOf('rea')).toMatchObject({ own: false, viewerMay: false });
  expect(await remind('rea')).toMatchObject({ reason: 'NOT_THE_ASKER' });
  expect(await remind('wes')).toMatchObject({ reason: 'REQUEST_NOT_FOUND' });
  const atOnce = await Promise.all([remind('alice'), remind('alice'), remind('alice')]);
  expect(atOnce.flatMap((refused) => refused?.reason ?? [])).toEqual(['REMINDED_TODAY', 'REMINDED_TODAY']);
  expect(await reminderOf('alice')).toMatchObject({ viewerMay: false, remindedOn: expect.any(String) });
  for (const reviewer of ['rea', 'rob'])
    expect(await told(reviewer)).toMatchObject([
      { kind: 'CONTRIBUTION_STALE', text: expect.stringContaining('of alice has waited for a decision') },
    ]);
  expect(await told('alice')).toEqual([]);
});

test('after the first signature only who is still waited for is told, and whoever signed may remind', async () => {
  await party.act('rea', 'approveContribution', { contributionId });
  const before = (await told('rob')).length;
  expect(await remind('alice')).toMatchObject({ reason: 'REMINDER_TOO_SOON' });
  await aDayLater();
  expect(await reminderOf('rea')).toMatchObject({ own: true, viewerMay: true });
  expect(await remind('rea')).toBeUndefined();
  expect(await remind('alice')).toMatchObject({ reason: 'REMINDED_TODAY' });
  const [newest, ...rest] = await told('rob');
  expect(rest).toHaveLength(before);
  expect(newest?.text).toContain('waits for a second signature');
  expect((await told('rea')).map(({ text }) => text)).not.toContain(newest?.text);
  const commands = await served.test.asOwner(
    `select command, payload ->> 'asked' as asked from platform.event
     where cooperative_id = $1 and type = 'platform.request.reminded' order by position`,
    [river.cooperativeId],
  );
  const one = { command: 'remindOfRequest', asked: 'submitContribution' };
  expect(commands).toEqual([one, one]);
});

test('where a reminder would reach nobody, that is said and none is sent', async () => {
  const { member } = await party.ask(
    'ada',
    `{ member(id: "${Buffer.from(`Member:${party.memberIds.get('rob') ?? ''}`).toString('base64url')}") {
      roles { id role } } }`,
  );
  const { id: assignmentId } = member.roles.find(({ role }: { role: string }) => role === 'reviewer');
  await party.act('ada', 'revokeRole', { assignmentId, reason: 'moves on' });
  await aDayLater();
  for (const who of ['alice', 'rea'])
    expect(await reminderOf(who)).toMatchObject({ own: true, viewerMay: false, reachesNobody: true });
  expect(await remind('rea')).toMatchObject({ reason: 'NOBODY_TO_REMIND' });
  await party.act('ada', 'setJournalThreshold', { amount: '20000.00', rationale: 'larger deals' });
  const { waitingRequests } = await party.ask('ada', `{ waitingRequests { act ${FIELDS} } }`);
  // Whoever founded the cooperative is the other administrator.
  expect(waitingRequests).toMatchObject([
    { act: 'setJournalThreshold', reminder: { own: true, viewerMay: false, reachesNobody: false } },
  ]);
});

test('what waits no more has no reminder', async () => {
  await party.act('alice', 'withdrawContribution', { contributionId });
  expect(await reminderOf('alice')).toBeNull();
  expect(await remind('alice')).toMatchObject({ reason: 'REQUEST_NOT_FOUND' });
});
