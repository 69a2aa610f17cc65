// Notifications over the endpoint: told once per event and person, to those it concerns, in their language; one's own only.
import { drainEvents } from '@habitat/messaging';
import { noticeHandlers } from '@habitat/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Party } from '../../testing/party.ts';
import { NO_ALLOWANCES } from '../../guard/allowance.ts';
import { Served } from '../../testing/served-cooperative.ts';

let served: Served;
let party: Party;
let elsewhere: Party;

const LIST = `query ($unreadOnly: Boolean, $first: Int, $after: String) {
  notifications(unreadOnly: $unreadOnly, first: $first, after: $after) {
    edges { node { id kind text path readAt by { displayName } } } pageInfo { hasNextPage endCursor } } }`;
interface Told {
  id: string;
  kind: string;
  text: string;
  path: string;
  readAt: string | null;
}
async function told(who: string, variables: object = {}, from = party): Promise<Told[]> {
  const { notifications } = await from.ask(who, LIST, variables);
  return notifications.edges.map(({ node }: { node: Told }) => node);
}
const kindsOf = async (who: string) => (await told(who)).map(({ kind }) => kind);
const unread = async (who: string): Promise<number> =>
  (await party.ask(who, '{ me { unreadNotifications } }')).me.unreadNotifications;

const work = (quantity: string, more: object = {}) => ({
  kind: 'LABOR',
  category: 'engineering',
  quantity,
  workedOn: '2026-11-10',
  description: 'Repaired the pump',
  ...more,
});
async function give(who: string, quantity: string): Promise<string> {
  const logged = await party.act(who, 'logContribution', work(quantity), 'contribution { id }');
  return logged.contribution.id;
}

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  const river = await served.found('riverbend');
  const hill = await served.found('hilltop');
  party = await Party.join(served, river, {
    alice: ['member', 'contributor'],
    bob: ['member', 'contributor', 'reviewer'],
    carol: ['member', 'reviewer'],
    dana: ['member', 'administrator', 'treasurer'],
  });
  elsewhere = await Party.join(served, hill, { mallory: ['member', 'reviewer', 'administrator'] });
  const rate = {
    kind: 'LABOR',
    method: 'RATE',
    rate: '100',
    effectiveFrom: '2026-11-01',
    rationale: 'Agreed',
  };
  await party.act('dana', 'setValuationRule', rate, 'ruleId');
});
afterAll(() => served.stop());

test('a rate in notice is told to every member, but not to who set it', async () => {
  for (const who of ['alice', 'bob', 'carol'])
    expect(await told(who)).toMatchObject([
      {
        kind: 'RATE_CHANGE',
        path: '/settings/rates',
        text: expect.stringContaining('$100.00 from November 1, 2026'),
      },
    ]);
  expect(await kindsOf('dana')).toEqual([]);
});

test('a submission is told to the reviewers who may decide, never to its author', async () => {
  await give('bob', '2');
  expect(await kindsOf('bob')).toEqual(['RATE_CHANGE']);
  expect(await told('carol')).toMatchObject([
    {
      kind: 'CONTRIBUTION_SUBMITTED',
      path: '/approvals',
      text: expect.stringMatching(/^bob gave contribution 1 /),
    },
    { kind: 'RATE_CHANGE' },
  ]);
  expect(await kindsOf('alice')).toEqual(['RATE_CHANGE']);
});

