// The link that stops mails needs no sign-in, so it is tried as whoever found a mail would: many at once, again, forged, for
// another, and against the member's own choice. All it ever does is mail one person less.
import { mailStopToken } from '@habitat/notifications';
import type { MailStop } from '@habitat/notifications';
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Party } from '../testing/party.ts';
import type { Answer, Founded } from '../testing/served-cooperative.ts';
import { SECRETS_KEY, Served } from '../testing/served-cooperative.ts';

const AT_ONCE = 20;
const STOP = 'mutation ($input: StopMailInput!) { stopMail(input: $input) { what } }';
let served: Served;
let river: Founded;
let hill: Founded;
let party: Party;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  hill = await served.found('hilltop');
  const people = { ada: ['administrator', 'member'], bob: ['member'], cleo: ['member'] } as const;
  party = await Party.join(served, river, people);
});
afterAll(() => served.stop());

const memberOf = (who: string) => party.memberIds.get(who) ?? '';
const linkOf = (who: string, what: MailStop['what'], secret = SECRETS_KEY) =>
  mailStopToken(secret, { cooperativeId: river.cooperativeId, memberId: memberOf(who), what });
const stop = (token: string, as?: string) => served.ask(STOP, { input: { token } }, as);
const manyAtOnce = (give: (at: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, at) => give(at)));

interface Preference {
  readonly kind: string;
  readonly listed: boolean;
  readonly mail: string;
}
async function preferencesOf(who: string): Promise<Preference[]> {
  const { me } = await party.ask(who, '{ me { notificationPreferences { kind listed mail } } }');
  return me.notificationPreferences as Preference[];
}
const preferenceOf = async (who: string, wanted: string) =>
  (await preferencesOf(who)).find(({ kind }) => kind === wanted);
const choose = (who: string, preference: Preference) =>
  party.act(who, 'changeNotificationPreferences', { preferences: [preference] });

/** Everything that is kept of choices, and how often the log tells of a link. */
async function kept(): Promise<{ choices: unknown[]; told: number }> {
  const choices = await served.test.asOwner(
    'select member_id, kind, listed, mail from platform.notification_preference order by 1, 2',
  );
  const told = await served.test.asOwner(`select 1 from platform.event where command = 'stopMail'`);
  return { choices, told: told.length };
}

test('given twenty times at once and again, it stops its kind once, and the trail tells of it once', async () => {
  const others = (await preferencesOf('bob')).filter(({ kind }) => kind !== 'STATEMENT_READY');
  const before = await kept();
  const token = linkOf('bob', 'statement_ready');
  for (const { body } of await manyAtOnce(() => stop(token)))
    expect(body.data.stopMail).toEqual({ what: 'statement_ready' });
  await stop(token);
  const stopped = { kind: 'STATEMENT_READY', listed: true, mail: 'OFF' };
  expect(await preferenceOf('bob', 'STATEMENT_READY')).toEqual(stopped);
  expect((await preferencesOf('bob')).filter(({ kind }) => kind !== 'STATEMENT_READY')).toEqual(others);
  const after = await kept();
  expect(after.told).toBe(before.told + 1);
  expect(after.choices).toHaveLength(before.choices.length + 1);
});

test('the day’s mail is stopped kind by kind as it stands, and what comes at once still comes', async () => {
  await choose('cleo', { kind: 'STATEMENT_READY', listed: true, mail: 'DIGEST' });
  await choose('cleo', { kind: 'RATE_CHANGE', listed: true, mail: 'AT_ONCE' });
  const before = await preferencesOf('cleo');
  await manyAtOnce(() => stop(linkOf('cleo', 'digest')));
  const expected = before.map((one) => (one.mail === 'DIGEST' ? { ...one, mail: 'OFF' } : one));
  expect(await preferencesOf('cleo')).toEqual(expected);
});

test('whoever asks for the mails again has them, until somebody uses the link again', async () => {
  const wanted = { kind: 'STATEMENT_READY', listed: true, mail: 'AT_ONCE' };
  await choose('bob', wanted);
  expect(await preferenceOf('bob', 'STATEMENT_READY')).toEqual(wanted);
  await manyAtOnce(() => stop(linkOf('bob', 'statement_ready')));
  expect(await preferenceOf('bob', 'STATEMENT_READY')).toEqual({ ...wanted, mail: 'OFF' });
});

test('against a choice made the same moment it takes nothing back but the mail', async () => {
  for (let round = 0; round < 5; round += 1) {
    const listed = round % 2 === 0;
    await choose('bob', { kind: 'DISTRIBUTION_PAID', listed: !listed, mail: 'AT_ONCE' });
    const chosen = choose('bob', { kind: 'DISTRIBUTION_PAID', listed, mail: 'DIGEST' });
    await Promise.all([manyAtOnce(() => stop(linkOf('bob', 'distribution_paid'))), chosen]);
    const left = await preferenceOf('bob', 'DISTRIBUTION_PAID');
    expect(left?.listed).toBe(listed);
    expect(['OFF', 'DIGEST']).toContain(left?.mail);
  }
});

test('forged, it stops nothing: another kind, another member, another cooperative, another key, another form', async () => {
  const own = linkOf('bob', 'statement_ready');
  const [cooperative = '', member = '', what = '', signature = ''] = own.split('.');
  const forged = [
    [cooperative, member, 'security', signature],
    [cooperative, member, 'digest', signature],
    [cooperative, memberOf('ada'), what, signature],
    [hill.cooperativeId, member, what, signature],
    [cooperative, newId(), what, signature],
    [cooperative, member, what, ''],
    [cooperative, member, what, signature.slice(0, -1)],
    [cooperative, member, what, `${signature}=`],
    [cooperative, member, what, signature, 'more'],
    [cooperative.toUpperCase(), member, what, signature],
    [cooperative, `${member}' or '1'='1`, what, signature],
    [cooperative, member, 'toString', signature],
    [signature, what, member, cooperative],
  ].map((parts) => parts.join('.'));
  forged.push(linkOf('bob', 'security', 'e'.repeat(64)), '…', '....', '\u0000');
  const before = await kept();
  const answers = await Promise.all([...forged, ...forged].map((token) => stop(token)));
  for (const { errors } of answers) {
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions['code']).not.toBe('INTERNAL_ERROR');
  }
  expect(await kept()).toEqual(before);
});

test('another’s link, used by whoever is signed in, stops the other’s mails and none of one’s own', async () => {
  const before = await preferencesOf('ada');
  const there = mailStopToken(SECRETS_KEY, { ...hill, what: 'security' });
  await stop(there, party.token('ada'));
  await stop(linkOf('cleo', 'security'), party.token('ada'));
  expect(await preferencesOf('ada')).toEqual(before);
  expect(await preferenceOf('cleo', 'SECURITY')).toMatchObject({ mail: 'OFF' });
});

test('of somebody who is no member any more it leaves nothing behind', async () => {
  await served.test.asOwner(`delete from platform.notification_preference where member_id = $1`, [
    memberOf('ada'),
  ]);
  await served.test.asOwner(`update platform.membership set ended_at = now() where member_id = $1`, [
    memberOf('ada'),
  ]);
  const before = await kept();
  expect((await stop(linkOf('ada', 'security'))).errors).toEqual([]);
  expect(await kept()).toEqual(before);
});
