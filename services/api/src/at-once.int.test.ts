// Many at the same time over HTTP: two closes, two approvers of one item, postings that race a close; and the weights,
// caps and values no close can be made with. Whatever loses is told why, and the books hold each thing once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from './guard/allowance.ts';
import { Party } from './testing/party.ts';
import type { Answer } from './testing/served-cooperative.ts';
import { Served } from './testing/served-cooperative.ts';

let served: Served;
let party: Party;

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  served.now = new Date('2026-10-02T15:00:00Z');
  const office = ['member', 'contributor', 'reviewer', 'treasurer', 'allocator', 'administrator'] as const;
  party = await Party.join(served, await served.found('riverbend'), {
    carol: [...office],
    bob: [...office, 'board_member'],
    alice: ['member', 'contributor'],
  });
  const rate = {
    kind: 'LABOR',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-10-02',
    rationale: 'Agreed',
  };
  const rule = await party.act('bob', 'setValuationRule', { ...rate, waiveNotice: true }, 'ruleId inForce');
  if (rule.inForce === false) await party.act('carol', 'confirmValuationRule', { ruleId: rule.ruleId });
  served.now = new Date('2026-11-20T15:00:00Z');
  await party.signInAgain();
});
afterAll(() => served.stop());

const outcomes = (answers: readonly Answer[]): string[] =>
  answers.map(({ errors }) => String(errors[0]?.extensions['reason'] ?? 'done')).sort();

async function log(who: string, hours: string): Promise<string> {
  const work = { kind: 'LABOR', quantity: hours, workedOn: '2026-11-10', description: 'Irrigation' };
  return (await party.act(who, 'logContribution', work, 'contribution { id }')).contribution.id;
}

