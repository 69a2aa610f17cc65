// Subscriptions over real WebSockets: who hears what, who hears nothing, and when it ends.
import jwt from 'jsonwebtoken';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Listener } from '../testing/listener.ts';
import type { Founded } from '../testing/served-cooperative.ts';
import { PASSWORD, SECRET, Served } from '../testing/served-cooperative.ts';

let served: Served;
let river: Founded;
const token = { admin: '', alice: '', bob: '', other: '' };
const open: Listener[] = [];

const CONTRIBUTION = `subscription ($mine: Boolean) {
  contributionChanged(mine: $mine) { contributionId type at by { displayName } contribution { id status member { displayName } } }
}`;
const QUEUE =
  'subscription { approvalQueueChanged { contributionId type byYou by { displayName } contribution { status } } }';

async function act(name: string, input: object, who: string, payload: string) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  const answer = await served.ask(query, { input }, who);
  expect(answer.errors).toEqual([]);
  return answer.body.data[name];
}

async function join(name: 'alice' | 'bob', roles: string[]): Promise<void> {
  const email = `${name}@riverbend.example`;
  const added = await act(
    'addMember',
    { displayName: name, email, roles, joinedOn: '2026-10-01' },
    token.admin,
    'member { id }',
  );
  await served.settle();
  const access = { memberId: added.member.id, email, displayName: name, password: PASSWORD };
  await act('grantAccess', access, token.admin, 'memberId');
  token[name] = (await served.signIn(email)).accessToken;
}

async function log(who: string): Promise<string> {
  const input = {
    kind: 'COMMUNITY',
    category: 'Meeting',
    quantity: '2',
    workedOn: '2026-11-19',
    description: 'Members’ meeting',
  };
  const made = await act('logContribution', input, who, 'contribution { id }');
  return made.contribution.id as string;
}

/** Listens, and waits until the subscription is really open. */
async function listen(who: string | null, query: string, variables = {}): Promise<Listener> {
  const before = await gauge();
  const listener = new Listener(served.url, who === null ? null : `Bearer ${who}`, query, variables);
  open.push(listener);
  await expect.poll(async () => listener.isOver || (await gauge()) > before).toBe(true);
  return listener;
}

async function gauge(): Promise<number> {
  const text = await (await fetch(`${served.url}/metrics`)).text();
  return [...text.matchAll(/^habitat_live_subscriptions\{.*\} (\d+)/gm)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
}

beforeAll(async () => {
  served = await Served.start({
    live: { pollMs: 30, sessionCheckMs: 100, socketsPerLogin: 4, subscriptionsPerSocket: 2 },
    allowances: NO_ALLOWANCES,
  });
  river = await served.found('riverbend');
  token.admin = (await served.signIn(river.email)).accessToken;
  await join('alice', ['full_member']);
  await join('bob', ['operations_steward']);
  token.other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
  const rule = {
    kind: 'COMMUNITY',
    method: 'rate',
    rate: '20',
    effectiveFrom: '2026-10-01',
    rationale: 'first',
  };
  await act('setValuationRule', rule, token.admin, 'version');
});
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.stop();
  await expect.poll(gauge).toBe(0);
});
afterAll(() => served.stop());

