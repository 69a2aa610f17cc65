// Peers over the endpoint, as the pages ask: a member without any office finds what waits for their word and nothing else
// of the colleague, two of them approve it, and its author reads who did.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';

let served: Served;
const token: Record<string, string> = {};

async function act(name: string, input: object, who: string, payload = 'contributionId'): Promise<Answer> {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`;
  return served.ask(query, { input }, token[who]);
}
const told = (answer: Answer) => answer.errors[0]?.extensions;
const ask = (query: string, who: string, variables: object = {}) => served.ask(query, variables, token[who]);

async function join(name: string, roles: string[]): Promise<void> {
  const email = `${name}@riverbend.example`;
  const input = { displayName: name, email, roles, joinedOn: '2026-10-01' };
  const added = await act('addMember', input, 'admin', 'member { id }');
  const memberId = added.body.data.addMember.member.id;
  await served.settle();
  const access = { memberId, email, displayName: name, password: PASSWORD };
  expect(told(await act('grantAccess', access, 'admin', 'memberId'))).toBeUndefined();
  token[name] = (await served.signIn(email)).accessToken;
}

const RULE = 'kind category peers days onTimeout role sameClass';

beforeAll(async () => {
  served = await Served.start();
  token['admin'] = (await served.signIn((await served.found('riverbend')).email)).accessToken;
  for (const name of ['alice', 'bob', 'cy']) await join(name, ['full_member']);
  await join('dee', ['administrator']);
  const rate = {
    kind: 'LABOR',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-10-01',
    rationale: 'first',
  };
  expect(told(await act('setValuationRule', rate, 'admin', 'version'))).toBeUndefined();
  const policy = {
    twoApproversFrom: '2500.00',
    staleDays: 3,
    peerRules: [{ kind: 'LABOR', category: 'Fences', peers: 2, days: 3, onTimeout: 'ESCALATE' }],
    rationale: 'whoever stood beside it knows',
  };
  const set = await act('setApprovalPolicy', policy, 'admin', 'needsSecond');
  expect(set.body.data.setApprovalPolicy).toEqual({ needsSecond: true });
  const waiting = await ask(`{ approvalPolicyRequests { id policy { peerRules { ${RULE} } } } }`, 'dee');
  const [request] = waiting.body.data.approvalPolicyRequests;
  const agreed = { requestId: request.id, approve: true };
  expect(told(await act('decideApprovalPolicyRequest', agreed, 'dee', 'version'))).toBeUndefined();
});
afterAll(() => served.stop());

const work = {
  kind: 'LABOR',
  category: 'Fences',
  quantity: '6',
  workedOn: '2026-11-19',
  description: 'The long fence',
};
async function logged(): Promise<string> {
  const answer = await act('logContribution', work, 'alice', 'contribution { id }');
  return answer.body.data.logContribution.contribution.id;
}
const QUEUE = `{ me { isPeer counts { peers } } peerQueue { totalCount edges { node {
  id member { displayName } category quantity description needed validated until onTimeout } } } }`;
const nothing = { totalCount: 0, edges: [] };
const peersOf = async (id: string) => {
  const query = `query ($id: ID!) { contribution(id: $id) { status turn { because } viewerMay peers {
    state needed validated until onTimeout words { by { displayName } verdict } } } }`;
  return (await ask(query, 'alice', { id })).body.data.contribution;
};

test('two colleagues without an office approve it, and its author reads who', async () => {
  const rules = await ask(`{ approvalPolicy { peerRules { ${RULE} } } }`, 'alice');
  expect(rules.body.data.approvalPolicy.peerRules).toEqual([
    {
      kind: 'LABOR',
      category: 'Fences',
      peers: 2,
      days: 3,
      onTimeout: 'ESCALATE',
      role: null,
      sameClass: false,
    },
  ]);
  const { category, quantity, kind, workedOn } = work;
  const preview = `query ($input: ContributionPreviewInput!) { contributionPreview(input: $input) { peersNeeded withinDays } }`;
  const input = { category, quantity, kind, workedOn };
  expect((await ask(preview, 'alice', { input })).body.data.contributionPreview).toMatchObject({
    peersNeeded: 2,
  });
  const id = await logged();
  expect((await ask(QUEUE, 'alice')).body.data).toEqual({
    me: { isPeer: true, counts: { peers: 0 } },
    peerQueue: nothing,
  });
  const seen = (await ask(QUEUE, 'bob')).body.data;
  expect(seen).toMatchObject({
    me: { isPeer: true, counts: { peers: 1 } },
    peerQueue: {
      totalCount: 1,
      edges: [
        { node: { id, member: { displayName: 'alice' }, needed: 2, validated: 0, until: '2026-11-23' } },
      ],
    },
  });
  // What is to be validated and no more: the contribution itself stays its author's and the reviewers'.
  expect(
    (await ask('query ($id: ID!) { contribution(id: $id) { value } }', 'bob', { id })).body.data,
  ).toEqual({
    contribution: null,
  });
  expect(told(await act('validateContribution', { contributionId: id }, 'bob'))).toBeUndefined();
  expect((await ask(QUEUE, 'bob')).body.data.peerQueue).toEqual(nothing);
  expect(await peersOf(id)).toMatchObject({
    status: 'SUBMITTED',
    turn: null,
    peers: {
      state: 'open',
      needed: 2,
      validated: 1,
      words: [{ by: { displayName: 'bob' }, verdict: 'validated' }],
    },
  });
  expect(told(await act('validateContribution', { contributionId: id }, 'cy'))).toBeUndefined();
  expect(await peersOf(id)).toMatchObject({ status: 'VALUED', peers: { state: 'validated', validated: 2 } });
});

test('a no goes to a reviewer, with its reason in the history', async () => {
  const id = await logged();
  const objection = { contributionId: id, reason: 'that was last year' };
  expect(told(await act('objectToContribution', objection, 'cy'))).toBeUndefined();
  expect(await peersOf(id)).toMatchObject({ status: 'SUBMITTED', turn: { because: 'objected' } });
  expect(told(await act('validateContribution', { contributionId: id }, 'bob'))).toMatchObject({
    code: 'CONFLICT',
    reason: 'NOT_WITH_PEERS',
  });
  expect(told(await act('validateContribution', { contributionId: id }, 'alice'))).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'OWN_CONTRIBUTION',
  });
});

test('an administrator says of every peer that they are away, a peer of themselves alone', async () => {
  const offered = async (who: string) => {
    const { absentees } = (await ask('{ absentees { id displayName } }', who)).body.data;
    return new Map<string, string>(
      absentees.map((one: { id: string; displayName: string }) => [one.displayName, one.id]),
    );
  };
  expect([...(await offered('alice')).keys()]).toEqual(['alice']);
  const all = await offered('dee');
  expect([...all.keys()].sort()).toEqual(['Admin of riverbend', 'alice', 'bob', 'cy']);
  const days = { startsOn: '2026-12-01', endsOn: '2026-12-05' };
  for (const memberId of [all.get('bob'), all.get('cy')])
    expect(told(await act('announceAbsence', { memberId, ...days }, 'dee', 'absenceId'))).toBeUndefined();
  const refused = await act('announceAbsence', { memberId: all.get('bob'), ...days }, 'alice', 'absenceId');
  expect(told(refused)).toMatchObject({ reason: 'FORBIDDEN' });
});
