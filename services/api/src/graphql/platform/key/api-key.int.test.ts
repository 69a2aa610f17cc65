// Keys of programs: what one opens, what it never opens, and what waits for the human being who answers for it.
import type { Role } from '@habitat/kernel';
import { ACTS, grantOf } from '@habitat/kernel';
import { sealAuditTrail } from '@habitat/messaging';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actsOf, isForPeople, OPEN_TO_AGENTS } from '../../../guard/agent-plugin.ts';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import { everyOperation } from '../../../testing/selection.ts';
import type { Answer, Founded } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';
import { buildSchema } from '../../schema.ts';

const POST = `mutation ($input: PostTransactionInput!) {
  postTransaction(input: $input) { transaction { number } } }`;
const EVERYTHING: readonly Role[] = ['treasurer', 'allocator', 'administrator', 'reviewer', 'auditor'];

let served: Served;
let river: Founded;
let party: Party;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  await served.valueLabor(river);
  party = await Party.join(served, river, {
    tess: ['member', 'contributor', 'treasurer', 'reviewer'],
    rolf: ['member', 'contributor', 'reviewer'],
    mia: ['member', 'contributor'],
    ada: ['member', 'contributor', 'board_member', ...EVERYTHING],
  });
});
afterAll(() => served.stop());

interface Key {
  readonly id: string;
  readonly secret: string;
}

const WISH = { name: 'Till', scopes: ['journal.view', 'transaction.post'], ceiling: '500.00' };

async function keyFor(who: string, wish: object = {}): Promise<Key> {
  const made = await party.act(who, 'createApiKey', { ...WISH, ...wish }, 'secret key { id }');
  return { id: made.key.id, secret: made.secret };
}

const entries = (amount: string) => [
  { accountCode: '1110', book: amount, tax: amount },
  { accountCode: '4210', book: `-${amount}`, tax: `-${amount}` },
];
const sale = (amount: string, more: object = {}) => ({
  effectiveOn: '2026-11-12',
  description: 'Market day',
  entries: entries(amount),
  ...more,
});
const post = (key: Key, amount: string, more: object = {}): Promise<Answer> =>
  served.ask(POST, { input: sale(amount, more) }, key.secret);
const refusalOf = ({ errors }: Answer) => errors[0]?.extensions ?? {};