test('the author hears of question, adjustment, rejection, approval and posting; the reviewer of the answer and of a remark', async () => {
  const asked = await give('alice', '3');
  await party.act('bob', 'askAboutContribution', { contributionId: asked, question: 'Which pump?' });
  await party.act('alice', 'answerQuestion', { contributionId: asked, answer: 'The north one' });
  await party.act('bob', 'adjustContribution', {
    contributionId: asked,
    quantity: '2.5',
    reason: 'As agreed',
  });
  const rejected = await give('alice', '1');
  await party.act('carol', 'rejectContribution', { contributionId: rejected, reason: 'Logged twice' });
  await party.act('alice', 'commentOnContribution', { contributionId: asked, body: 'The rest comes later' });
  expect(await kindsOf('bob')).toContain('CONTRIBUTION_REMARK');
  const kinds = await kindsOf('alice');
  expect(kinds).toEqual([
    'CONTRIBUTION_REJECTED',
    'CONTRIBUTION_POSTED',
    'CONTRIBUTION_ADJUSTED',
    'CONTRIBUTION_QUESTION',
    'RATE_CHANGE',
  ]);
  const adjusted = (await told('alice')).find(({ kind }) => kind === 'CONTRIBUTION_ADJUSTED');
  expect(adjusted).toMatchObject({
    text: expect.stringContaining('$250.00'),
    path: `/contributions/${asked}`,
  });
  expect(await kindsOf('carol')).toContain('CONTRIBUTION_ANSWERED');
});

test('a posting takes the place of the approval it follows; whoever hears of one alone hears of that one', async () => {
  const choose = (kind: string, listed: boolean) =>
    party.act('alice', 'changeNotificationPreferences', { preferences: [{ kind, listed, mail: 'DIGEST' }] });
  const toldOf = async (id: string) =>
    (await told('alice')).filter(({ path }) => path === `/contributions/${id}`).map(({ kind }) => kind);
  const approved = async () => {
    const contributionId = await give('alice', '1');
    await party.act('carol', 'approveContribution', { contributionId });
    return contributionId;
  };
  const inDigest = async () =>
    (
      await served.test.asOwner<{ kind: string }>(
        `select kind from platform.notification where mail = 'digest' and member_id = $1 and kind like 'contribution_%'
         order by at desc, kind limit 2`,
        [party.memberIds.get('alice')],
      )
    ).map(({ kind }) => kind);
  const before = await unread('alice');
  expect(await toldOf(await approved())).toEqual(['CONTRIBUTION_POSTED']);
  expect(await unread('alice')).toBe(before + 1);
  expect(await inDigest()).toContain('contribution_approved');

  served.later(1);
  await choose('CONTRIBUTION_POSTED', true);
  await approved();
  expect((await inDigest())[0]).toBe('contribution_posted');
  expect(
    await served.test.asOwner(
      `select mail from platform.notification where kind = 'contribution_approved' and at = $1`,
      [served.now],
    ),
  ).toEqual([{ mail: 'off' }]);

  await choose('CONTRIBUTION_POSTED', false);
  expect(await toldOf(await approved())).toEqual(['CONTRIBUTION_APPROVED']);
  await choose('CONTRIBUTION_APPROVED', false);
  await choose('CONTRIBUTION_POSTED', true);
  expect(await toldOf(await approved())).toEqual(['CONTRIBUTION_POSTED']);
  for (const [kind, mail] of [
    ['CONTRIBUTION_APPROVED', 'DIGEST'],
    ['CONTRIBUTION_POSTED', 'OFF'],
  ])
    await party.act('alice', 'changeNotificationPreferences', {
      preferences: [{ kind, listed: true, mail }],
    });
});

test('what waits for a second signature is told to those who have not signed', async () => {
  const cash = { ...work('3000'), kind: 'CASH', category: 'member capital' };
  const large = (await party.act('alice', 'logContribution', cash, 'contribution { id }')).contribution.id;
  await party.act('bob', 'approveContribution', { contributionId: large });
  expect(await kindsOf('carol')).toContain('SECOND_PERSON');
  expect(await kindsOf('bob')).not.toContain('SECOND_PERSON');
  expect((await told('carol'))[0]?.text).toMatch(
    /^Contribution \d+ of alice waits for a second signature\.$/,
  );
});

