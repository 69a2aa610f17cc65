// The settings pages over the endpoint: how contributions are treated and the classes of membership, who may change
// them, what is refused, and what another cooperative sees of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';

let served: Served;
const token = { admin: '', member: '', other: '' };

function act(name: string, input: object, who = token.admin, payload = 'version'): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  return served.ask(query, { input }, who);
}
const told = (answer: Answer) => answer.errors[0]?.extensions;
const POLICY = `version effectiveOn graceDays noticeDays comparablesFrom appraisalAbove rationale
  setBy { displayName } kinds { kind treatment patronageCategory }`;

beforeAll(async () => {
  served = await Served.start();
  const river = await served.found('riverbend');
  const other = await served.found('elsewhere');
  token.admin = (await served.signIn(river.email)).accessToken;
  token.other = (await served.signIn(other.email)).accessToken;
  const email = 'alice@riverbend.example';
  const input = { displayName: 'Alice', email, joinedOn: '2026-10-01' };
  const added = await act('addMember', input, token.admin, 'member { id }');
  const memberId = added.body.data.addMember.member.id;
  await served.settle();
  const access = { memberId, email, displayName: 'Alice', password: PASSWORD };
  await act('grantAccess', access, token.admin, 'memberId');
  token.member = (await served.signIn(email)).accessToken;
});
afterAll(() => served.stop());

test('a treatment is changed from a day on, what is left out stays, and the history says who and why', async () => {
  const changed = await act(
    'changeContributionPolicy',
    {
      kinds: [
        { kind: 'COMMUNITY', treatment: 'PATRONAGE' },
        { kind: 'CASH', treatment: 'CAPITAL' },
      ],
      graceDays: 10,
      appraisalAbove: '6000.00',
      rationale: 'the assembly of November',
      idempotencyKey: 'policy-1',
    },
    token.admin,
    `version policy { ${POLICY} }`,
  );
  expect(told(changed)).toBeUndefined();
  expect(changed.body.data.changeContributionPolicy.policy).toMatchObject({
    version: 2,
    effectiveOn: '2026-11-20',
    graceDays: 10,
    noticeDays: 30,
    comparablesFrom: '250.00',
    appraisalAbove: '6000.00',
    setBy: { displayName: 'Admin of riverbend' },
  });
  const now = await served.ask(`{ contributionPolicy { ${POLICY} } }`, {}, token.member);
  expect(now.body.data.contributionPolicy.kinds).toEqual(
    expect.arrayContaining([
      { kind: 'COMMUNITY', treatment: 'PATRONAGE', patronageCategory: 'community' },
      { kind: 'CASH', treatment: 'CAPITAL', patronageCategory: null },
      { kind: 'LABOR', treatment: 'BOTH', patronageCategory: 'labor' },
    ]),
  );
  const later = await act('changeContributionPolicy', {
    kinds: [{ kind: 'CASH', treatment: 'BOTH', patronageCategory: 'money' }],
    effectiveFrom: '2027-01-01',
    rationale: 'next year',
  });
  expect(later.body.data.changeContributionPolicy).toEqual({ version: 3 });
  const versions = await served.ask(
    `{ contributionPolicy { version } contributionPolicyVersions { ${POLICY} }
       policyVersions(topic: CONTRIBUTION) { version effectiveOn rationale setBy { displayName } document } }`,
    {},
    token.member,
  );
  expect(versions.body.data.contributionPolicy.version).toBe(2);
  expect(
    versions.body.data.contributionPolicyVersions.map((one: { rationale: string }) => one.rationale),
  ).toEqual(['next year', 'the assembly of November', expect.stringContaining('defaults of the template')]);
  // The change of next year is built on what is in force then: the ten days stay.
  expect(versions.body.data.contributionPolicyVersions[0].graceDays).toBe(10);
  expect(versions.body.data.policyVersions[2]).toMatchObject({ version: 1, effectiveOn: null, setBy: null });
});

test('the same key does it once, the same key with another input is a conflict', async () => {
  const input = { noticeDays: 45, rationale: 'longer notice', idempotencyKey: 'notice' };
  const first = await act('changeContributionPolicy', input);
  const again = await act('changeContributionPolicy', input);
  expect(again.body.data).toEqual(first.body.data);
  const other = await act('changeContributionPolicy', { ...input, noticeDays: 46 });
  expect(told(other)).toMatchObject({ code: 'CONFLICT', reason: 'IDEMPOTENCY_CONFLICT' });
});

