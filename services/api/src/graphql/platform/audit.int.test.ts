// The audit trail over HTTP: complete, searchable, for auditors and administrators only, and taken away as a signed file
// that stands on its own.
import { fingerprintOf, signingKeyOf, verifyPackage } from '@habitat/audit';
import { dutyCommands } from '@habitat/kernel';
import { listDeeds, sealAuditTrail } from '@habitat/messaging';
import { tellRefusedSignIns } from '@habitat/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../guard/allowance.ts';
import { ROOT_ACCESS } from '../../testing/access-table.ts';
import { Party } from '../../testing/party.ts';
import type { Founded } from '../../testing/served-cooperative.ts';
import { Served } from '../../testing/served-cooperative.ts';

const SECRET = '5e'.repeat(32);
let served: Served;
let river: Founded;
let party: Party;

const TRAIL = `query ($command: String, $actorId: ID, $subjectId: String, $rule: String, $from: LocalDate, $until: LocalDate, $first: Int, $after: String) {
  auditTrail(command: $command, actorId: $actorId, subjectId: $subjectId, rule: $rule, from: $from, until: $until, first: $first, after: $after) {
    edges { node { sequence hash type command actorKind actor { displayName } subjectType subjectId sessionId correlationId rules
      details { name value } } }
    pageInfo { endCursor hasNextPage } } }`;
const HEAD = '{ auditHead { sequence hash unsealed commands rules keyFingerprint } }';
const VERDICT = `query ($sequence: Int, $hash: String) { auditVerdict(sequence: $sequence, hash: $hash) {
  soundTo neverSealed fault { code sequence } } }`;
const LOG = `mutation ($input: LogContributionInput!) { logContribution(input: $input) { contribution { id } } }`;

const seal = () => sealAuditTrail(served.test.database, served.now);

