// Attacks from inside: a member who asks for a colleague's things by id, says more in an input than it takes, or tries a
// list's place or a value that is taken to learn of another cooperative. Walked from the schema, as the wall is.
import type { GraphQLInputField } from 'graphql';
import { getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema } from '../graphql/schema.ts';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import type { Belongings, Owner } from '../testing/belonging.ts';
import { belongingsOf, idAmong, putBelongings, rowsOf } from '../testing/belonging.ts';
import { Party } from '../testing/party.ts';
import { everyOperation } from '../testing/selection.ts';
import type { Founded } from '../testing/served-cooperative.ts';
import { Served } from '../testing/served-cooperative.ts';

const MARK = 'zzcolleaguezz';
const schema = buildSchema();

let served: Served;
let river: Founded;
let party: Party;
let ben: Owner;
let bens: Belongings = {};

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  await served.valueLabor(river);
  party = await Party.join(served, river, {
    ana: ['member', 'contributor'],
    ben: ['member', 'contributor'],
  });
  const work = { kind: 'LABOR', category: 'building', quantity: '2', workedOn: '2026-11-19' };
  await party.act('ben', 'logContribution', { ...work, description: MARK });
  const memberId = party.memberIds.get('ben') ?? '';
  const [login] = await served.test.asOwner<{ loginId: string }>(
    'select login_id as "loginId" from platform.membership where member_id = $1',
    [memberId],
  );
  ben = { cooperativeId: river.cooperativeId, memberId, loginId: login?.loginId ?? '' };
  await putBelongings(served, ben, MARK);
  bens = await belongingsOf(served, ben);
});
afterAll(() => served.stop());

const bensId = (name: string, operation: string) => idAmong(bens, name, operation);

const names = everyOperation(schema, () => 'x').map(({ name }) => name);

describe('a member', () => {
  test.each(names)('neither reads nor changes a colleague’s things by %s', async (name) => {
    const operation = everyOperation(schema, bensId).find((one) => one.name === name);
    const before = await rowsOf(served, ben);
    const answer = await party.answer('ana', operation?.query ?? '', operation?.variables);
    expect(JSON.stringify(answer.body)).not.toContain(MARK);
    expect(JSON.stringify(answer.body)).not.toContain('ben@riverbend.example');
    await served.settle();
    expect(await rowsOf(served, ben)).toEqual(before);
    // Some end the asker's own session, which is theirs to do.
    if (/session|password/i.test(name)) await party.signInAgain();
  });
});

test('the colleague does see and change them: the walk looks at the right things', async () => {
  const seen = await party.answer('ben', 'query ($id: ID!) { contribution(id: $id) { description } }', {
    id: bensId('contributionId', 'contribution'),
  });
  expect(seen.body.data.contribution.description).toBe(MARK);
  const own = (name: string, field: string, more = {}) =>
    party.act('ben', name, { [field]: bensId(field, name), ...more });
  await own('readNotification', 'notificationId');
  await own('renamePasskey', 'passkeyId', { name: 'Laptop' });
  await own('unlinkIdentity', 'identityId');
  await own('endSession', 'sessionId');
});

describe('an input', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const fieldsOf = (name: string): GraphQLInputField[] => {
    const type = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
    return isInputObjectType(type) ? Object.values(type.getFields()) : [];
  };

  test('has no field that says for which cooperative, by whom, in which state or when something was done', () => {
    const decided = /^(cooperativeId|actor|loginId|approvedBy|grantedBy|status|state|recordedAt|createdAt)$/;
    const given = mutations.flatMap(({ name }) => [
      ...fieldsOf(name),
      ...fieldsOf(name).flatMap(({ type }) => {
        const inner = getNamedType(type);
        return isInputObjectType(inner) ? Object.values(inner.getFields()) : [];
      }),
    ]);
    // The status of a member is what changeMemberStatus is for; the state of a sign-in elsewhere is the random text of
    // RFC 6749 §4.1.1 that comes back with it.
    const allowed = ['changeMemberStatus', 'linkIdentity', 'signInWithProvider'].flatMap(fieldsOf);
    expect(given.filter((field) => decided.test(field.name) && !allowed.includes(field))).toEqual([]);
  });

  test.each(mutations.map(({ name }) => name))('of %s takes nothing beyond its fields', async (name) => {
    const operation = everyOperation(schema, bensId).find((one) => one.name === `mutation ${name}`);
    for (const more of [{ cooperativeId: river.cooperativeId }, { approvedBy: 'ana' }]) {
      const input = { ...(operation?.variables['input'] as object), ...more };
      const refused = await party.answer('ana', operation?.query ?? '', { input });
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'VALIDATION_ERROR' });
    }
  });
});

describe('of another cooperative', () => {
  let there: Founded;
  let theirs: Party;
  beforeAll(async () => {
    there = await served.found('elsewhere');
    await served.valueLabor(there);
    theirs = await Party.join(served, there, { cleo: ['member', 'contributor', 'auditor'] });
    for (const description of ['one', 'two', 'three']) {
      const input = { kind: 'LABOR', category: 'building', quantity: '1', workedOn: '2026-11-19' };
      await theirs.act('cleo', 'logContribution', { ...input, description: `${MARK} ${description}` });
    }
  });

  test('a place in a list leads nowhere', async () => {
    const list = `query ($after: String) {
      contributions(first: 1, after: $after) { edges { node { description } } pageInfo { endCursor } } }`;
    const { contributions } = await theirs.ask('cleo', list);
    const mine = await served.signIn(river.email);
    const answer = await served.ask(list, { after: contributions.pageInfo.endCursor }, mine.accessToken);
    for (const { node } of answer.body.data?.contributions.edges ?? [])
      expect(node.description).not.toContain(`${MARK} `);
  });

  test('an email that is taken there is free here, and nothing tells that it is known', async () => {
    const { accessToken } = await served.signIn(river.email);
    const add = (email: string) =>
      served.ask(
        'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { email } } }',
        { input: { displayName: 'New', email, joinedOn: '2026-10-05' } },
        accessToken,
      );
    const [taken, free] = [await add('cleo@elsewhere.example'), await add('free@elsewhere.example')];
    expect([taken.errors, free.errors]).toEqual([[], []]);
    expect({ ...taken.body.data.addMember.member, email: '' }).toEqual({
      ...free.body.data.addMember.member,
      email: '',
    });
  });

  test('an idempotency key that was used there is free here', async () => {
    const change = (token: string, name: string) =>
      served.ask(
        'mutation ($input: ChangeCooperativeInput!) { changeCooperative(input: $input) { cooperative { name } } }',
        { input: { name, idempotencyKey: 'the-same' } },
        token,
      );
    const [here, elsewhere] = [await served.signIn(river.email), await served.signIn(there.email)];
    expect((await change(elsewhere.accessToken, 'Elsewhere')).errors).toEqual([]);
    const answer = await change(here.accessToken, 'Riverbend');
    expect(answer.body.data.changeCooperative.cooperative.name).toBe('Riverbend');
  });
});
