// A quarter over HTTP: drafts, the close with two signatures, one's own share and statement, terms and payments; and
// what members may not see of each other.
import { expectAccepted, systemActor } from '@habitat/kernel';
import { addMember } from '@habitat/people';
import { grantAccess } from '@habitat/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Founded } from '../../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../../testing/served-cooperative.ts';

let served: Served;
let founded: Founded;
const tokens = new Map<string, string>();

beforeAll(async () => {
  served = await Served.start();
  served.now = new Date('2026-10-02T15:00:00Z');
  founded = await served.found('riverbend');
  const { cooperativeId } = founded;
  const context = () => ({
    cooperativeId,
    actor: systemActor(cooperativeId),
    now: served.now,
    correlationId: 'test',
  });
  const everything = ['member', 'contributor', 'reviewer', 'treasurer', 'allocator', 'administrator'];
  for (const [name, roles] of [
    ['carol', everything],
    ['alice', ['member', 'contributor']],
    ['bob', [...everything, 'board_member']],
  ] as const) {
    const email = `${name}@riverbend.example`;
    const member = { displayName: name, email, joinedOn: '2026-01-15', roles };
    const { memberId } = expectAccepted(await addMember(served.test.database, context(), member));
    const access = { memberId, email, displayName: name, password: PASSWORD };
    expectAccepted(await grantAccess(served.test.database, context(), access));
  }
  await served.settle();
});
afterAll(() => served.stop());

async function signAllIn(): Promise<void> {
  for (const name of ['alice', 'bob', 'carol']) {
    tokens.set(name, (await served.signIn(`${name}@riverbend.example`)).accessToken);
  }
}

// Answers of many shapes; each test looks at its own.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function ask(who: string, query: string, variables: object = {}): Promise<any> {
  const answer = await served.ask(query, variables, tokens.get(who));
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.body.data;
}