const send = (who: string, name: string, input: object) =>
  party.answer(
    who,
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename } }`,
    { input },
  );

async function count(sql: string): Promise<number> {
  const [row] = await served.test.asOwner<{ n: number }>(`select count(*)::int as n from ${sql}`);
  return row?.n ?? 0;
}

test('of two approvers of one contribution at once one decides, and it is posted once', async () => {
  const contributionId = await log('alice', '9');
  const answers = await Promise.all(
    ['bob', 'carol', 'bob', 'carol'].map((who) => send(who, 'approveContribution', { contributionId })),
  );
  expect(outcomes(answers).filter((outcome) => outcome === 'done')).toHaveLength(1);
  for (const { errors } of answers)
    if (errors.length > 0) expect(errors[0]?.extensions['code']).toBe('CONFLICT');
  await served.settle();
  expect(await count(`treasury.transaction where provenance_type = 'contribution'`)).toBe(1);
  expect(await count(`platform.event where type = 'people.contribution.valued'`)).toBe(1);
});

test('hours below zero and an address that is taken are refused, each at its field', async () => {
  const work = { kind: 'LABOR', quantity: '-3', workedOn: '2026-11-10', description: 'Undone' };
  expect(await party.refusedAct('alice', 'logContribution', work)).toMatchObject({
    code: 'VALIDATION_ERROR',
    path: ['input', 'quantity'],
  });
  const twin = { displayName: 'Al', email: 'ALICE@riverbend.example', joinedOn: '2026-11-01' };
  expect(await party.refusedAct('bob', 'addMember', twin)).toMatchObject({
    code: 'CONFLICT',
    reason: 'EMAIL_TAKEN',
    path: ['input', 'email'],
  });
});

test('weights of zero are refused where they are set', async () => {
  const weights = [{ category: 'labor', weight: '0' }];
  const zero = { effectiveOn: '2027-01-01', weights, rationale: 'Nothing counts' };
  const before = await count('agreements.terms');
  expect(await party.refusedAct('bob', 'setWeights', zero)).toMatchObject({ code: 'VALIDATION_ERROR' });
  expect(await count('agreements.terms')).toBe(before);
});

let closeId = '';

test('of closes begun at once one begins, and the others are told of it', async () => {
  for (const [who, other] of [
    ['bob', 'carol'],
    ['carol', 'bob'],
  ] as const)
    await party.act(other, 'approveContribution', { contributionId: await log(who, '5') });
  const { periods } = await party.ask('bob', '{ periods { id } }');
  const begin = { periodId: periods[0].id, earlyBecause: 'The season is over' };
  const answers = await Promise.all(
    ['bob', 'carol', 'bob', 'carol', 'bob'].map((who) => send(who, 'beginPeriodClose', begin)),
  );
  expect(outcomes(answers).filter((outcome) => outcome === 'done')).toHaveLength(1);
  for (const { errors } of answers)
    if (errors.length > 0) expect(errors[0]?.extensions['code']).toBe('CONFLICT');
  expect(await count('agreements.period_close')).toBe(1);
  closeId = (await party.ask('bob', '{ periodClose { id } }')).periodClose.id;
});

test('postings that race the final books are all in the income statement, or refused', async () => {
  for (const step of [1, 2]) await party.act('bob', 'confirmCloseStep', { closeId, step });
  const sell = () =>
    send('carol', 'postTransaction', {
      effectiveOn: '2026-11-12',
      description: 'Event rental',
      entries: [
        { accountCode: '1110', book: '100.00' },
        { accountCode: '4130', book: '-100.00' },
      ],
    });
  const early = await Promise.all([sell(), sell()]);
  const [, ...late] = await Promise.all([
    party.act('bob', 'confirmCloseStep', { closeId, step: 3 }),
    ...Array.from({ length: 30 }, sell),
  ]);
  await served.settle();
  const told = outcomes([...early, ...late]);
  expect(new Set(told)).toEqual(
    new Set(told.includes('PERIOD_NOT_OPEN') ? ['PERIOD_NOT_OPEN', 'done'] : ['done']),
  );
  const posted = told.filter((outcome) => outcome === 'done').length;
  expect(posted).toBeGreaterThanOrEqual(2);
  expect(outcomes([await sell()])).toEqual(['PERIOD_NOT_OPEN']);
  const query = `{ incomeStatement(from: "2026-10-01", to: "2026-12-31") { netIncome { book } } }`;
  const { incomeStatement } = await party.ask('bob', query);
  expect(incomeStatement.netIncome.book).toBe(`${posted * 100}.00`);
  const [prepared] = await served.test.asOwner<{ net: string }>(
    `select payload -> 'netIncome' ->> 'bookMinor' as net from platform.event where type = 'treasury.income_statement.prepared'`,
  );
  expect(prepared?.net).toBe(String(posted * 10_000));
});

test('a cap that all members together cannot reach stops the proposal and nothing else', async () => {
  const capped = { effectiveOn: '2026-10-01', maximumShare: '0.3', rationale: 'Nobody too much' };
  const { termsId } = await party.act('bob', 'setAgreementPolicies', capped, 'termsId');
  await party.act('carol', 'decideTerms', { termsId, approve: true });
  expect(await party.refusedAct('bob', 'proposeAllocation', { closeId })).toMatchObject({
    code: 'VALIDATION_ERROR',
    reason: 'INFEASIBLE_CAP',
    members: 3,
  });
  const { periodClose } = await party.ask('bob', '{ periodClose { status proposal { recordHash } } }');
  expect(periodClose).toEqual({ status: 'running', proposal: null });
  expect(await count('agreements.allocation')).toBe(0);
});

test('of two who approve an allocation at once one does, and the surplus is credited once', async () => {
  const feasible = { effectiveOn: '2026-10-01', maximumShare: '0.5', rationale: 'Half at most' };
  const { termsId } = await party.act('bob', 'setAgreementPolicies', feasible, 'termsId');
  await party.act('carol', 'decideTerms', { termsId, approve: true });
  await party.act('carol', 'proposeAllocation', { closeId });
  const query = '{ periodClose { status proposal { recordHash } } }';
  const { recordHash } = (await party.ask('bob', query)).periodClose.proposal;
  const answers = await Promise.all(
    ['bob', 'bob', 'bob'].map((who) => send(who, 'approveAllocation', { closeId, recordHash })),
  );
  expect(outcomes(answers).filter((outcome) => outcome === 'done')).toHaveLength(1);
  await served.settle();
  expect((await party.ask('bob', query)).periodClose.status).toBe('completed');
  expect(await count(`treasury.transaction where provenance_part = 'crediting'`)).toBe(1);
});