function download(token: string | undefined, after = ''): Promise<Response> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${served.url}/api/audit/package${after}`, { headers });
}

const packageOf = async (response: Response, known = {}) =>
  verifyPackage((await response.text()).split('\n'), known);

beforeAll(async () => {
  served = await Served.start({
    allowances: NO_ALLOWANCES,
    auditSigningKey: SECRET,
  });
  river = await served.found('riverbend');
  party = await Party.join(served, river, {
    alice: ['member', 'contributor'],
    noor: ['auditor'],
    tess: ['treasurer', 'allocator'],
  });
  await served.found('elsewhere');
  await seal();
});
afterAll(() => served.stop());

test('what a member did stands in the trail with command, session, request and its values', async () => {
  const input = {
    kind: 'CASH',
    quantity: '120.00',
    description: 'Paid in for the pump',
    workedOn: '2026-10-05',
  };
  await party.ask('alice', LOG, { input });
  await served.settle();
  await seal();
  const { auditTrail } = await party.ask('noor', TRAIL, { command: 'logContribution' });
  const [entry] = auditTrail.edges.map(({ node }: { node: object }) => node);
  expect(entry).toMatchObject({
    command: 'logContribution',
    actorKind: 'person',
    actor: { displayName: 'alice' },
    subjectType: 'contribution',
  });
  expect(entry.sessionId).toMatch(/^[0-9a-f-]{36}$/);
  expect(entry.correlationId).not.toBe('');
  expect(entry.details.length).toBeGreaterThan(2);
});

test('who holds both parts of a pair of duties is reported, with what they did since a day', async () => {
  const CONFLICTS = `query ($from: LocalDate!) { dutyConflicts(from: $from) {
    pair member { displayName } firstRoles secondRoles firstDone secondDone bothDone lastAt } }`;
  const { dutyConflicts } = await party.ask('noor', CONFLICTS, { from: '2026-01-01' });
  expect(dutyConflicts).toEqual([
    {
      pair: 'pays_and_approves_payment',
      member: { displayName: 'tess' },
      firstRoles: ['treasurer'],
      secondRoles: ['allocator'],
      firstDone: 0,
      secondDone: 0,
      bothDone: 0,
      lastAt: null,
    },
  ]);
  const mutations = new Set([...ROOT_ACCESS.keys()].map((name) => name.replace('mutation ', '')));
  expect(dutyCommands().filter((command) => !mutations.has(command))).toEqual([]);
  const aliceId = (await party.ask('alice', '{ me { member { id } } }')).me.member.id;
  const deeds = await listDeeds(served.test.database, river.cooperativeId, {
    commands: dutyCommands(),
    from: '2026-01-01',
    timeZone: 'America/New_York',
  });
  expect(deeds).toMatchObject([{ command: 'logContribution', subjectIds: [expect.any(String)] }]);
  expect(Buffer.from(aliceId, 'base64url').toString()).toContain(deeds[0]?.memberId);
});

test('the trail is searched by actor, thing and day, and paged without gap or repeat', async () => {
  const actorId = (await party.ask('alice', '{ me { member { id } } }')).me.member.id;
  const byAlice = (await party.ask('noor', TRAIL, { actorId })).auditTrail.edges;
  expect(byAlice.length).toBeGreaterThan(0);
  const [{ node: first }] = byAlice;
  const about = (await party.ask('noor', TRAIL, { subjectId: first.subjectId })).auditTrail.edges;
  expect(about.every(({ node }: { node: { subjectId: string } }) => node.subjectId === first.subjectId)).toBe(
    true,
  );
  expect((await party.ask('noor', TRAIL, { until: '2000-01-01' })).auditTrail.edges).toEqual([]);
  const seen: number[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: {
      edges: { node: { sequence: number } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    } = (await party.ask('noor', TRAIL, { first: 3, after })).auditTrail;
    seen.push(...page.edges.map(({ node }) => node.sequence));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  const { auditHead } = await party.ask('noor', HEAD);
  expect(seen).toEqual(Array.from({ length: auditHead.sequence }, (_, index) => auditHead.sequence - index));
});

test('members, and other cooperatives, see nothing of it', async () => {
  for (const query of [HEAD, TRAIL, VERDICT]) {
    const { errors } = await party.answer('alice', query);
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await download(party.token('alice'))).status).toBe(403);
  expect((await download(undefined)).status).toBe(401);
  const other = (await served.signIn('admin@elsewhere.example')).accessToken;
  const verdict = await packageOf(await download(other));
  expect(verdict).toMatchObject({
    ok: true,
    header: { cooperativeName: expect.stringContaining('lsewhere') },
  });
});

test('the whole trail, or what came since, is taken away as a signed file that verifies by itself', async () => {
  const { auditHead } = await party.ask('noor', HEAD);
  const fingerprint = fingerprintOf(signingKeyOf(SECRET).publicKey);
  expect(auditHead.keyFingerprint).toBe(fingerprint);
  const response = await download(party.token('noor'));
  expect(response.headers.get('content-disposition')).toMatch(
    /attachment; filename="riverbend-audit-.*\.jsonl"/,
  );
  const anchors = [{ sequence: auditHead.sequence, hash: auditHead.hash }];
  expect(await packageOf(response, { fingerprint, anchors })).toMatchObject({
    ok: true,
    entries: auditHead.sequence,
    header: { exportedBy: 'noor' },
  });
  const since = await packageOf(await download(party.token('noor'), '?after=2'));
  expect(since).toMatchObject({ ok: true, header: { after: { sequence: 2 } } });
  expect((await download(party.token('noor'), '?after=all')).status).toBe(400);
  // Taking it away is on record as well.
  await seal();
  const { auditTrail } = await party.ask('noor', TRAIL, { command: 'exportAuditTrail' });
  expect(auditTrail.edges).toHaveLength(2);
});

test('the chain is walked on request, against a place noted elsewhere', async () => {
  const { auditHead } = await party.ask('noor', HEAD);
  const { sequence, hash } = auditHead;
  expect((await party.ask('noor', VERDICT, { sequence, hash })).auditVerdict).toEqual({
    soundTo: sequence,
    neverSealed: 0,
    fault: null,
  });
  const forged = (await party.ask('noor', VERDICT, { sequence: 2, hash: 'f'.repeat(64) })).auditVerdict;
  expect(forged).toEqual({ soundTo: 1, neverSealed: 0, fault: { code: 'ANCHOR_DIFFERS', sequence: 2 } });
  const { errors } = await party.answer('noor', VERDICT, { sequence: 2 });
  expect(errors[0]?.extensions).toMatchObject({ code: 'VALIDATION_ERROR' });
});

const detailsOf = (node: { details: { name: string; value: string }[] }): Record<string, string> =>
  Object.fromEntries(node.details.map(({ name, value }) => [name, value]));
const entriesOf = async (variables: object) => {
  await seal();
  const { auditTrail } = await party.ask('noor', TRAIL, variables);
  return auditTrail.edges.map(({ node }: { node: object }) => node);
};

test('an act carries the rules it was judged by, also where the ledger’s own guard wrote the entry', async () => {
  const [logged] = await entriesOf({ command: 'logContribution' });
  expect(logged.rules).toEqual(expect.arrayContaining([expect.stringMatching(/^contribution:\d+$/)]));
  const input = {
    effectiveOn: '2026-10-05',
    description: 'Rent',
    entries: [
      { accountCode: '5120', book: '10.00' },
      { accountCode: '1110', book: '-10.00' },
    ],
  };
  const POST =
    'mutation ($input: PostTransactionInput!) { postTransaction(input: $input) { transaction { number } } }';
  await party.ask('tess', POST, { input });
  const judged = await entriesOf({ rule: 'journal_threshold:0' });
  expect(judged.map(({ type, command }: { type: string; command: string }) => [type, command])).toEqual([
    ['platform.act.done', 'postTransaction'],
    ['treasury.transaction.posted', 'postTransaction'],
  ]);
  const { auditHead } = await party.ask('noor', HEAD);
  expect(auditHead.rules).toContain('journal_threshold:0');
});

test('who came in, who was not let in and when guessing was stopped stand in the trail', async () => {
  const email = 'alice@riverbend.example';
  for (let tried = 0; tried < 6; tried += 1)
    await served.signIn(email, 'not this one').catch(() => undefined);
  await served.signIn('nobody@riverbend.example', 'not this one').catch(() => undefined);
  await tellRefusedSignIns(served.test.database, served.now);
  await tellRefusedSignIns(served.test.database, served.now);
  await seal();
  const { auditTrail } = await party.ask('noor', TRAIL, { first: 100 });
  const nodes = auditTrail.edges.map(({ node }: { node: { type: string } }) => node);
  const refused = nodes.filter(({ type }: { type: string }) => type === 'platform.sign_in.refused');
  expect(refused.map((node: Parameters<typeof detailsOf>[0]) => detailsOf(node)['locks'])).toEqual(
    // Newest first; the sixth was not looked at any more.
    ['true', 'false', 'false', 'false', 'false'],
  );
  const begun = nodes.filter(({ type }: { type: string }) => type === 'platform.session.begun');
  expect(begun[0]).toMatchObject({ command: 'signIn', subjectType: 'session' });
  expect(await served.test.asOwner('select from platform.sign_in_refusal')).toEqual([]);
});

test('reading others’ capital, or taking a table away, is on record once a look; one’s own is not', async () => {
  const MEMBERS = '{ members(first: 9) { edges { node { id displayName capital { book } } } } }';
  const OWN = '{ me { member { capital { book } } } }';
  await party.ask('alice', OWN);
  await party.ask('tess', OWN);
  await party.ask('tess', MEMBERS);
  await party.ask('tess', MEMBERS);
  const [read, ...others] = await entriesOf({ command: 'readData' });
  expect(others).toEqual([]);
  expect(read.actor).toEqual({ displayName: 'tess' });
  const details = detailsOf(read);
  expect(details).toMatchObject({ 'acts[0]': 'capital.view_all', 'asked[0]': 'members' });
  expect(Object.keys(details).filter((name) => name.startsWith('subjects'))).not.toEqual([]);
  // What an act answers with is a look as well; by which act it was done is told by itself.
  const memberId = Buffer.from(`Member:${party.memberIds.get('alice') ?? ''}`).toString('base64url');
  const { accessToken } = await served.signIn(river.email);
  const assign = async (role: string, fields: string) => {
    const input = { memberId, role, reason: 'helps out' };
    const query = `mutation ($input: AssignRoleInput!) { assignRole(input: $input) { member { ${fields} } } }`;
    expect((await served.ask(query, { input }, accessToken)).errors).toEqual([]);
  };
  await assign('reviewer', 'id');
  expect(await entriesOf({ command: 'readData' })).toHaveLength(1);
  await assign('treasurer', 'id capital { book }');
  const [answered] = await entriesOf({ command: 'readData' });
  expect(detailsOf(answered)).toMatchObject({ 'acts[0]': 'capital.view_all', 'asked[0]': 'assignRole' });
  for (const times of [1, 2]) {
    await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${party.token('alice')}`,
        'x-habitat-taken-as': 'csv',
        'x-correlation-id': `file-${times}`,
      },
      body: JSON.stringify({ query: '{ contributions(first: 5) { edges { node { id } } } }' }),
    });
  }
  const taken = await entriesOf({ command: 'takeDataAway' });
  expect(taken.map(detailsOf)).toMatchObject([{ taken: 'csv' }, { taken: 'csv' }]);
});

test('an installation without a key exports nothing, and says what is missing', async () => {
  const keyless = await Served.start();
  try {
    const lake = await keyless.found('lakeside');
    const { accessToken } = await keyless.signIn(lake.email);
    const answer = await keyless.ask(HEAD, {}, accessToken);
    expect(answer.body.data.auditHead.keyFingerprint).toBeNull();
    const response = await fetch(`${keyless.url}/api/audit/package`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('AUDIT_SIGNING_KEY');
  } finally {
    await keyless.stop();
  }
});
