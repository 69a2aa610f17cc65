// The members page over the endpoint: searching, filtering and paging, what each may see of another, and the history
// of roles and standing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';

let served: Served;
const token = { admin: '', anna: '', other: '' };
const id: Record<string, string> = {};

function act(name: string, input: object, who = token.admin, payload = 'member { id }'): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  return served.ask(query, { input }, who);
}
const told = (answer: Answer) => answer.errors[0]?.extensions;

const LIST = `query ($search: String, $class: String, $status: MemberStatus, $by: MemberOrder, $first: Int, $after: String) {
  members(search: $search, class: $class, status: $status, by: $by, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { displayName } } } }`;

async function names(
  variables: object,
  who = token.admin,
): Promise<{ names: string[]; page: Record<string, unknown> }> {
  const { members } = (await served.ask(LIST, variables, who)).body.data;
  const found = members.edges.map((edge: { node: { displayName: string } }) => edge.node.displayName);
  return { names: found, page: { ...members.pageInfo, totalCount: members.totalCount } };
}

beforeAll(async () => {
  served = await Served.start();
  const river = await served.found('riverbend');
  token.admin = (await served.signIn(river.email)).accessToken;
  token.other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
  for (const [name, more] of [
    ['Zoe', { class: 'cooperative' }],
    ['anna', { class: 'cooperative', legalName: 'Anna Ström' }],
    ['Bert', { class: 'investor' }],
    ['100% Max_', {}],
    ['Émile', { pending: true }],
  ] as const) {
    const email = `${encodeURIComponent(name)
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()}@mail.example`;
    const added = await act('addMember', { displayName: name, email, joinedOn: '2026-10-01', ...more });
    id[name] = added.body.data.addMember.member.id;
  }
  await served.settle();
  const access = {
    memberId: id['anna'],
    email: 'anna@mail.example',
    displayName: 'Anna',
    password: PASSWORD,
  };
  await act('grantAccess', access, token.admin, 'memberId');
  token.anna = (await served.signIn('anna@mail.example')).accessToken;
});
afterAll(() => served.stop());

test('members are found by part of a name or email, by number, by class and by standing', async () => {
  expect((await names({ search: 'ANN' })).names).toEqual(['anna']);
  expect((await names({ search: 'ström' })).names).toEqual(['anna']);
  expect((await names({ search: 'bert@' })).names).toEqual(['Bert']);
  expect((await names({ search: '2' })).names).toEqual(['Zoe']);
  expect((await names({ class: 'investor' })).names).toEqual(['Bert']);
  expect(await names({ status: 'PENDING' })).toEqual({
    names: ['Émile'],
    page: { hasNextPage: false, endCursor: expect.any(String), totalCount: 1 },
  });
});

test('what is typed is text, not a pattern', async () => {
  expect((await names({ search: '%' })).names).toEqual(['100% Max_']);
  expect((await names({ search: 'x_' })).names).toEqual(['100% Max_']);
  expect((await names({ search: "'; drop table" })).names).toEqual([]);
});

test('pages by name neither skip nor repeat', async () => {
  const whole = await names({ by: 'NAME' });
  expect(whole.names).toHaveLength(6);
  expect(whole.names.indexOf('anna')).toBeLessThan(whole.names.indexOf('Bert'));
  const walked: string[] = [];
  let after: unknown = null;
  do {
    const { names: found, page } = await names({ by: 'NAME', first: 2, after });
    walked.push(...found);
    after = page['hasNextPage'] === true ? page['endCursor'] : null;
  } while (after !== null);
  expect(walked).toEqual(whole.names);
});

test('a cursor of another order is refused, not misread', async () => {
  const { page } = await names({ by: 'NUMBER', first: 1 });
  const answer = await served.ask(LIST, { by: 'NAME', after: page['endCursor'] }, token.admin);
  expect(told(answer)).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'BAD_CURSOR' });
});

const DETAIL = `query ($id: ID!) { member(id: $id) { displayName status class joinedOn email
  roles { id role reason reasonCode expiresOn limit kinds grantedBy { displayName } }
  formerRoles { role endReason } history { act from to reason by { displayName } } capital { book } } }`;