describe('a key', () => {
  test('is shown once: neither the list, a repeated request, a table nor the log of events has it', async () => {
    const input = { ...WISH, name: 'Once', idempotencyKey: 'once' };
    const [first, again] = [
      await party.act('tess', 'createApiKey', input, 'secret key { id }'),
      await party.act('tess', 'createApiKey', input, 'secret key { id }'),
    ];
    expect(first.secret).toMatch(/^habitat_[\w-]{43}_[\w-]{43}$/);
    expect(again).toEqual({ secret: null, key: first.key });
    const secret = String(first.secret).slice(-43);
    const kept = await served.test.asOwner(
      `select t::text from platform.api_key t union all select t::text from platform.event t
       union all select t::text from platform.idempotency_key t`,
    );
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(JSON.stringify(await party.ask('tess', '{ apiKeys { id name scopes } }'))).not.toContain(secret);
  });

  test('stands behind the wall like anything of a cooperative, also before whoever made it', async () => {
    await keyFor('tess');
    const [maker] = await served.test.asOwner<{ loginId: string }>(
      'select supervisor_login_id as "loginId" from platform.api_key where cooperative_id = $1 limit 1',
      [river.cooperativeId],
    );
    const loginId = maker?.loginId ?? '';
    const { database } = served.test;
    const all = await database.read('platform', { loginId }, (client) =>
      client.query('select id from platform.api_key'),
    );
    expect(all).toEqual([]);
    const changed = await database.transaction('platform', { loginId }, (client) =>
      client.query('update platform.api_key set revoked_at = null returning id'),
    );
    expect(changed).toEqual([]);
  });

  test('does what it was given, in its supervisor’s name; the trail says that it was the key, and which', async () => {
    const key = await keyFor('tess');
    const answer = await post(key, '120.00');
    expect(answer.errors).toEqual([]);
    const [event] = await served.test.asOwner(
      `select actor_kind, actor_member_id, session_id from platform.event
       where cooperative_id = $1 and type = 'treasury.transaction.posted' order by position desc limit 1`,
      [river.cooperativeId],
    );
    expect(event).toMatchObject({ actor_kind: 'agent', actor_member_id: party.memberIds.get('tess') });
    expect(Buffer.from(key.id, 'base64url').toString()).toContain(String(event?.['session_id']));
    await sealAuditTrail(served.test.database, served.now);
    const trail = '{ auditTrail(first: 50) { edges { node { actorKind keyName actor { displayName } } } } }';
    const nodes = (await party.ask('ada', trail)).auditTrail.edges.map(({ node }: { node: object }) => node);
    expect(nodes).toContainEqual({ actorKind: 'agent', keyName: 'Till', actor: { displayName: 'tess' } });
    expect(nodes).toContainEqual({ actorKind: 'person', keyName: null, actor: { displayName: 'tess' } });
  });

  test.each([
    ['an act its maker may not do', 'tess', { scopes: ['audit.view'] }, 'SCOPE_NOT_YOURS'],
    ['an act a human being has to decide', 'ada', { scopes: ['allocation.approve'] }, 'SCOPE_FOR_PEOPLE'],
    ['an act that is none', 'tess', { scopes: ['journal.burn'] }, 'SCOPE_UNKNOWN'],
    ['no act at all', 'tess', { scopes: [] }, 'NO_SCOPES'],
    ['more days than a year', 'tess', { days: 366 }, 'BAD_KEY_DAYS'],
    ['no end of requests', 'tess', { hourlyLimit: 1_000_000 }, 'BAD_HOURLY_LIMIT'],
    ['less than nothing to move', 'tess', { ceiling: '-1.00' }, 'BAD_CEILING'],
  ])('is not made with %s', async (_what, who, wish, reason) => {
    expect(await party.refusedAct(who, 'createApiKey', { ...WISH, ...wish })).toMatchObject({ reason });
  });

  test('is made by nobody without a part in running the cooperative, and by no other key', async () => {
    expect(await party.refusedAct('mia', 'createApiKey', WISH)).toMatchObject({ code: 'FORBIDDEN' });
    const key = await keyFor('ada', { scopes: ACTS.filter((act) => !grantOf(act).humanOnly).slice(0, 40) });
    const make = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
    expect(refusalOf(await served.ask(make, { input: WISH }, key.secret))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('loses what its supervisor loses', async () => {
    const key = await keyFor('rolf', { scopes: ['contribution.view_all'] });
    const list = '{ contributions(first: 1) { edges { node { id } } } }';
    expect((await served.ask(list, {}, key.secret)).errors).toEqual([]);
    await served.test.asOwner(
      `update people.role_assignment set revoked_at = granted_at, revoke_reason = 'test' where member_id = $1`,
      [party.memberIds.get('rolf')],
    );
    await expect
      .poll(async () => refusalOf(await served.ask(list, {}, key.secret))['code'], { timeout: 5_000 })
      .toBe('FORBIDDEN');
  });

  test('is over at once when it is revoked, after its days, and as text nobody made', async () => {
    const key = await keyFor('tess', { days: 1 });
    const me = async (secret: string) => refusalOf(await served.ask('{ me { displayName } }', {}, secret));
    expect(await me(key.secret)).toEqual({});
    await party.act('tess', 'revokeApiKey', { apiKeyId: key.id });
    expect(await me(key.secret)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await me(`${key.secret.slice(0, -1)}x`)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const short = await keyFor('tess', { days: 1 });
    served.later(86_400);
    expect(await me(short.secret)).toMatchObject({ code: 'UNAUTHENTICATED' });
    await party.signInAgain();
  });

  test('of another supervisor is rotated by nobody else, and taken back by an administrator', async () => {
    const key = await keyFor('tess');
    const input = { apiKeyId: key.id };
    expect(await party.refusedAct('ada', 'rotateApiKey', input)).toMatchObject({ code: 'NOT_FOUND' });
    await party.act('ada', 'revokeApiKey', input);
    expect(refusalOf(await post(key, '1.00'))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('gets another secret while the one before is believed for as long as was said', async () => {
    const key = await keyFor('tess');
    const input = { apiKeyId: key.id, overlapHours: 1 };
    const { secret } = await party.act('tess', 'rotateApiKey', input, 'secret');
    const me = async (bearer: string) => (await served.ask('{ me { email } }', {}, bearer)).errors.length;
    expect([await me(key.secret), await me(secret)]).toEqual([0, 0]);
    served.later(3_601);
    await expect.poll(() => me(key.secret), { timeout: 5_000 }).toBe(1);
    expect(await me(secret)).toBe(0);
    await party.signInAgain();
  });

  test('may send so many requests in an hour, is told when to come again, and its use is noted', async () => {
    served.now = new Date('2026-11-23T10:30:00Z');
    await party.signInAgain();
    const key = await keyFor('tess', { hourlyLimit: 3 });
    const statuses: number[] = [];
    let last: Answer | undefined;
    for (let sent = 0; sent < 4; sent += 1) {
      last = await served.ask('{ me { email } }', {}, key.secret);
      statuses.push(last.status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(last?.headers.get('retry-after')).toBe('1800');
    const { apiKeys } = await party.ask('tess', '{ apiKeys { id lastUsedAt } }');
    expect(apiKeys.find(({ id }: Key) => id === key.id).lastUsedAt).toBe('2026-11-23T10:30:00.000Z');
    served.later(1_800);
    expect((await served.ask('{ me { email } }', {}, key.secret)).status).toBe(200);
    await party.signInAgain();
  });
});

describe('above its ceiling', () => {
  const NEEDS = { code: 'FORBIDDEN', reason: 'NEEDS_CONFIRMATION', ceiling: '500.00' };
  const journal = async (): Promise<number> => {
    const [row] = await served.test.asOwner<{ count: bigint }>(
      'select count(*) from treasury.transaction where cooperative_id = $1',
      [river.cooperativeId],
    );
    return Number(row?.count);
  };
  const waiting = async (who: string) =>
    (await party.ask(who, '{ pendingActs { id keyName mutation amount status } }')).pendingActs;

  test('an act waits for the supervisor, once for one key, and is done in the supervisor’s name', async () => {
    const key = await keyFor('tess', { name: 'Waiting' });
    const before = await journal();
    const first = refusalOf(await post(key, '600.00', { idempotencyKey: 'big' }));
    expect(first).toMatchObject({ ...NEEDS, amount: '600.00' });
    const again = refusalOf(await post(key, '600.00', { idempotencyKey: 'big' }));
    expect(again['pendingActId']).toBe(first['pendingActId']);
    expect(refusalOf(await post(key, '700.00', { idempotencyKey: 'big' }))).toMatchObject({
      code: 'CONFLICT',
    });
    expect(await journal()).toBe(before);
    const [act] = await waiting('tess');
    expect(act).toMatchObject({ keyName: 'Waiting', mutation: 'postTransaction', amount: '600.00' });
    await party.act('tess', 'confirmPendingAct', { pendingActId: act.id });
    expect(await journal()).toBe(before + 1);
    const twice = await party.refusedAct('tess', 'confirmPendingAct', { pendingActId: act.id });
    expect(twice).toMatchObject({ code: 'CONFLICT', reason: 'PENDING_ACT_OVER' });
    expect(await journal()).toBe(before + 1);
    const asked = 'query ($id: ID!) { pendingAct(id: $id) { status } }';
    const told = await served.ask(asked, { id: act.id }, key.secret);
    expect(told.body.data.pendingAct).toEqual({ status: 'DONE' });
  });

  test('many small amounts in one act count together', async () => {
    const key = await keyFor('tess');
    const many = Array.from({ length: 6 }, () => entries('100.00')).flat();
    expect(refusalOf(await post(key, '1.00', { entries: many }))).toMatchObject({
      ...NEEDS,
      amount: '600.00',
    });
  });

  test('nobody but the supervisor sees or decides it, the key itself least of all', async () => {
    const key = await keyFor('tess');
    const { pendingActId } = refusalOf(await post(key, '600.00'));
    expect(await waiting('ada')).toEqual([]);
    const input = { pendingActId };
    expect(await party.refusedAct('ada', 'confirmPendingAct', input)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await party.refusedAct('ada', 'declinePendingAct', input)).toMatchObject({ code: 'NOT_FOUND' });
    const confirm =
      'mutation ($input: ConfirmPendingActInput!) { confirmPendingAct(input: $input) { decided } }';
    expect(refusalOf(await served.ask(confirm, { input }, key.secret))).toMatchObject({ code: 'FORBIDDEN' });
    const before = await journal();
    await party.act('tess', 'declinePendingAct', input);
    expect(await party.refusedAct('tess', 'confirmPendingAct', input)).toMatchObject({ code: 'CONFLICT' });
    expect(await journal()).toBe(before);
  });

  test('confirming does not get around a second person: the rules ask the supervisor as everybody', async () => {
    const key = await keyFor('tess');
    const { pendingActId } = refusalOf(await post(key, '6000.00'));
    const before = await journal();
    await party.act('tess', 'confirmPendingAct', { pendingActId });
    expect(await journal()).toBe(before);
    const { journalRequests } = await party.ask('tess', '{ journalRequests { id status } }');
    expect(journalRequests.length).toBeGreaterThan(0);
  });

  test('two acts in one request are refused, and so is one behind a fragment', async () => {
    const key = await keyFor('tess');
    const two = `mutation ($input: PostTransactionInput!) {
      a: postTransaction(input: $input) { transaction { number } } b: postTransaction(input: $input) { transaction { number } } }`;
    expect(refusalOf(await served.ask(two, { input: sale('1.00') }, key.secret))).toMatchObject({
      reason: 'ONE_ACT_PER_REQUEST',
    });
    const hidden = `mutation ($input: PostTransactionInput!) { ...F }
      fragment F on Mutation { postTransaction(input: $input) { transaction { number } } }`;
    expect(refusalOf(await served.ask(hidden, { input: sale('600.00') }, key.secret))).toMatchObject(NEEDS);
  });
});

describe('an agent that logs', () => {
  const LOG =
    'mutation ($input: LogContributionInput!) { logContribution(input: $input) { contribution { status } } }';
  const work = {
    kind: 'LABOR',
    category: 'building',
    workedOn: '2026-11-19',
    description: 'Roof',
    submit: true,
  };

  test('logs its supervisor’s hours, and above the ceiling by what they would be worth it waits', async () => {
    const key = await keyFor('tess', { scopes: ['contribution.log_own'] });
    const log = (quantity: string) => served.ask(LOG, { input: { ...work, quantity } }, key.secret);
    expect((await log('2')).body.data.logContribution.contribution.status).toBe('SUBMITTED');
    expect(refusalOf(await log('11'))).toMatchObject({ reason: 'NEEDS_CONFIRMATION', amount: '550.00' });
  });

  test('never decides what work is worth: no key is given that', async () => {
    for (const scope of ['contribution.approve', 'contribution.adjust', 'contribution.reject']) {
      const refused = await party.refusedAct('tess', 'createApiKey', { ...WISH, scopes: [scope] });
      expect(refused).toMatchObject({ reason: 'SCOPE_FOR_PEOPLE', scope });
    }
  });
});

describe('every field, for an agent with every act it could be given', () => {
  const schema = buildSchema();
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}),
  );
  const nothing = (_name: string, _field: string) => Buffer.from('Member:nobody').toString('base64url');
  let key: Key;
  beforeAll(async () => {
    const scopes = ACTS.filter((act) => !grantOf(act).humanOnly && grantOf(act).who.some(isEverything));
    key = await keyFor('ada', { name: 'All', scopes, ceiling: '0.00' });
  });
  const isEverything = (role: Role) =>
    ['member', 'contributor', 'board_member', ...EVERYTHING].includes(role);

  test('names of fields that are open to agents are names of fields', () => {
    const names = roots.map(({ name }) => name);
    for (const name of Object.keys(OPEN_TO_AGENTS)) expect(names).toContain(name);
  });

  test.each(roots.filter(isForPeople).map(({ name }) => name))('%s is for people only', async (name) => {
    const operation = everyOperation(schema, nothing).find((one) => one.name.endsWith(` ${name}`));
    const answer = await served.ask(operation?.query ?? '', operation?.variables, key.secret);
    expect(refusalOf(answer)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test.each(
    roots
      .filter((field) => actsOf(field)?.every((act) => grantOf(act).humanOnly) ?? false)
      .filter(({ name }) => OPEN_TO_AGENTS[name] === undefined)
      .map(({ name }) => name),
  )('%s takes a human being', async (name) => {
    const operation = everyOperation(schema, nothing).find((one) => one.name.endsWith(` ${name}`));
    const answer = await served.ask(operation?.query ?? '', operation?.variables, key.secret);
    expect(refusalOf(answer)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
