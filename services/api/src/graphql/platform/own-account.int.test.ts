// My own account over the endpoint: preferences and name are mine, sessions end at once, and nobody reaches another's.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../testing/served-cooperative.ts';
import type { Answer, Founded } from '../../testing/served-cooperative.ts';

let served: Served;
let river: Founded;
const token = { admin: '', alice: '' };

function act(name: string, input: object, who: string, payload: string): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  return served.ask(query, { input }, who);
}
const told = (answer: Answer) => answer.errors[0]?.extensions;
async function me(who: string, fields: string) {
  const answer = await served.ask(`{ me { ${fields} } }`, {}, who);
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.body.data.me;
}

async function join(admin: string, email: string): Promise<void> {
  const added = await act('addMember', { displayName: 'Alice', email }, admin, 'member { id }');
  await served.settle();
  const memberId = added.body.data.addMember.member.id;
  const access = await act(
    'grantAccess',
    { memberId, email, displayName: 'Alice', password: PASSWORD },
    admin,
    'memberId',
  );
  if (access.errors.length > 0) throw new Error(JSON.stringify(access.errors));
}

beforeAll(async () => {
  served = await Served.start();
  river = await served.found('riverbend');
  token.admin = (await served.signIn(river.email)).accessToken;
  await join(token.admin, 'alice@mail.example');
  token.alice = (await served.signIn('alice@mail.example')).accessToken;
});
afterAll(() => served.stop());

const ALL = 'preferences { locale theme singleKeyShortcuts defaultKind }';

test('nothing said is a preference too, what is said stays, and another’s are untouched', async () => {
  const none = { locale: null, theme: 'SYSTEM', singleKeyShortcuts: true, defaultKind: null };
  expect((await me(token.alice, ALL)).preferences).toEqual(none);
  const first = { locale: 'ES', theme: 'DARK', defaultKind: 'LABOR', idempotencyKey: 'one' };
  const changed = await act('changeMyPreferences', first, token.alice, ALL);
  expect(changed.body.data.changeMyPreferences.preferences).toEqual({
    locale: 'ES',
    theme: 'DARK',
    singleKeyShortcuts: true,
    defaultKind: 'LABOR',
  });
  await act('changeMyPreferences', { singleKeyShortcuts: false, locale: null }, token.alice, ALL);
  const again = await act('changeMyPreferences', first, token.alice, ALL);
  expect(again.body.data.changeMyPreferences.preferences).toEqual({
    locale: null,
    theme: 'DARK',
    singleKeyShortcuts: false,
    defaultKind: 'LABOR',
  });
  expect((await me(token.admin, ALL)).preferences).toEqual(none);
  const other = await act('changeMyPreferences', { ...first, theme: 'LIGHT' }, token.alice, ALL);
  expect(told(other)).toMatchObject({ code: 'CONFLICT', reason: 'IDEMPOTENCY_CONFLICT' });
  const unknown = await act('changeMyPreferences', { theme: 'PINK' }, token.alice, ALL);
  expect(told(unknown)).toMatchObject({ code: 'VALIDATION_ERROR' });
});

test('preferences follow the account into another cooperative', async () => {
  await served.admit(await served.found('hilltop'), 'alice@mail.example');
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const input = { email: 'alice@mail.example', password: PASSWORD, cooperativeSlug: 'hilltop' };
  const there = (await served.ask(query, { input })).body.data.signIn.accessToken;
  expect((await me(there, ALL)).preferences.theme).toBe('DARK');
});

test('a changed name is seen on the account and by others, at once', async () => {
  const changed = await act('changeMyProfile', { displayName: ' Alice Q. ' }, token.alice, 'displayName');
  expect(changed.body.data.changeMyProfile.displayName).toBe('Alice Q.');
  expect(await me(token.alice, 'displayName member { displayName history { act } }')).toMatchObject({
    displayName: 'Alice Q.',
    member: { displayName: 'Alice Q.' },
  });
  const found = await served.ask('{ members(search: "Alice Q") { totalCount } }', {}, token.admin);
  expect(found.body.data.members.totalCount).toBe(1);
  for (const [displayName, reason] of [
    ['  ', 'NAME_REQUIRED'],
    ['x'.repeat(201), 'NAME_TOO_LONG'],
  ]) {
    const refused = await act('changeMyProfile', { displayName }, token.alice, 'displayName');
    expect(told(refused)).toMatchObject({ code: 'VALIDATION_ERROR', reason, path: ['input', 'displayName'] });
  }
});