describe('a subscription', () => {
  test('tells a member of their own contribution, as it is at that moment', async () => {
    const alice = await listen(token.alice, CONTRIBUTION);
    const id = await log(token.alice);
    await expect.poll(() => alice.heard.length).toBe(1);
    expect(alice.heard[0]?.errors).toEqual([]);
    expect(alice.heard[0]?.data.contributionChanged).toMatchObject({
      contributionId: id,
      type: 'people.contribution.submitted',
      by: { displayName: 'alice' },
      contribution: { id, status: 'SUBMITTED', member: { displayName: 'alice' } },
    });
    await act('approveContribution', { contributionId: id }, token.bob, 'contribution { status }');
    await expect.poll(() => alice.heard.length).toBe(2);
    expect(alice.heard[1]?.data.contributionChanged).toMatchObject({
      type: 'people.contribution.valued',
      by: { displayName: 'bob' },
      contribution: { status: 'VALUED' },
    });
  });

  test('tells a member nothing of another’s, and another cooperative nothing at all', async () => {
    const bob = await listen(token.bob, CONTRIBUTION);
    const bobsOwn = await listen(token.bob, CONTRIBUTION, { mine: true });
    const alice = await listen(token.alice, CONTRIBUTION);
    const other = await listen(token.other, CONTRIBUTION);
    await log(token.bob);
    await log(token.alice);
    await expect.poll(() => [bob.heard.length, bobsOwn.heard.length, alice.heard.length]).toEqual([2, 1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([alice.heard.length, other.heard.length]).toEqual([1, 0]);
  });

  test('of the queue tells a reviewer what came and what another decided', async () => {
    const bob = await listen(token.bob, QUEUE);
    const id = await log(token.alice);
    await expect.poll(() => bob.heard.length).toBe(1);
    await act(
      'rejectContribution',
      { contributionId: id, reason: 'twice' },
      token.bob,
      'contribution { id }',
    );
    await expect
      .poll(() => bob.heard.at(-1)?.data.approvalQueueChanged)
      .toMatchObject({
        contributionId: id,
        type: 'people.contribution.rejected',
        by: { displayName: 'bob' },
        contribution: { status: 'REJECTED' },
      });
  });

  test('of the queue tells when something waits for a second person’s signature', async () => {
    const bob = await listen(token.bob, QUEUE);
    const input = {
      kind: 'CASH',
      category: 'Deposit',
      quantity: '3000',
      workedOn: '2026-11-19',
      description: 'For the oven',
    };
    const made = await act('logContribution', input, token.alice, 'contribution { id }');
    const signed = await act(
      'approveContribution',
      { contributionId: made.contribution.id },
      token.bob,
      'contribution { status signaturesNeeded }',
    );
    expect(signed.contribution).toEqual({ status: 'SUBMITTED', signaturesNeeded: 2 });
    await expect
      .poll(() => bob.heard.at(-1)?.data.approvalQueueChanged)
      .toMatchObject({
        contributionId: made.contribution.id,
        type: 'people.contribution.signed',
        contribution: { status: 'SUBMITTED' },
      });
  });

  test('of the queue is refused to a member who is no reviewer, and of the close to whoever may not see it', async () => {
    const refused = { code: 'FORBIDDEN', reason: 'FORBIDDEN' };
    const alice = await listen(token.alice, QUEUE);
    expect(alice.heard[0]?.errors[0]?.extensions).toMatchObject(refused);
    const closing = await listen(token.alice, 'subscription { periodCloseChanged { periodId } }');
    expect(closing.heard[0]?.errors[0]?.extensions).toMatchObject(refused);
  });

  test('of the close tells each step', async () => {
    await served.test.asOwner(
      `insert into people.role_assignment (cooperative_id, assignment_id, member_id, role, granted_by_kind, reason, granted_at)
       select $1, gen_random_uuid(), $2, 'allocator', 'system', 'a test of the close', $3`,
      [river.cooperativeId, river.memberId, served.now],
    );
    token.admin = (await served.signIn(river.email)).accessToken;
    const admin = await listen(
      token.admin,
      'subscription { periodCloseChanged { periodId type period { id } close { status } } }',
    );
    await served.test.asOwner(
      `insert into platform.event (cooperative_id, id, type, version, aggregate_type, aggregate_id, actor_kind, correlation_id, recorded_at, payload)
       select $1, gen_random_uuid(), 'treasury.period.closing', 1, 'period', id, 'system', 'test', now(), jsonb_build_object('periodId', id)
       from treasury.period where cooperative_id = $1 limit 1`,
      [river.cooperativeId],
    );
    await expect.poll(() => admin.heard.length).toBe(1);
    const change = admin.heard[0]?.data.periodCloseChanged;
    expect(change).toMatchObject({
      type: 'treasury.period.closing',
      period: { id: change.periodId },
      close: null,
    });
  });

  test('hears nothing more of the queue once its reviewer’s role is gone', async () => {
    const bob = await listen(token.bob, QUEUE);
    await served.test.asOwner(
      `update people.role_assignment set revoked_at = granted_at, revoke_reason = 'test' where cooperative_id = $1 and role = 'reviewer'`,
      [river.cooperativeId],
    );
    try {
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      await log(token.alice);
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(bob.heard).toEqual([]);
    } finally {
      await served.test.asOwner(
        `update people.role_assignment set revoked_at = null, revoke_reason = null where cooperative_id = $1 and role = 'reviewer'`,
        [river.cooperativeId],
      );
    }
  });
});

describe('a connection', () => {
  test.each([
    ['no token', () => null],
    ['a forged token', () => jwt.sign(jwt.decode(token.alice) as object, 'x'.repeat(64))],
    [
      'a token that has run out',
      () =>
        jwt.sign(
          { ...(jwt.decode(token.alice) as object), exp: Math.floor(served.now.getTime() / 1000) },
          SECRET,
        ),
    ],
  ])('with %s is refused', async (_what, made) => {
    const stranger = await listen(made(), CONTRIBUTION);
    expect((await stranger.closed).code).toBe(4403);
    expect(stranger.heard).toEqual([]);
  });

  test('ends when its session ends, with nothing asked of it', async () => {
    const session = await served.signIn('alice@riverbend.example');
    const alice = await listen(session.accessToken, CONTRIBUTION);
    const out = 'mutation ($input: SignOutInput!) { signOut(input: $input) { signedOut } }';
    await served.ask(out, { input: { refreshToken: session.refreshToken } });
    expect(await alice.closed).toMatchObject({ code: 4401, reason: 'Session ended' });
  });

  test('ends when its token runs out', async () => {
    const { accessToken } = await served.signIn('alice@riverbend.example');
    const alice = await listen(accessToken, CONTRIBUTION);
    const { now } = served;
    served.later(901);
    expect(await alice.closed).toMatchObject({ code: 4401, reason: 'Token expired' });
    served.now = now;
  });

  test('may not be opened without end by one person', async () => {
    for (let opened = 0; opened < 4; opened += 1) await listen(token.bob, CONTRIBUTION);
    expect((await (await listen(token.bob, CONTRIBUTION)).closed).code).toBe(4429);
  });

  test('from a page of another site is refused', async () => {
    const socket = new WebSocket(`${served.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      origin: 'https://evil.example',
    });
    const refused = new Promise<string>((resolve) => socket.once('error', (error) => resolve(error.message)));
    expect(await refused).toContain('403');
  });

  test('with a message that is too large is closed', async () => {
    const socket = new WebSocket(`${served.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send(JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(70_000) } }));
    expect(await closed).toBe(1009);
  });
});

describe('what is asked over it', () => {
  const told = async (query: string) => (await listen(token.alice, query)).heard[0]?.errors[0]?.extensions;

  test('is subscriptions only, and subscriptions only go over it', async () => {
    expect(await told('{ me { email } }')).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'NEEDS_POST' });
    const posted = await served.ask(CONTRIBUTION, {}, token.alice);
    expect(posted.errors[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'NEEDS_WEBSOCKET',
    });
  });

  test('is limited as over HTTP', async () => {
    const wide = Array.from({ length: 31 }, (_, place) => `a${place}: type`).join(' ');
    expect(await told(`subscription { contributionChanged { ${wide} } }`)).toMatchObject({
      reason: 'QUERY_TOO_LARGE',
      measure: 'aliases',
    });
    expect(await told(`subscription { contributionChanged { ${'type '.repeat(5_000)} } }`)).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    expect(await told('subscription { contributionChanged { typo } }')).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'GRAPHQL_VALIDATION_FAILED',
    });
  });
});

test('an API that ends tells its listeners to go elsewhere, and ends', async () => {
  const ending = await Served.start({ live: { pollMs: 30 } });
  const founded = await ending.found('going');
  const { accessToken } = await ending.signIn(founded.email);
  const listener = new Listener(ending.url, `Bearer ${accessToken}`, CONTRIBUTION);
  await expect
    .poll(async () => (await fetch(`${ending.url}/metrics`)).text())
    .toMatch(/^habitat_live_subscriptions\{.*\} 1/m);
  await ending.stop();
  expect(await listener.closed).toMatchObject({ code: 1001 });
  await listener.stop();
});