test('roles come with scope, limit, expiry and who granted them; what was taken away stays on record', async () => {
  const grant = {
    memberId: id['anna'],
    role: 'reviewer',
    reason: 'elected',
    expiresOn: '2027-06-30',
    kinds: ['labor'],
    limit: '1000.00',
  };
  expect(told(await act('assignRole', { ...grant, reason: ' ' }))).toMatchObject({
    reason: 'REASON_REQUIRED',
  });
  expect(told(await act('assignRole', { ...grant, expiresOn: '2026-01-01' }))).toMatchObject({
    reason: 'EXPIRED_ALREADY',
    path: ['input', 'expiresOn'],
  });
  expect(told(await act('assignRole', grant))).toBeUndefined();
  const suspend = { memberId: id['anna'], status: 'SUSPENDED', reason: 'unpaid dues' };
  expect(told(await act('changeMemberStatus', { ...suspend, reason: '' }))).toMatchObject({
    reason: 'REASON_REQUIRED',
  });
  expect(told(await act('changeMemberStatus', suspend))).toBeUndefined();
  await act('changeMemberStatus', { memberId: id['anna'], status: 'ACTIVE', reason: 'paid' });
  const { member } = (await served.ask(DETAIL, { id: id['anna'] }, token.admin)).body.data;
  const held = member.roles.find((one: { role: string }) => one.role === 'reviewer');
  const first = member.roles.find((one: { role: string }) => one.role === 'member');
  expect(first).toMatchObject({ reasonCode: 'joined' });
  expect(held).toMatchObject({
    reason: 'elected',
    reasonCode: null,
    expiresOn: '2027-06-30',
    limit: '1000.00',
    kinds: ['labor'],
    grantedBy: { displayName: 'Admin of riverbend' },
  });
  expect(member.history.filter((step: { act: string }) => step.act === 'status_changed')).toEqual([
    {
      act: 'status_changed',
      from: 'ACTIVE',
      to: 'SUSPENDED',
      reason: 'unpaid dues',
      by: { displayName: 'Admin of riverbend' },
    },
    {
      act: 'status_changed',
      from: 'SUSPENDED',
      to: 'ACTIVE',
      reason: 'paid',
      by: { displayName: 'Admin of riverbend' },
    },
  ]);
  expect(told(await act('revokeRole', { assignmentId: held.id, reason: '' }))).toMatchObject({
    reason: 'REASON_REQUIRED',
  });
  await act('revokeRole', { assignmentId: held.id, reason: 'term over' });
  const after = (await served.ask(DETAIL, { id: id['anna'] }, token.admin)).body.data.member;
  expect(after.formerRoles).toEqual([{ role: 'reviewer', endReason: 'term over' }]);
});

test('a member sees everything of their own and no more than the name of another', async () => {
  served.later(3);
  const own = await served.ask(DETAIL, { id: id['anna'] }, token.anna);
  expect(own.errors).toEqual([]);
  expect(own.body.data.member).toMatchObject({
    status: 'ACTIVE',
    class: 'cooperative',
    email: 'anna@mail.example',
  });
  const another = await served.ask(DETAIL, { id: id['Bert'] }, token.anna);
  expect(another.body.data.member).toBeNull();
  expect(told(another)).toMatchObject({ code: 'FORBIDDEN' });
  expect(told(await served.ask(LIST, {}, token.anna))).toMatchObject({ code: 'FORBIDDEN' });
  const granter = 'query ($id: ID!) { member(id: $id) { history { by { displayName status class } } } }';
  const seen = await served.ask(granter, { id: id['anna'] }, token.anna);
  const byAdmin = seen.body.data.member.history.find((step: { by: object | null }) => step.by !== null);
  expect(byAdmin.by).toEqual({ displayName: 'Admin of riverbend', status: null, class: null });
});

test('another cooperative finds nobody of these', async () => {
  expect((await names({ search: 'anna' }, token.other)).names).toEqual([]);
  const answer = await served.ask(DETAIL, { id: id['anna'] }, token.other);
  expect(told(answer)).toMatchObject({ code: 'NOT_FOUND' });
});

test('every member is told whom to ask for a role: who may give one, here and nowhere else', async () => {
  const query = '{ cooperative { roleGivers { displayName } } }';
  const told = await served.ask(query, {}, token.anna);
  const [founder] = told.body.data.cooperative.roleGivers;
  expect(told.body.data.cooperative.roleGivers).toEqual([founder]);
  await act('assignRole', { memberId: id['Bert'], role: 'administrator', reason: 'Stands in' });
  await served.settle();
  const both = (await served.ask(query, {}, token.anna)).body.data.cooperative.roleGivers;
  expect(both).toEqual(expect.arrayContaining([founder, { displayName: 'Bert' }]));
  expect((await served.ask(query, {}, token.other)).body.data.cooperative.roleGivers).toHaveLength(1);
});