async function refusalOf(who: string, query: string, variables: object = {}): Promise<unknown> {
  const answer = await served.ask(query, variables, tokens.get(who));
  return answer.errors[0]?.extensions;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
async function act(who: string, name: string, input: object, fields: string): Promise<any> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await ask(who, `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, {
    input,
  });
  await served.settle();
  return answer[name];
}

interface Reminder {
  readonly requestId: string;
}

/** Whoever asked reminds those who may be the second person once a day has passed, and once a day; nobody else does. */
async function remindsAfterADay(
  asker: string,
  other: string,
  reminderOf: (who: string) => Promise<Reminder | null>,
): Promise<void> {
  const here = await reminderOf(asker);
  expect(here).toMatchObject({ own: true, viewerMay: false, reachesNobody: false });
  expect(await reminderOf(other)).toMatchObject({ own: false, viewerMay: false });
  served.later(86_400);
  await signAllIn();
  expect(await reminderOf(asker)).toMatchObject({ viewerMay: true });
  const input = { requestId: here?.requestId };
  const remind = 'mutation ($input: RemindOfRequestInput!) { remindOfRequest(input: $input) { reminded } }';
  expect(await refusalOf(other, remind, { input })).toMatchObject({ reason: 'NOT_THE_ASKER' });
  expect(await refusalOf('alice', remind, { input })).toMatchObject({ reason: 'REQUEST_NOT_FOUND' });
  expect(await refusalOf(asker, remind, { input })).toBeUndefined();
  expect(await refusalOf(asker, remind, { input })).toMatchObject({ reason: 'REMINDED_TODAY' });
}
const REMINDER = 'reminder { requestId own viewerMay reachesNobody }';

const CLOSE = `{ id status viewerMay blockerCount steps { key state detail facts { label value } doneBy { displayName } }
  blockers { code text contribution { number } }
  proposal { recordHash total cashTotal retainedTotal allocable viewerMayApprove cannotBecause checks { ok text }
    proposedBy { displayName } approvedBy { displayName }
    lines { member { displayName } counts percent allocation tax cash retained share { numerator denominator } } } }`;

async function workOf(who: string, hours: string): Promise<void> {
  const input = {
    kind: 'LABOR',
    quantity: hours,
    workedOn: '2026-10-20',
    description: 'North field irrigation',
  };
  const logged = await act(who, 'logContribution', input, 'contribution { id }');
  const approver = who === 'bob' ? 'carol' : 'bob';
  await act(
    approver,
    'approveContribution',
    { contributionId: logged.contribution.id },
    'contribution { status }',
  );
}

let periodId = '';

test('terms are read by everyone and set ahead of a period', async () => {
  await signAllIn();
  const read = await ask(
    'alice',
    '{ weights { version weights { category weight } } policies { formula cashRate cashReserve regime } }',
  );
  expect(read.policies).toEqual({
    formula: 'weighted',
    cashRate: '0.20',
    cashReserve: '10000.00',
    regime: 'subchapter_k',
  });
  const weights = [{ category: 'labor', weight: '0.50' }];
  const ahead = { effectiveOn: '2027-01-01', weights, rationale: 'The assembly said so' };
  expect(await act('bob', 'setWeights', ahead, 'version needsSecond')).toEqual({
    version: 2,
    needsSecond: false,
  });
  const refused = await refusalOf(
    'alice',
    'mutation ($input: SetWeightsInput!) { setWeights(input: $input) { version } }',
    {
      input: ahead,
    },
  );
  expect(refused).toMatchObject({ code: 'FORBIDDEN' });
  const reaching = { effectiveOn: '2026-10-01', cashRate: '0.25', rationale: 'More in cash' };
  const set = await act('bob', 'setAgreementPolicies', reaching, 'termsId needsSecond');
  expect(set.needsSecond).toBe(true);
  expect((await ask('carol', '{ waitingTerms { kind version } }')).waitingTerms).toEqual([
    { kind: 'policies', version: 2 },
  ]);
  const versions =
    '{ agreementPolicyVersions { version status cashRate threshold { kind } own viewerMayDecide viewerMayDecline closedPeriod decidedBy { displayName } decisionReason setBy { displayName } } }';
  const [mine] = (await ask('bob', versions)).agreementPolicyVersions;
  const may = (sign: boolean, decline: boolean) => ({ viewerMayDecide: sign, viewerMayDecline: decline });
  expect(mine).toMatchObject({ status: 'waiting', ...may(false, true), setBy: { displayName: 'bob' } });
  expect(mine).toMatchObject({ own: true, closedPeriod: null });
  const [carols] = (await ask('carol', versions)).agreementPolicyVersions;
  expect(carols).toMatchObject({ own: false, ...may(true, true) });
  expect((await ask('alice', versions)).agreementPolicyVersions[0]).toMatchObject(may(false, false));
  await act('carol', 'decideTerms', { termsId: set.termsId, approve: false, reason: 'Not now' }, 'termsId');
  expect((await ask('bob', versions)).agreementPolicyVersions).toMatchObject([
    {
      version: 2,
      status: 'declined',
      cashRate: '0.25',
      decidedBy: { displayName: 'carol' },
      decisionReason: 'Not now',
    },
    { version: 1, status: 'in_force', cashRate: '0.20', threshold: null, viewerMayDecide: false },
  ]);
});

test('a draft is there at any time: everyone’s for the allocator, one’s own for a member', async () => {
  const rule = {
    kind: 'LABOR',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-10-02',
    rationale: 'Agreed',
    waiveNotice: true,
  };
  const made = await act('bob', 'setValuationRule', rule, 'ruleId inForce');
  if (made.inForce === false)
    await act('carol', 'confirmValuationRule', { ruleId: made.ruleId }, '__typename');
  served.now = new Date('2026-11-20T15:00:00Z');
  await signAllIn();
  await workOf('alice', '9');
  await workOf('bob', '6');
  await workOf('carol', '5');
  for (let sale = 0; sale < 4; sale += 1) {
    const entries = [
      { accountCode: '1110', book: '4000.00', tax: '4000.00' },
      { accountCode: '4130', book: '-4000.00', tax: '-4000.00' },
    ];
    await act(
      'bob',
      'postTransaction',
      { effectiveOn: '2026-11-01', description: 'Rental', entries },
      '__typename',
    );
  }
  const mine = await ask(
    'alice',
    '{ myDraftAllocation { allocation percent surplus cash cashRate notCountedCount categories { category count hours value weight counts } } }',
  );
  expect(mine.myDraftAllocation).toMatchObject({
    allocation: '7200.00',
    percent: '45.0000',
    surplus: '16000.00',
    cash: '1440.00',
  });
  expect(mine.myDraftAllocation.categories).toEqual([
    { category: 'labor', count: 1, hours: '9', value: '900.00', weight: '0.4', counts: '360' },
  ]);
  const all = await ask(
    'carol',
    '{ draftAllocation { total period { id name } lines { allocation member { displayName } } } }',
  );
  expect(all.draftAllocation.lines).toHaveLength(4);
  periodId = all.draftAllocation.period.id;
  expect(await refusalOf('alice', '{ draftAllocation { total } }')).toMatchObject({ code: 'FORBIDDEN' });
});

test('a close goes through its steps to two signatures, and the ledger finishes it', async () => {
  const begin =
    'mutation ($input: BeginPeriodCloseInput!) { beginPeriodClose(input: $input) { periodClose { id } } }';
  const early = await refusalOf('carol', begin, { input: { periodId } });
  expect(early).toMatchObject({ reason: 'PERIOD_NOT_OVER', endsOn: '2026-12-31' });
  served.now = new Date('2027-01-08T15:00:00Z');
  await signAllIn();
  const begun = await act('carol', 'beginPeriodClose', { periodId }, `periodClose ${CLOSE}`);
  const closeId = begun.periodClose.id;
  expect(begun.periodClose.viewerMay).toEqual(['confirm', 'abandon']);
  expect(await refusalOf('alice', '{ periodClose { id } }')).toMatchObject({ code: 'FORBIDDEN' });
  for (const step of [1, 2, 3])
    await act('carol', 'confirmCloseStep', { closeId, step }, 'periodClose { status }');
  const proposed = (await act('carol', 'proposeAllocation', { closeId }, `periodClose ${CLOSE}`)).periodClose;
  expect(proposed.steps[3].detail).toBe('16,000.00 in, 0.00 out, net 16,000.00');
  expect(proposed.proposal).toMatchObject({
    total: '16000.00',
    cashTotal: '3200.00',
    viewerMayApprove: false,
    cannotBecause: 'You proposed it; somebody else approves.',
    checks: [{ ok: true, text: 'Adds up to the surplus exactly' }, { ok: true }, { ok: true }],
  });
  await remindsAfterADay('carol', 'bob', async (who) => {
    const query = `query ($periodId: ID) { periodClose(periodId: $periodId) { proposal { ${REMINDER} } } }`;
    return (await ask(who, query, { periodId })).periodClose.proposal.reminder;
  });
  const approve =
    'mutation ($input: ApproveAllocationInput!) { approveAllocation(input: $input) { __typename } }';
  const { recordHash } = proposed.proposal;
  expect(await refusalOf('carol', approve, { input: { closeId, recordHash } })).toMatchObject({
    reason: 'SAME_PERSON',
    code: 'FORBIDDEN',
  });
  expect(await refusalOf('bob', approve, { input: { closeId, recordHash: 'f'.repeat(64) } })).toMatchObject({
    reason: 'PROPOSAL_CHANGED',
    code: 'CONFLICT',
  });
  await act('bob', 'approveAllocation', { closeId, recordHash }, '__typename');
  const done = (
    await ask('bob', `query ($periodId: ID) { periodClose(periodId: $periodId) ${CLOSE} }`, { periodId })
  ).periodClose;
  expect(done).toMatchObject({ status: 'completed', proposal: { approvedBy: { displayName: 'bob' } } });
  const record = await ask(
    'bob',
    'query ($periodId: ID!) { allocation(periodId: $periodId) { status recordHash verification { ok } } }',
    { periodId },
  );
  expect(record.allocation).toEqual({
    status: 'credited',
    recordHash,
    verification: [{ ok: true }, { ok: true }],
  });
});

test('a member reads how their share came out and their statement, and nobody else’s', async () => {
  const query = `query ($periodId: ID!) { myAllocation(periodId: $periodId) { final total everyoneTotal percent exact floor
    extraUnit allocation cash retained capitalAfter statementId checks { ok } policies { label value }
    share { numerator denominator } rounding { unitsLeft tiedWith } signatures { role by { displayName } }
    categories { category contributions { description value } } } }`;
  const { myAllocation } = await ask('alice', query, { periodId });
  expect(myAllocation).toMatchObject({
    final: true,
    exact: '7200.0000000',
    allocation: '7200.00',
    capitalAfter: '8100.00',
    share: { numerator: '9', denominator: '20' },
    signatures: [{ role: 'proposer' }, { role: 'approver' }],
    checks: [{ ok: true }, { ok: true }, { ok: true }],
    categories: [{ contributions: [{ description: 'North field irrigation', value: '900.00' }] }],
  });
  const read = `query ($id: ID!) { statement(id: $id) { gaveTotal surplus allocation cash taxNote
    capital { kind label book tax } lastQuarters { allocation period { name } } } }`;
  const { statement } = await ask('alice', read, { id: myAllocation.statementId });
  expect(statement.capital.at(-1)).toMatchObject({ kind: 'closing', book: '8100.00', tax: '7200.00' });
  expect(statement.taxNote).toContain('Schedule K-1 by March 15, 2027');
  const { statements } = await ask('bob', '{ statements { id } }');
  expect((await ask('alice', read, { id: statements[0].id })).statement).toBeNull();
  const bobs = await ask('bob', '{ me { member { id retainedPatronage { year leftIn } } } }');
  expect(bobs.me.member.retainedPatronage).toEqual([{ year: 2026, leftIn: '4800.00' }]);
  const others = 'query ($id: ID) { statements(memberId: $id) { id } }';
  expect(await refusalOf('alice', others, { id: bobs.me.member.id })).toMatchObject({ code: 'FORBIDDEN' });
});

test('a share is explained by its record, from the amount down to the contributions behind it', async () => {
  const fields = 'code value facts { name value } contributionIds';
  const tree = `explanation { code value children { code value children { code value children { ${fields} } } } }`;
  const mine = `query ($periodId: ID!) { myAllocation(periodId: $periodId) { ${tree}
    categories { contributions { id } } } }`;
  const { myAllocation } = await ask('alice', mine, { periodId });
  expect(myAllocation.explanation).toMatchObject({ code: 'allocation', value: '7200.00' });
  const [, share] = myAllocation.explanation.children;
  expect(share).toMatchObject({ code: 'share', value: '45.00', children: [{ code: 'weighted_total' }] });
  const [category] = share.children[0].children;
  expect(category.code).toBe('category');
  expect(category.facts).toContainEqual({ name: 'value', value: '900.00' });
  expect(category.contributionIds).toEqual([myAllocation.categories[0].contributions[0].id]);
  const { me } = await ask('alice', '{ me { member { id } } }');
  const theirs = `query ($periodId: ID!, $memberId: ID!) {
    allocation(periodId: $periodId) { explanation(memberId: $memberId) { value } } }`;
  const variables = { periodId, memberId: me.member.id };
  expect((await ask('bob', theirs, variables)).allocation.explanation).toEqual({ value: '7200.00' });
  expect(await refusalOf('alice', theirs, variables)).toMatchObject({ code: 'FORBIDDEN' });
});

test('a payment takes two people and the guards', async () => {
  const fields =
    'distribution { id status total viewerMay cashNow cashAfter lines { id status amount reason } }';
  const calculate =
    'mutation ($input: CalculateDistributionInput!) { calculateDistribution(input: $input) { __typename } }';
  const much = { basis: 'EQUAL', pool: '6000.01' };
  expect(await refusalOf('bob', calculate, { input: much })).toMatchObject({
    reason: 'CASH_RESERVE',
    most: '6000.00',
  });
  const made = (await act('bob', 'calculateDistribution', { periodId }, fields)).distribution;
  expect(made).toMatchObject({
    status: 'calculated',
    total: '3200.00',
    viewerMay: ['cancel'],
  });
  const { id: distributionId } = made;
  await remindsAfterADay('bob', 'carol', async (who) => {
    const query = `query ($id: ID!) { distribution(id: $id) { ${REMINDER} } }`;
    return (await ask(who, query, { id: distributionId })).distribution.reminder;
  });
  const approve =
    'mutation ($input: ApproveDistributionInput!) { approveDistribution(input: $input) { __typename } }';
  expect(await refusalOf('bob', approve, { input: { distributionId } })).toMatchObject({
    reason: 'SAME_PERSON',
  });
  await act('carol', 'approveDistribution', { distributionId }, fields);
  await act('bob', 'scheduleDistribution', { distributionId, payOn: '2027-01-10' }, fields);
  const next = await ask(
    'alice',
    '{ me { member { nextDistribution { amount status payOn distribution { status period { name } } } } } }',
  );
  expect(next.me.member.nextDistribution).toMatchObject({
    amount: '1440.00',
    status: 'scheduled',
    payOn: '2027-01-10',
  });
  const mine =
    'query ($periodId: ID!) { myAllocation(periodId: $periodId) { payment { amount status payOn } statementId } }';
  const { myAllocation } = await ask('alice', mine, { periodId });
  expect(myAllocation.payment).toEqual({ amount: '1440.00', status: 'scheduled', payOn: '2027-01-10' });
  const told = 'query ($id: ID!) { statement(id: $id) { payment { amount status payOn } } }';
  expect((await ask('alice', told, { id: myAllocation.statementId })).statement.payment).toEqual(
    myAllocation.payment,
  );
  const hidden = await refusalOf('alice', '{ distributions { edges { node { total } } } }');
  expect(hidden).toMatchObject({ code: 'FORBIDDEN' });
  await act(
    'bob',
    'markDistributionPaid',
    { distributionId, paidOn: '2027-01-10', reference: 'ACH 17' },
    fields,
  );
  const list = await ask(
    'carol',
    '{ distributions(first: 1) { edges { node { number status cashNow lines { status reference } } } } }',
  );
  expect(list.distributions.edges[0].node).toMatchObject({
    number: 1,
    status: 'completed',
    cashNow: '12800.00',
  });
  const booked = await ask(
    'bob',
    '{ journal(source: "distribution", first: 1) { head { payment { amount member { displayName } distribution { id } } } } }',
  );
  const { payment } = booked.journal.head;
  expect(payment.distribution.id).toBe(distributionId);
  expect(made.lines.map(({ amount }: { amount: string }) => amount)).toContain(payment.amount);
  const others = await ask('bob', '{ journal(source: "close", first: 1) { head { payment { id } } } }');
  expect(others.journal.head.payment).toBeNull();
});
