// A contribution's way over the endpoint, as the pages ask for it: options, preview, log, queue, decision, books.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, Served } from '../../testing/served-cooperative.ts';
import type { Answer, Founded } from '../../testing/served-cooperative.ts';

let served: Served;
let river: Founded;
const token = { admin: '', alice: '', bob: '', carol: '' };
const member = { alice: '', bob: '', carol: '' };

async function act(name: string, input: object, who: string, payload = 'contribution { id number status }') {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return served.ask(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`,
    { input },
    who,
  );
}

function told(answer: Answer): unknown {
  return answer.errors[0]?.extensions;
}

async function join(name: 'alice' | 'bob' | 'carol', roles: string[]): Promise<void> {
  const email = `${name}@riverbend.example`;
  const input = { displayName: name, email, roles, joinedOn: '2026-10-01' };
  const added = await act('addMember', input, token.admin, 'member { id number roles { role } }');
  member[name] = added.body.data.addMember.member.id;
  const access = { memberId: member[name], email, displayName: name, password: PASSWORD };
  await served.settle();
  expect(told(await act('grantAccess', access, token.admin, 'memberId'))).toBeUndefined();
  token[name] = (await served.signIn(email)).accessToken;
}

beforeAll(async () => {
  served = await Served.start();
  river = await served.found('riverbend');
  token.admin = (await served.signIn(river.email)).accessToken;
  await join('alice', ['full_member']);
  await join('bob', ['operations_steward']);
  await join('carol', ['operations_steward']);
  const rule = {
    kind: 'LABOR',
    category: 'Engineering',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-10-01',
    rationale: 'first',
  };
  expect(told(await act('setValuationRule', rule, token.admin, 'version inForce'))).toBeUndefined();
});
afterAll(() => served.stop());

const work = {
  kind: 'LABOR',
  category: 'Engineering',
  quantity: '6',
  workedOn: '2026-11-19',
  description: 'Pump controller',
};

async function logged(more: object = {}, who = token.alice): Promise<string> {
  const answer = await act('logContribution', { ...work, ...more }, who);
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.body.data.logContribution.contribution.id;
}

const DETAIL = `query ($id: ID!) { contribution(id: $id) {
  number status kind category quantity originalQuantity unit workedOn description value tax treatment rate ruleVersion
  signaturesNeeded ageDays stale mine viewerMay cannotBecause late autoApproved postingProblem transactionId submittedAt
  member { displayName } evidence { label url } signatures { at role by { displayName } }
  posting { accountCode book tax }
  history { act at reason by { displayName } } comments { text at by { displayName } }
  memberYear { approvedAsLogged adjusted rejected recent { number } } } }`;
const detail = async (id: string, who: string) =>
  (await served.ask(DETAIL, { id }, who)).body.data.contribution;

test('a member sees their choices, what six hours are worth and who decides', async () => {
  const options = await served.ask(
    '{ contributionOptions { lastKind kinds { kind unit categories { category rate method } } } }',
    {},
    token.alice,
  );
  const labor = options.body.data.contributionOptions.kinds.find(
    (one: { kind: string }) => one.kind === 'LABOR',
  );
  expect(labor).toEqual({
    kind: 'LABOR',
    unit: 'hour',
    categories: [{ category: 'Engineering', rate: '100', method: 'rate' }],
  });
  const { description: _, ...input } = work;
  const query = `query ($input: ContributionPreviewInput!) { contributionPreview(input: $input) {
    quantity unit rate ruleVersion ruleLabel value book tax needsSignatures problem period { name } decidedBy { displayName } } }`;
  const preview = await served.ask(query, { input }, token.alice);
  expect(preview.body.data.contributionPreview).toMatchObject({
    quantity: '6',
    unit: 'hour',
    rate: '100',
    ruleVersion: 1,
    ruleLabel: 'Engineering',
    value: '600.00',
    book: '600.00',
    tax: '0.00',
    needsSignatures: 1,
    problem: null,
    decidedBy: [{ displayName: 'bob' }, { displayName: 'carol' }],
  });
  const wrong = await served.ask(query, { input: { ...input, quantity: '25' } }, token.alice);
  expect(told(wrong)).toMatchObject({
    code: 'VALIDATION_ERROR',
    reason: 'OVER_24_HOURS',
    path: ['input', 'quantity'],
  });
});

test('from a logged hour to the books, with its whole history', async () => {
  const id = await logged({ evidence: [{ label: 'photo', url: 'https://example.org/p.jpg' }] });
  expect(await detail(id, token.alice)).toMatchObject({
    status: 'SUBMITTED',
    value: '600.00',
    mine: true,
    viewerMay: ['comment', 'edit', 'withdraw'],
  });
  const stored = '($id: ID!) { contribution(id: $id) { preview { quantity value counts problem } } }';
  const previewFor = async (who: string) =>
    (await served.ask(`query ${stored}`, { id }, who)).body.data.contribution.preview;
  expect(await previewFor(token.alice)).toMatchObject({ quantity: '6', value: '600.00', problem: null });
  expect(await previewFor(token.bob)).toBeNull();
  expect(await detail(id, token.bob)).toMatchObject({
    mine: false,
    viewerMay: ['approve', 'adjust', 'ask', 'reject', 'comment'],
    cannotBecause: null,
  });
  const queue = await served.ask(
    '{ me { counts { approvals } } approvalQueue { totalCount staleCount edges { node { id } } } }',
    {},
    token.bob,
  );
  expect(queue.body.data.approvalQueue).toMatchObject({
    totalCount: 1,
    staleCount: 0,
    edges: [{ node: { id } }],
  });
  expect(queue.body.data.me.counts.approvals).toBe(1);
  expect(told(await act('approveContribution', { contributionId: id }, token.bob))).toBeUndefined();
  await served.settle();
  const done = await detail(id, token.alice);
  expect(done).toMatchObject({
    status: 'APPLIED',
    signatures: [{ role: 'reviewer', by: { displayName: 'bob' } }],
    evidence: [{ label: 'photo' }],
  });
  expect(done.transactionId).not.toBeNull();
  expect(done.history.map((step: { act: string }) => step.act)).toEqual([
    'logged',
    'submitted',
    'approved',
    'valued',
    'applied',
  ]);
});

describe('refusals come with the code, the reason and the place', () => {
  test('nobody approves their own', async () => {
    const id = await logged({}, token.bob);
    expect(told(await act('approveContribution', { contributionId: id }, token.bob))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'OWN_CONTRIBUTION',
    });
  });

  test('a member without the role is stopped at the field, another member’s work does not exist for them', async () => {
    const id = await logged({}, token.bob);
    expect(told(await act('approveContribution', { contributionId: id }, token.alice))).toMatchObject({
      code: 'FORBIDDEN',
    });
    const seen = await served.ask(
      'query ($id: ID!) { contribution(id: $id) { number } }',
      { id },
      token.alice,
    );
    expect(told(seen)).toMatchObject({ code: 'NOT_FOUND' });
    expect(told(await act('withdrawContribution', { contributionId: id }, token.alice))).toMatchObject({
      reason: 'FORBIDDEN',
    });
    expect(told(await served.ask('{ members { totalCount } }', {}, token.alice))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('a wrong state is a conflict, a future day points at workedOn', async () => {
    const id = await logged();
    await act('withdrawContribution', { contributionId: id }, token.alice);
    expect(told(await act('approveContribution', { contributionId: id }, token.bob))).toMatchObject({
      code: 'CONFLICT',
      reason: 'WRONG_STATE',
      status: 'withdrawn',
    });
    const future = await act('logContribution', { ...work, workedOn: '2027-01-01' }, token.alice);
    expect(told(future)).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'FUTURE_DATE',
      path: ['input', 'workedOn'],
    });
  });
});

test('a truck takes two signatures, a question and an answer, and says what it would post', async () => {
  const truck = {
    kind: 'IN_KIND',
    quantity: '1',
    declaredValue: '10000.00',
    costBasis: '7000.00',
    workedOn: '2026-11-18',
    description: 'Box truck',
  };
  const id = await logged(truck);
  await act('approveContribution', { contributionId: id }, token.bob);
  await act('askAboutContribution', { contributionId: id, question: 'With the lift gate?' }, token.carol);
  const asked = await served.ask('{ me { member { openQuestions { id } } } }', {}, token.alice);
  expect(asked.body.data.me.member.openQuestions).toEqual([{ id }]);
  await act('answerQuestion', { contributionId: id, answer: 'Yes, page 2.' }, token.alice);
  expect(await detail(id, token.carol)).toMatchObject({
    status: 'SUBMITTED',
    signaturesNeeded: 2,
    signatures: [{ by: { displayName: 'bob' } }],
    value: '10000.00',
    tax: '7000.00',
  });
  const bulk = await act(
    'approveContributions',
    { contributionIds: [id, await logged({}, token.carol)] },
    token.carol,
    'results { ok reason contribution { status } }',
  );
  expect(bulk.body.data.approveContributions.results).toEqual([
    { ok: true, reason: null, contribution: { status: 'VALUED' } },
    { ok: false, reason: 'OWN_CONTRIBUTION', contribution: { status: 'SUBMITTED' } },
  ]);
});

test('an adjustment shows the member what was logged and why it changed', async () => {
  const id = await logged({ quantity: '11' });
  await act('adjustContribution', { contributionId: id, quantity: '8', reason: 'lunch' }, token.carol);
  const seen = await detail(id, token.alice);
  expect(seen).toMatchObject({
    status: 'VALUED',
    quantity: '8',
    originalQuantity: '11',
    value: '800.00',
    memberYear: { adjusted: 1 },
  });
  expect(seen.history.find((step: { act: string }) => step.act === 'adjusted')).toMatchObject({
    reason: 'lunch',
    by: { displayName: 'carol' },
  });
});

test('pages follow each other without skipping or repeating', async () => {
  const query =
    'query ($after: String) { contributions(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }';
  const seen: string[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const { body }: Answer = await served.ask(query, { after }, token.bob);
    const { edges, pageInfo, totalCount } = body.data.contributions;
    seen.push(...edges.map((edge: { node: { id: string } }) => edge.node.id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    total = totalCount;
  } while (after !== null);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(total);
});

test('policies and roles are set and read back', async () => {
  const policy = {
    twoApproversFrom: '1000.00',
    inKindTwoApproversFrom: '2000.00',
    staleDays: 2,
    rationale: 'smaller steps',
    routes: [{ kind: 'LABOR', approverMemberId: member.bob, backupMemberId: member.carol, withinDays: 1 }],
  };
  expect(told(await act('setApprovalPolicy', policy, token.admin, 'version'))).toBeUndefined();
  // The founder is alone: looser rules wait, and the page can say for whom.
  const looser = { ...policy, twoApproversFrom: '9000.00' };
  const asked = await act('setApprovalPolicy', looser, token.admin, 'version needsSecond');
  expect(asked.body.data.setApprovalPolicy).toEqual({ version: 2, needsSecond: true });
  const alone = '{ cooperative { hasSecondAdministrator } approvalPolicyRequests { viewerMay } }';
  expect((await served.ask(alone, {}, token.admin)).body.data).toEqual({
    cooperative: { hasSecondAdministrator: false },
    approvalPolicyRequests: [{ viewerMay: ['decline'] }],
  });
  const read = await served.ask(
    '{ approvalPolicy { version twoApproversFrom inKindTwoApproversFrom staleDays routes { kind approver { displayName } } } }',
    {},
    token.alice,
  );
  expect(read.body.data.approvalPolicy).toEqual({
    version: 2,
    twoApproversFrom: '1000.00',
    inKindTwoApproversFrom: '2000.00',
    staleDays: 2,
    routes: [{ kind: 'LABOR', approver: { displayName: 'bob' } }],
  });
  const { approvalPolicy: inForce } = (
    await served.ask('{ approvalPolicy { rationale setBy { id } } }', {}, token.alice)
  ).body.data;
  expect(inForce).toMatchObject({ rationale: 'smaller steps', setBy: { id: expect.any(String) } });
  const standing = 'query ($id: ID!) { member(id: $id) { status nextStatuses hasLogin } }';
  const asBob = await served.ask(standing, { id: member.alice }, token.bob);
  expect(asBob.body.data.member).toEqual({
    status: 'ACTIVE',
    nextStatuses: ['SUSPENDED', 'INACTIVE', 'WITHDRAWING', 'EXPELLED'],
    hasLogin: true,
  });
  expect(
    told(
      await act(
        'setServicesTaxPolicy',
        { method: 'C', percent: '40', rationale: 'accountant' },
        token.admin,
        'version',
      ),
    ),
  ).toBeUndefined();
  const self = {
    memberId: Buffer.from(`Member:${river.memberId}`).toString('base64url'),
    role: 'auditor',
    reason: 'me',
  };
  expect(told(await act('assignRole', self, token.admin, 'member { id }'))).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'SELF_GRANT',
  });
});

test('who may not decide is FORBIDDEN, what stands against it a CONFLICT, a choice off the list a fault of the input', async () => {
  const id = await logged({ quantity: '5' });
  expect(told(await act('approveContribution', { contributionId: id }, token.carol))).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'NOT_YOUR_TURN',
    approver: 'bob',
  });
  const resting = {
    memberId: Buffer.from(`Member:${river.memberId}`).toString('base64url'),
    status: 'INACTIVE',
    reason: 'rest',
  };
  expect(told(await act('changeMemberStatus', resting, token.admin, 'member { id }'))).toMatchObject({
    code: 'CONFLICT',
    reason: 'LAST_ADMINISTRATOR',
  });
  const king = { memberId: member.alice, role: 'king', reason: 'crown' };
  expect(told(await act('assignRole', king, token.admin, 'member { id }'))).toMatchObject({
    code: 'VALIDATION_ERROR',
    reason: 'UNKNOWN_ROLE',
    path: ['input', 'role'],
  });
});

test('a week is logged in one act: each day by itself, once however often it is sent, and valued as it was previewed', async () => {
  const days = ['2026-11-16', '2026-11-17', '2026-11-18'];
  const week = days.map((workedOn, index) => ({
    ...work,
    workedOn,
    quantity: ['3', '25', '1:30'][index],
    description: 'Weekly rounds',
  }));
  const previews = await served.ask(
    'query ($inputs: [ContributionPreviewInput!]!) { contributionPreviews(inputs: $inputs) { problem preview { value } } }',
    { inputs: week.map(({ description: _, ...entry }) => entry) },
    token.alice,
  );
  expect(previews.body.data.contributionPreviews).toEqual([
    { problem: null, preview: { value: '300.00' } },
    { problem: 'OVER_24_HOURS', preview: null },
    { problem: null, preview: { value: '150.00' } },
  ]);
  const payload = 'results { reason message contribution { number workedOn value status } }';
  const input = { entries: week, idempotencyKey: 'the-week-of-november-16' };
  const first = await act('logContributions', input, token.alice, payload);
  expect(first.body.data.logContributions.results).toMatchObject([
    { reason: null, contribution: { workedOn: '2026-11-16', value: '300.00', status: 'SUBMITTED' } },
    { reason: 'OVER_24_HOURS', contribution: null },
    { reason: null, contribution: { workedOn: '2026-11-18', value: '150.00', status: 'SUBMITTED' } },
  ]);
  const again = await act('logContributions', input, token.alice, payload);
  expect(again.body.data).toEqual(first.body.data);
  const found = await served.ask(
    `query ($from: LocalDate, $to: LocalDate) {
      contributions(from: $from, to: $to, category: "engineering", search: "weekly") { totalCount edges { node { workedOn } } } }`,
    { from: '2026-11-16', to: '2026-11-17' },
    token.alice,
  );
  expect(found.body.data.contributions.edges).toEqual([{ node: { workedOn: '2026-11-16' } }]);
});