const SESSIONS = 'sessions { id current startedAt lastSeenAt }';
type Listed = { id: string; current: boolean };

test('own sessions are listed and ended at once; another’s is not to be found', async () => {
  served.later(60);
  const elsewhere = (
    await served.ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
      input: { email: 'alice@mail.example', password: PASSWORD, cooperativeSlug: 'riverbend' },
    })
  ).body.data.signIn.accessToken;
  const sessions: Listed[] = (await me(token.alice, SESSIONS)).sessions;
  expect(sessions.map(({ current }) => current)).toEqual([false, true]);
  const [other] = sessions;
  const byAdmin = await act('endSession', { sessionId: other?.id }, token.admin, 'ended');
  expect(told(byAdmin)).toMatchObject({ code: 'NOT_FOUND', reason: 'SESSION_NOT_FOUND' });
  expect(await me(elsewhere, 'displayName')).toEqual({ displayName: 'Alice Q.' });
  const ended = await act('endSession', { sessionId: other?.id }, token.alice, 'ended');
  expect(ended.body.data.endSession).toEqual({ ended: 1 });
  expect(told(await served.ask('{ me { displayName } }', {}, elsewhere))).toMatchObject({
    code: 'UNAUTHENTICATED',
    reason: 'SESSION_ENDED',
  });
  const twice = await act('endSession', { sessionId: other?.id }, token.alice, 'ended');
  expect(told(twice)).toMatchObject({ reason: 'SESSION_NOT_FOUND' });
});

test('all other sessions end together, the one acting goes on, those in another cooperative too', async () => {
  const signIn = async (cooperativeSlug: string): Promise<string> =>
    (
      await served.ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
        input: { email: 'alice@mail.example', password: PASSWORD, cooperativeSlug },
      })
    ).body.data.signIn.accessToken;
  const [one, two, hill] = [await signIn('riverbend'), await signIn('riverbend'), await signIn('hilltop')];
  const ended = await act('endOtherSessions', { idempotencyKey: 'all' }, token.alice, 'ended');
  expect(ended.body.data.endOtherSessions).toEqual({ ended: 2 });
  for (const gone of [one, two]) {
    expect(told(await served.ask('{ me { email } }', {}, gone))).toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  for (const alive of [token.alice, hill, token.admin]) expect((await me(alive, 'email')).email).toBeTruthy();
});

test('a session whose tokens ran out is not listed', async () => {
  served.later(8 * 24 * 3600);
  token.alice = (
    await served.ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', {
      input: { email: 'alice@mail.example', password: PASSWORD, cooperativeSlug: 'riverbend' },
    })
  ).body.data.signIn.accessToken;
  expect((await me(token.alice, SESSIONS)).sessions).toHaveLength(1);
});

test('an administrator changes the name in law and the time zone; currency, short name and fiscal year stay', async () => {
  token.admin = (await served.signIn(river.email)).accessToken;
  const shown = 'cooperative { name legalName slug currency timeZone taxRegime fiscalStartMonth template }';
  const input = {
    legalName: ' Riverbend Cooperative, Inc. ',
    timeZone: 'America/Chicago',
    idempotencyKey: 'profile',
  };
  const changed = await act('changeCooperative', input, token.admin, shown);
  expect(changed.body.data.changeCooperative.cooperative).toEqual({
    name: 'riverbend',
    legalName: 'Riverbend Cooperative, Inc.',
    slug: 'riverbend',
    currency: 'USD',
    timeZone: 'America/Chicago',
    taxRegime: 'subchapter_k',
    fiscalStartMonth: 1,
    template: 'limited-cooperative-association',
  });
  await served.settle();
  const renamed = await act('changeCooperative', { name: 'Riverbend' }, token.admin, shown);
  expect(renamed.body.data.changeCooperative.cooperative).toMatchObject({
    name: 'Riverbend',
    legalName: 'Riverbend Cooperative, Inc.',
  });
  const long = await act('changeCooperative', { legalName: 'x'.repeat(201) }, token.admin, shown);
  expect(told(long)).toMatchObject({ reason: 'BAD_NAME', path: ['input', 'legalName'] });
  const blank = await act('changeCooperative', { legalName: ' ' }, token.admin, shown);
  expect(blank.body.data.changeCooperative.cooperative.legalName).toBeNull();
  const byMember = await act('changeCooperative', { legalName: 'Mine' }, token.alice, shown);
  expect(told(byMember)).toMatchObject({ code: 'FORBIDDEN' });
});
