// The what-if page over the endpoint: the browser calculates from the very inputs of the draft, and what was tried out
// is saved as terms, alone for a period to come and by two people for one already begun.
import { calculateAllocation, readAllocationInput } from '@habitat/patronage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';

let served: Served;
const token = { admin: '', second: '', alloc: '', alice: '', other: '' };
let periodId = '';

function act(name: string, input: object, who: string, payload: string): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  return served.ask(query, { input }, who);
}
const told = (answer: Answer) => answer.errors[0]?.extensions;

async function done(name: string, input: object, who: string, payload: string) {
  const answer = await act(name, input, who, payload);
  if (answer.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
  await served.settle();
  return answer.body.data[name];
}

beforeAll(async () => {
  served = await Served.start();
  const river = await served.found('riverbend');
  token.admin = (await served.signIn(river.email)).accessToken;
  token.other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
  for (const [name, roles] of [
    ['second', ['member', 'administrator', 'reviewer', 'treasurer']],
    ['alloc', ['member', 'contributor', 'allocator']],
    ['alice', ['member', 'contributor']],
  ] as const) {
    const email = `${name}@riverbend.example`;
    const input = { displayName: name, email, roles, joinedOn: '2026-10-01' };
    const { member } = await done('addMember', input, token.admin, 'member { id }');
    const access = { memberId: member.id, email, displayName: name, password: PASSWORD };
    await done('grantAccess', access, token.admin, 'memberId');
    token[name] = (await served.signIn(email)).accessToken;
  }
  const rule = { kind: 'LABOR', method: 'rate', rate: '50', effectiveFrom: '2026-10-01', rationale: 'x' };
  await done('setValuationRule', rule, token.admin, 'version');
  for (const [who, kind, quantity] of [
    [token.alice, 'LABOR', '6'],
    [token.alloc, 'LABOR', '3'],
    [token.alloc, 'CASH', '700'],
  ] as const) {
    const work = { kind, quantity, workedOn: '2026-11-10', description: 'x' };
    const { contribution } = await done('logContribution', work, who, 'contribution { id }');
    await done(
      'approveContribution',
      { contributionId: contribution.id },
      token.second,
      'contribution { id }',
    );
  }
  const sale = {
    effectiveOn: '2026-11-12',
    description: 'Sales',
    entries: [
      { accountCode: '1110', book: '1000.00', tax: '1000.00' },
      { accountCode: '4210', book: '-1000.00', tax: '-1000.00' },
    ],
  };
  await done('postTransaction', sale, token.second, '__typename');
  const periods = await served.ask('{ draftAllocation { period { id } } }', {}, token.alloc);
  periodId = periods.body.data.draftAllocation.period.id;
});
afterAll(() => served.stop());

const INPUTS = `query ($id: ID!) { draftInputs(periodId: $id) { weightsVersion policiesVersion contributionCount input
  period { id } members { memberId memberClass eligible member { displayName } } } }`;

async function inputs(who = token.alloc) {
  const answer = await served.ask(INPUTS, { id: periodId }, who);
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.body.data.draftInputs;
}

test('a browser that calculates from the inputs gets the server’s draft to the cent', async () => {
  const found = await inputs();
  expect(found.period.id).toBe(periodId);
  expect(found.contributionCount).toBe(3);
  const today = await served.ask('{ draftInputs { input period { id } } }', {}, token.alloc);
  expect(today.body.data.draftInputs).toEqual({ input: found.input, period: { id: periodId } });
  const calculated = calculateAllocation(readAllocationInput(found.input));
  if (!calculated.ok) throw new Error(calculated.refusal.code);
  const nameOf = new Map<string, string>(
    found.members.map((one: { memberId: string; member: { displayName: string } }) => [
      one.memberId,
      one.member.displayName,
    ]),
  );
  const here = Object.fromEntries(
    calculated.value.members.map((one) => [nameOf.get(one.memberId), one.allocationMinor.toString()]),
  );
  const { draftAllocation } = (
    await served.ask('{ draftAllocation { lines { allocation member { displayName } } } }', {}, token.alloc)
  ).body.data;
  const there = Object.fromEntries(
    draftAllocation.lines.map((line: { allocation: string; member: { displayName: string } }) => [
      line.member.displayName,
      line.allocation.replace('.', '').replace(/^0+(?=\d)/, ''),
    ]),
  );
  expect(here).toEqual(there);
  expect(BigInt(here['alice'] ?? '0')).toBeGreaterThan(0n);
});

test('other weights give another result in the browser and change nothing on the server', async () => {
  const input = readAllocationInput((await inputs()).input);
  const without = calculateAllocation({ ...input, policy: { ...input.policy, weights: { labor: '1' } } });
  const before = calculateAllocation(input);
  if (!before.ok) throw new Error(before.refusal.code);
  // A category given without a weight is refused, as the server would.
  expect(without.ok).toBe(false);
  const halved = calculateAllocation({
    ...input,
    policy: { ...input.policy, weights: { ...input.policy.weights, cash: '0.000001' } },
  });
  if (!halved.ok) throw new Error(halved.refusal.code);
  const sum = (members: readonly { allocationMinor: bigint }[]) =>
    members.reduce((total, one) => total + one.allocationMinor, 0n);
  expect(sum(halved.value.members)).toBe(sum(before.value.members));
  expect(halved.value.members.map((one) => one.allocationMinor)).not.toEqual(
    before.value.members.map((one) => one.allocationMinor),
  );
  expect((await inputs()).weightsVersion).toBe(1);
});

test('neither a member nor another cooperative gets anybody’s inputs', async () => {
  const byMember = await served.ask(INPUTS, { id: periodId }, token.alice);
  expect(told(byMember)).toMatchObject({ code: 'FORBIDDEN' });
  const foreign = await served.ask(INPUTS, { id: periodId }, token.other);
  expect(told(foreign)).toMatchObject({ code: 'NOT_FOUND' });
});

const SAVED = 'needsSecond weights { termsId version needsSecond } policies { termsId version needsSecond }';
const proposal = (effectiveOn: string) => ({
  effectiveOn,
  rationale: 'as tried out',
  weights: [
    { category: 'labor', weight: '0.6' },
    { category: 'cash', weight: '0.2' },
  ],
  maximumShare: '0.5',
  threshold: { kind: 'hours', number: '2' },
});

test('for a period to come one administrator suffices; the same key saves once', async () => {
  const input = { ...proposal('2027-01-01'), idempotencyKey: 'next-year' };
  const saved = await done('savePatronageProposal', input, token.admin, SAVED);
  expect(saved).toMatchObject({ needsSecond: false, weights: { version: 2 }, policies: { version: 2 } });
  expect(await done('savePatronageProposal', input, token.admin, SAVED)).toEqual(saved);
  const { weights } = (
    await served.ask(
      '{ weights { version status effectiveOn setBy { displayName } decidedBy { displayName } } }',
      {},
      token.alice,
    )
  ).body.data;
  expect(weights).toHaveLength(2);
  expect(weights[0]).toEqual({
    version: 2,
    status: 'in_force',
    effectiveOn: '2027-01-01',
    setBy: { displayName: 'Admin of riverbend' },
    decidedBy: null,
  });
});

test('for the running period it waits for a second person, never the same, and then counts', async () => {
  const saved = await done('savePatronageProposal', proposal('2026-10-01'), token.admin, SAVED);
  expect(saved.needsSecond).toBe(true);
  expect(await inputs()).toMatchObject({ weightsVersion: 1, policiesVersion: 1 });
  const waiting = await served.ask('{ waitingTerms { id kind } }', {}, token.second);
  expect(waiting.body.data.waitingTerms).toHaveLength(2);
  const self = await act(
    'decideTerms',
    { termsId: saved.weights.termsId, approve: true },
    token.admin,
    'termsId',
  );
  expect(told(self)).toMatchObject({ code: 'FORBIDDEN', reason: 'SAME_PERSON' });
  const byMember = await act(
    'decideTerms',
    { termsId: saved.weights.termsId, approve: true },
    token.alice,
    'termsId',
  );
  expect(told(byMember)).toMatchObject({ code: 'FORBIDDEN' });
  for (const one of [saved.weights, saved.policies]) {
    await done('decideTerms', { termsId: one.termsId, approve: true }, token.second, 'termsId');
  }
  expect(await inputs()).toMatchObject({ weightsVersion: 3, policiesVersion: 3 });
  const now = await served.ask('{ policies { maximumShare thresholdKind } }', {}, token.alice);
  expect(now.body.data.policies).toEqual({ maximumShare: '0.5', thresholdKind: 'hours' });
});

test('nothing, a wrong weight or the wrong role saves nothing at all', async () => {
  const empty = { effectiveOn: '2027-01-01', rationale: 'x' };
  expect(told(await act('savePatronageProposal', empty, token.admin, SAVED))).toMatchObject({
    reason: 'NOTHING_PROPOSED',
  });
  const wrong = { ...proposal('2027-01-01'), weights: [{ category: 'labor', weight: '0' }] };
  expect(told(await act('savePatronageProposal', wrong, token.admin, SAVED))).toMatchObject({
    code: 'VALIDATION_ERROR',
    reason: 'WEIGHT_NOT_POSITIVE',
  });
  for (const who of [token.alloc, token.alice]) {
    expect(told(await act('savePatronageProposal', proposal('2027-01-01'), who, SAVED))).toMatchObject({
      code: 'FORBIDDEN',
    });
  }
  const versions = await served.ask(
    '{ weights { version } agreementPolicyVersions { version } }',
    {},
    token.admin,
  );
  expect(versions.body.data.weights).toHaveLength(3);
  expect(versions.body.data.agreementPolicyVersions).toHaveLength(3);
});