test.each([
  [{ rationale: ' ' }, 'RATIONALE_REQUIRED', ['input', 'rationale']],
  [{ effectiveFrom: '2026-11-19' }, 'PAST_DATE', ['input', 'effectiveFrom']],
  [{ graceDays: 400 }, 'POLICY_INVALID', ['input', 'graceDays']],
  [{ comparablesFrom: '9000.00' }, 'POLICY_INVALID', ['input', 'comparablesFrom']],
  [
    { kinds: [{ kind: 'LABOR', treatment: 'BOTH', patronageCategory: 'x'.repeat(81) }] },
    'POLICY_INVALID',
    ['input', 'kinds', 0, 'patronageCategory'],
  ],
])('a change %j is refused with %s', async (wrong, reason, path) => {
  const answer = await act('changeContributionPolicy', { rationale: 'x', ...wrong });
  expect(told(answer)).toMatchObject({ code: 'VALIDATION_ERROR', reason, path });
});

test('a member changes no policy and no class, and another cooperative sees its own only', async () => {
  for (const [name, input] of [
    ['changeContributionPolicy', { graceDays: 1, rationale: 'x' }],
    ['addMemberClass', { name: 'Friends', rationale: 'x' }],
    ['renameMemberClass', { class: 'investor', name: 'Friends', rationale: 'x' }],
    ['retireMemberClass', { class: 'investor', rationale: 'x' }],
  ] as const) {
    expect(told(await act(name, input, token.member)), name).toMatchObject({ code: 'FORBIDDEN' });
  }
  const seen = await served.ask('{ contributionPolicy { version } }', {}, token.other);
  expect(seen.body.data.contributionPolicy.version).toBe(1);
});

const classes = async (who = token.admin) =>
  (await served.ask('{ memberClasses { class name members retired } }', {}, who)).body.data.memberClasses;

test('classes are added, renamed and retired; a code stays what it is and members keep a retired class', async () => {
  const payload = 'version memberClass { class name members retired }';
  const added = await act(
    'addMemberClass',
    { name: 'Founding member', rationale: 'x' },
    token.admin,
    payload,
  );
  expect(added.body.data.addMemberClass).toEqual({
    version: 2,
    memberClass: { class: 'founding-member', name: 'Founding member', members: 0, retired: false },
  });
  const named = { class: 'community', name: 'Neighbours', rationale: 'as everybody says' };
  await act('renameMemberClass', named, token.admin, payload);
  const joined = await act(
    'addMember',
    { displayName: 'Nora', email: 'nora@riverbend.example', class: 'community' },
    token.admin,
    'member { class className }',
  );
  expect(joined.body.data.addMember.member).toEqual({ class: 'community', className: 'Neighbours' });
  expect(told(await act('retireMemberClass', { class: 'community', rationale: 'x' }))).toBeUndefined();
  expect((await classes()).find((one: { class: string }) => one.class === 'community')).toEqual({
    class: 'community',
    name: 'Neighbours',
    members: 2,
    retired: true,
  });
  const refused = await act(
    'addMember',
    { displayName: 'Otto', email: 'otto@riverbend.example', class: 'community' },
    token.admin,
    'member { id }',
  );
  expect(told(refused)).toMatchObject({ reason: 'UNKNOWN_CLASS', path: ['input', 'class'] });
});

test.each([
  ['addMemberClass', { name: '  ' }, 'VALIDATION_ERROR', 'NAME_REQUIRED'],
  ['addMemberClass', { name: 'x'.repeat(61) }, 'VALIDATION_ERROR', 'NAME_TOO_LONG'],
  ['addMemberClass', { name: 'INVESTOR' }, 'CONFLICT', 'CLASS_EXISTS'],
  ['renameMemberClass', { class: 'nobody', name: 'Somebody' }, 'NOT_FOUND', 'CLASS_NOT_FOUND'],
  ['renameMemberClass', { class: 'investor', name: 'Founding member' }, 'CONFLICT', 'CLASS_EXISTS'],
  ['retireMemberClass', { class: 'nobody' }, 'NOT_FOUND', 'CLASS_NOT_FOUND'],
  ['retireMemberClass', { class: 'community' }, 'CONFLICT', 'CLASS_RETIRED'],
] as const)('%s %j is refused', async (name, input, code, reason) => {
  expect(told(await act(name, { ...input, rationale: 'x' }))).toMatchObject({ code, reason });
});

test('the last class stays, and a retired one is taken up again under its code', async () => {
  const offered = (await classes()).filter((one: { retired: boolean }) => !one.retired);
  const codes: string[] = offered.map((one: { class: string }) => one.class);
  const answers: Answer[] = [];
  for (const code of codes) answers.push(await act('retireMemberClass', { class: code, rationale: 'x' }));
  expect(answers.slice(0, -1).every((answer) => answer.errors.length === 0)).toBe(true);
  expect(told(answers.at(-1) as Answer)).toMatchObject({ code: 'CONFLICT', reason: 'LAST_CLASS' });
  const back = await act(
    'addMemberClass',
    { name: 'Investor', rationale: 'back' },
    token.admin,
    'memberClass { class retired }',
  );
  expect(back.body.data.addMemberClass.memberClass).toEqual({ class: 'investor', retired: false });
});