test('an event delivered again tells nobody twice', async () => {
  const before = await served.test.asOwner<{ count: number }>(
    'select count(*)::int as count from platform.notification',
  );
  await served.test.asOwner(
    `insert into platform.outbox (cooperative_id, position) select cooperative_id, position from platform.event`,
  );
  await served.test.asOwner(`delete from platform.inbox where handler = 'platform.give-notices'`);
  const { database } = served.test;
  await drainEvents({ database, handlers: noticeHandlers(database), clock: () => served.now });
  const after = await served.test.asOwner('select count(*)::int as count from platform.notification');
  expect(after).toEqual(before);
});

test('one’s own only: another member’s and another cooperative’s are not to be found', async () => {
  const [mine] = await told('alice');
  expect(await told('mallory', {}, elsewhere)).toEqual([]);
  for (const refusal of [
    await party.refusedAct('bob', 'readNotification', { notificationId: mine?.id }),
    await elsewhere.refusedAct('mallory', 'readNotification', { notificationId: mine?.id }),
  ])
    expect(refusal).toMatchObject({ code: 'NOT_FOUND', reason: 'NOTIFICATION_NOT_FOUND' });
  expect((await told('alice'))[0]?.readAt).toBeNull();
});

test('reading one and reading all; what happens later stays unread', async () => {
  const [first] = await told('alice');
  const count = await unread('alice');
  await party.act('alice', 'readNotification', { notificationId: first?.id });
  expect(await unread('alice')).toBe(count - 1);
  const until = served.now.toISOString();
  served.later(60);
  const late = await give('alice', '1');
  await party.act('carol', 'rejectContribution', { contributionId: late, reason: 'Twice' });
  expect((await party.act('alice', 'readAllNotifications', { until }, 'read')).read).toBe(count - 1);
  expect(await unread('alice')).toBe(1);
  expect((await told('alice', { unreadOnly: true })).map(({ kind }) => kind)).toEqual([
    'CONTRIBUTION_REJECTED',
  ]);
});

test('pages of one neither skip nor repeat; a foreign cursor is refused', async () => {
  const all = (await told('alice')).map(({ id }) => id);
  const walked: string[] = [];
  for (let after: string | null = null; ;) {
    const { notifications } = await party.ask('alice', LIST, { first: 1, after });
    walked.push(...notifications.edges.map(({ node }: { node: Told }) => node.id));
    if (!notifications.pageInfo.hasNextPage) break;
    after = notifications.pageInfo.endCursor;
  }
  expect(walked).toEqual(all);
  const after = Buffer.from(JSON.stringify(["x' or 1=1", 'y'])).toString('base64url');
  expect(await party.refusal('alice', LIST, { after })).toMatchObject({ reason: 'BAD_CURSOR' });
});

test('a kind that is turned off is not told any more, and the others stay', async () => {
  const preferences = [{ kind: 'CONTRIBUTION_REJECTED', listed: false, mail: 'OFF' }];
  const changed = await party.act(
    'alice',
    'changeNotificationPreferences',
    { preferences },
    'preferences { kind listed mail }',
  );
  expect(changed.preferences).toContainEqual(preferences[0]);
  expect(changed.preferences).toContainEqual({ kind: 'STATEMENT_READY', listed: true, mail: 'AT_ONCE' });
  const before = await kindsOf('alice');
  const again = await give('alice', '1');
  await party.act('carol', 'rejectContribution', { contributionId: again, reason: 'Twice' });
  expect(await kindsOf('alice')).toEqual(before);
});

test('a notice speaks the reader’s language', async () => {
  const answer = await served.send(
    { query: LIST },
    {
      authorization: `Bearer ${party.token('alice') ?? ''}`,
      'accept-language': 'es',
    },
  );
  const texts = answer.body.data.notifications.edges.map(({ node }: { node: Told }) => node.text);
  expect(texts).toContainEqual(
    expect.stringMatching(/^Tu aportación \d+ \(engineering\) fue rechazada: Twice$/),
  );
});
