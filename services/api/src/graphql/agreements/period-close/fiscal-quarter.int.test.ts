// A cooperative whose fiscal year runs from July to June closes its first quarter, with disputes raised before, between
// and after the steps: an open one stops the review and every step, and is settled while the period closes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';

let served: Served;
const token: Record<string, string> = {};
const EVERYTHING = ['member', 'contributor', 'reviewer', 'treasurer', 'allocator', 'administrator'];

function answer(who: string, name: string, input: object, payload: string): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  return served.ask(query, { input }, token[who]);
}

async function act(who: string, name: string, input: object, payload = '__typename') {
  const found = await answer(who, name, input, payload);
  if (found.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(found.errors)}`);
  await served.settle();
  return found.body.data[name];
}

const refusal = async (who: string, name: string, input: object) =>
  (await answer(who, name, input, '__typename')).errors[0]?.extensions;

async function ask(who: string, query: string) {
  const found = await served.ask(query, {}, token[who]);
  if (found.errors.length > 0) throw new Error(JSON.stringify(found.errors));
  return found.body.data;
}

async function signIn(): Promise<void> {
  for (const name of ['alice', 'bob', 'carol']) {
    token[name] = (await served.signIn(`${name}@hill.example`)).accessToken;
  }
}

async function work(): Promise<string> {
  const input = { kind: 'LABOR', quantity: '6', workedOn: '2026-08-20', description: 'Hay' };
  const { contribution } = await act('alice', 'logContribution', input, 'contribution { id }');
  await act('bob', 'approveContribution', { contributionId: contribution.id });
  return contribution.id;
}

beforeAll(async () => {
  served = await Served.start();
  served.now = new Date('2026-07-02T15:00:00Z');
  const hill = await served.found('hill', { fiscalStartMonth: 7, firstPeriodStartsOn: '2026-07-01' });
  token['admin'] = (await served.signIn(hill.email)).accessToken;
  for (const [name, roles] of [
    ['alice', ['member', 'contributor']],
    ['bob', [...EVERYTHING, 'board_member']],
    ['carol', EVERYTHING],
  ] as const) {
    const email = `${name}@hill.example`;
    const input = { displayName: name, email, roles, joinedOn: '2026-07-01' };
    const { member } = await act('admin', 'addMember', input, 'member { id }');
    const access = { memberId: member.id, email, displayName: name, password: PASSWORD };
    await act('admin', 'grantAccess', access);
  }
  await signIn();
  const rule = { kind: 'LABOR', method: 'rate', rate: '100', effectiveFrom: '2026-07-02', rationale: 'x' };
  await act('carol', 'setValuationRule', rule);
  served.now = new Date('2026-09-20T15:00:00Z');
  await signIn();
});
afterAll(() => served.stop());

test('its first quarter is July to September of the fiscal year it ends in', async () => {
  const { cooperative, periods } = await ask(
    'carol',
    '{ cooperative { fiscalStartMonth } periods { name from to } }',
  );
  expect(cooperative.fiscalStartMonth).toBe(7);
  expect(periods).toEqual([{ name: 'Q1 2027', from: '2026-07-01', to: '2026-09-30' }]);
});

test('disputes before and between the steps stop them, and are settled while the period closes', async () => {
  const [first, second, third] = [await work(), await work(), await work()];
  const sale = {
    effectiveOn: '2026-09-10',
    description: 'Hay sold',
    entries: [
      { accountCode: '1110', book: '4000.00', tax: '4000.00' },
      { accountCode: '4210', book: '-4000.00', tax: '-4000.00' },
    ],
  };
  await act('carol', 'postTransaction', sale);
  const { currentPeriod } = await ask('carol', '{ currentPeriod { id } }');
  served.now = new Date('2026-10-03T15:00:00Z');
  await signIn();
  await act('alice', 'disputeContribution', { contributionId: first, reason: 'it was seven hours' });
  const payload = 'periodClose { id blockerCount blockers { code } }';
  const { periodClose } = await act('carol', 'beginPeriodClose', { periodId: currentPeriod.id }, payload);
  expect(periodClose).toMatchObject({ blockerCount: 1, blockers: [{ code: 'CONTRIBUTION_DISPUTED' }] });
  const closeId = periodClose.id;
  const blocked = { code: 'CONFLICT', reason: 'BLOCKED', blocker: 'CONTRIBUTION_DISPUTED', count: 1 };
  expect(await refusal('carol', 'confirmCloseStep', { closeId, step: 1 })).toMatchObject(blocked);
  await act('bob', 'resolveDispute', { contributionId: first, value: '700.00', reason: 'agreed' });
  await act('carol', 'confirmCloseStep', { closeId, step: 1 });

  await act('alice', 'disputeContribution', { contributionId: second, reason: 'eight' });
  expect(await refusal('carol', 'confirmCloseStep', { closeId, step: 2 })).toMatchObject(blocked);
  await act('bob', 'resolveDispute', { contributionId: second, reason: 'six it was' });

  // Raised at the last moment: the cut-off is on its way to people while its own event is on its way to agreements.
  await act('carol', 'confirmCloseStep', { closeId, step: 2 });
  expect(
    await refusal('alice', 'disputeContribution', { contributionId: third, reason: 'too late' }),
  ).toMatchObject({ reason: 'PERIOD_NOT_OPEN', status: 'closing' });
  await served.test.asOwner(
    `update people.period set status = 'open' where period_id in (select id from treasury.period where status = 'closing')`,
  );
  await act('alice', 'disputeContribution', { contributionId: third, reason: 'seven as well' });
  await served.test.asOwner(
    `update people.period set status = 'closing' where period_id in (select id from treasury.period where status = 'closing')`,
  );
  expect(await refusal('carol', 'confirmCloseStep', { closeId, step: 3 })).toMatchObject(blocked);
  await act('bob', 'resolveDispute', { contributionId: third, value: '700.00', reason: 'agreed' });

  await act('carol', 'confirmCloseStep', { closeId, step: 3 });
  const proposed = await act(
    'carol',
    'proposeAllocation',
    { closeId },
    'periodClose { proposal { recordHash total } }',
  );
  const { recordHash, total } = proposed.periodClose.proposal;
  expect(total).toBe('4000.00');
  await act('bob', 'approveAllocation', { closeId, recordHash });
  const { periods } = await ask('carol', '{ periods { name from to status } }');
  expect(periods).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'Q1 2027', status: 'closed' }),
      expect.objectContaining({ name: 'Q2 2027', from: '2026-10-01', to: '2026-12-31' }),
    ]),
  );
  expect(
    await refusal('alice', 'disputeContribution', { contributionId: third, reason: 'again' }),
  ).toMatchObject({
    reason: 'PERIOD_NOT_OPEN',
    status: 'closed',
  });
});

test('what was left in is filed under the fiscal year, and taxes fall due after it', async () => {
  const lots = await served.test.asOwner<{ year: number }>(
    'select distinct year from agreements.retained_lot',
  );
  expect(lots).toEqual([{ year: 2027 }]);
  const statements = await served.test.asOwner<{ taxes: { year: number; formDueOn: string } }>(
    `select distinct document -> 'taxes' as taxes from agreements.statement`,
  );
  expect(statements.length).toBeGreaterThan(0);
  for (const { taxes } of statements) expect(taxes).toMatchObject({ year: 2027, formDueOn: '2027-09-15' });
});
