// The settings of the books over the endpoint: a raised threshold takes two administrators, a lowered one counts at
// once, contributions post where the rule of their day of posting says, and every change tells who and why.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Party } from '../../../testing/party.ts';
import { Served } from '../../../testing/served-cooperative.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';

let served: Served;
let party: Party;
let other = '';

function answer(
  who: string,
  name: string,
  input: object,
  payload = 'needsSecond settingId',
): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return party.answer(who, `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`, {
    input,
  });
}
async function act(who: string, name: string, input: object, payload?: string) {
  const found = await answer(who, name, input, payload);
  if (found.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(found.errors)}`);
  await served.settle();
  return found.body.data[name];
}
const refusal = async (who: string, name: string, input: object) =>
  (await answer(who, name, input)).errors[0]?.extensions;

async function settings() {
  const query = `{ treasurySettings { journalThreshold periodLength postingRules { kind category account { code } }
    versions { topic kind category before after rationale status viewerMay setBy { displayName } decidedBy { displayName } } } }`;
  return (await party.ask('ada', query)).treasurySettings;
}

/** What a person may do about the newest change. */
async function openTo(name: string): Promise<string[]> {
  const { treasurySettings } = await party.ask(name, '{ treasurySettings { versions { viewerMay } } }');
  return treasurySettings.versions[0].viewerMay;
}

const entry = (amount: string) => ({
  effectiveOn: '2026-11-12',
  description: 'Sales',
  entries: [
    { accountCode: '1110', book: amount, tax: amount },
    { accountCode: '4210', book: `-${amount}`, tax: `-${amount}` },
  ],
});
async function waits(amount: string): Promise<boolean> {
  const { request } = await act('tess', 'postTransaction', entry(amount), 'request { id }');
  return request !== null;
}

beforeAll(async () => {
  served = await Served.start();
  const river = await served.found('riverbend');
  party = await Party.join(served, river, {
    ada: ['member', 'administrator'],
    bo: ['member', 'administrator', 'reviewer'],
    tess: ['member', 'treasurer'],
    alice: ['member', 'contributor'],
  });
  other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
});
afterAll(() => served.stop());

test('lowering the threshold counts at once, with one administrator', async () => {
  expect((await settings()).journalThreshold).toBe('5000.00');
  expect(await waits('1200.00')).toBe(false);
  const lowered = { amount: '1000.00', rationale: 'we are small', idempotencyKey: 'lower' };
  const set = await act('ada', 'setJournalThreshold', lowered);
  expect(set.needsSecond).toBe(false);
  expect(await act('ada', 'setJournalThreshold', lowered)).toEqual(set);
  expect(await waits('1200.00')).toBe(true);
});

test('raising it waits for another administrator, and until then nothing is weaker', async () => {
  const raised = await act('ada', 'setJournalThreshold', { amount: '9000.00', rationale: 'we grew' });
  expect(raised.needsSecond).toBe(true);
  expect((await settings()).journalThreshold).toBe('1000.00');
  expect([await openTo('ada'), await openTo('bo'), await openTo('tess')]).toEqual([
    ['decline'],
    ['approve', 'decline'],
    [],
  ]);
  expect(await refusal('bo', 'setJournalThreshold', { amount: '20.00', rationale: 'x' })).toMatchObject({
    code: 'CONFLICT',
    reason: 'CHANGE_WAITING',
  });
  const { settingId } = raised;
  expect(await refusal('ada', 'decideTreasurySetting', { settingId, approve: true })).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'SAME_PERSON',
  });
  expect(await refusal('tess', 'decideTreasurySetting', { settingId, approve: true })).toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(await refusal('bo', 'decideTreasurySetting', { settingId, approve: false })).toMatchObject({
    reason: 'REASON_REQUIRED',
  });
  await act('bo', 'decideTreasurySetting', { settingId, approve: true });
  expect((await settings()).journalThreshold).toBe('9000.00');
  expect(await waits('1200.00')).toBe(false);
  expect(await refusal('bo', 'decideTreasurySetting', { settingId, approve: true })).toMatchObject({
    code: 'CONFLICT',
    reason: 'NOTHING_TO_DECIDE',
  });
  const { versions } = await settings();
  expect(versions[0]).toMatchObject({
    topic: 'dual_threshold',
    before: '1000.00',
    after: '9000.00',
    rationale: 'we grew',
    status: 'in_force',
    viewerMay: [],
    setBy: { displayName: 'ada' },
    decidedBy: { displayName: 'bo' },
  });
});

test('who asked for a raise may take it back; the database refuses their own approval too', async () => {
  const { settingId } = await act('ada', 'setJournalThreshold', { amount: '9999.00', rationale: 'x' });
  await expect(
    served.test.asOwner(
      `insert into treasury.setting_decision (cooperative_id, setting_id, outcome, by_member_id, recorded_at)
       select cooperative_id, id, 'approved', set_by_member_id, now() from treasury.setting_version
       order by recorded_at desc, version desc limit 1`,
    ),
  ).rejects.toThrow();
  await act('ada', 'decideTreasurySetting', { settingId, approve: false, reason: 'a slip' });
  expect(await settings()).toMatchObject({
    journalThreshold: '9000.00',
    versions: [{ status: 'declined' }, {}, {}],
  });
});

async function accountId(code: string): Promise<string> {
  const { accounts } = await party.ask('ada', '{ accounts { id code } }');
  return accounts.find((one: { code: string }) => one.code === code).id;
}

test('a contribution posts where the rule says, a category before its kind, and as the kind again once removed', async () => {
  const rule = { kind: 'LABOR', method: 'rate', rate: '100', effectiveFrom: '2026-10-01', rationale: 'x' };
  await act('ada', 'setValuationRule', rule, 'version');
  const posted = async (): Promise<string> => {
    const input = { kind: 'LABOR', category: 'Web', quantity: '1', workedOn: '2026-11-10', description: 'x' };
    const { contribution } = await act('alice', 'logContribution', input, 'contribution { id }');
    const payload = 'contribution { id }';
    await act('bo', 'approveContribution', { contributionId: contribution.id }, payload);
    const [row] = await served.test.asOwner<{ code: string }>(
      `select a.code from treasury.entry e join treasury.account a on a.id = e.account_id
       join treasury.transaction t on t.id = e.transaction_id where a.member_id is null and t.source = 'contribution'
       order by t.number desc limit 1`,
    );
    return row?.code ?? '';
  };
  expect(await posted()).toBe('1910');
  const web = { kind: 'LABOR', category: 'Web', accountId: await accountId('5210'), rationale: 'an expense' };
  await act('ada', 'setPostingRule', web);
  expect(await posted()).toBe('5210');
  expect((await settings()).postingRules).toEqual(
    expect.arrayContaining([
      { kind: 'LABOR', category: 'Web', account: { code: '5210' } },
      { kind: 'LABOR', category: null, account: { code: '1910' } },
      { kind: 'REVENUE', category: null, account: null },
    ]),
  );
  await act('ada', 'removePostingRule', { kind: 'LABOR', category: 'Web', rationale: 'back' });
  expect(await posted()).toBe('1910');
  expect((await settings()).versions.slice(0, 2)).toMatchObject([
    { topic: 'posting_rule', kind: 'labor', category: 'Web', before: '5210', after: null },
    { topic: 'posting_rule', kind: 'labor', category: 'Web', before: null, after: '5210' },
  ]);
});

test('an account that does not fit, a kind that posts nothing and the wrong person are refused', async () => {
  const on = async (code: string, more: object = {}) =>
    refusal('ada', 'setPostingRule', {
      kind: 'LABOR',
      accountId: await accountId(code),
      rationale: 'x',
      ...more,
    });
  expect(await on('1910', { rationale: ' ' })).toMatchObject({ reason: 'RATIONALE_REQUIRED' });
  expect(await on('1910', { kind: 'REVENUE' })).toMatchObject({
    code: 'VALIDATION_ERROR',
    reason: 'KIND_POSTS_NOTHING',
    path: ['input', 'kind'],
  });
  expect(await on('4210')).toMatchObject({ reason: 'ACCOUNT_TYPE_UNFIT', path: ['input', 'accountId'] });
  expect(await on('3100')).toMatchObject({ reason: 'ACCOUNT_NOT_A_LEAF' });
  const missing = { kind: 'LABOR', category: 'Nothing', rationale: 'x' };
  expect(await refusal('ada', 'removePostingRule', missing)).toMatchObject({ code: 'NOT_FOUND' });
  for (const [name, input] of [
    ['setPostingRule', { kind: 'LABOR', rationale: 'x' }],
    ['setJournalThreshold', { amount: '1.00', rationale: 'x' }],
  ] as const) {
    expect(await refusal('tess', name, input)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('alice', name, input)).toMatchObject({ code: 'FORBIDDEN' });
  }
  const foreign = await served.ask('{ treasurySettings { journalThreshold versions { id } } }', {}, other);
  expect(foreign.body.data.treasurySettings).toEqual({ journalThreshold: '5000.00', versions: [] });
});
