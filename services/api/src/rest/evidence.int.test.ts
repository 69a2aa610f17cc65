// Evidence over HTTP: what may come in, who gets it back, and that it can do nothing in a browser.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault } from '@habitat/evidence';
import { newId } from '@habitat/kernel';
import { createLog } from '@habitat/observability';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../graphql/global-id.ts';
import { Party } from '../testing/party.ts';
import { Served } from '../testing/served-cooperative.ts';

const MOST = 200_000;
const PDF = Buffer.from(`%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(40)}%%EOF\n`);
let served: Served;
let party: Party;
let elsewhere: Party;
let directory: string;
const lines: string[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'habitat-evidence-'));
  const settings = { directory, s3: null, mostBytes: MOST, scanCommand: null, clamd: null };
  served = await Served.start({
    evidence: { vault: openVault(settings), mostBytes: MOST },
    log: createLog({
      service: 'api',
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    }),
  });
  const contributor = ['member', 'contributor'] as const;
  party = await Party.join(served, await served.found('riverbend'), {
    alice: contributor,
    bob: contributor,
    carol: ['member', 'contributor', 'reviewer'],
    noor: ['auditor'],
  });
  elsewhere = await Party.join(served, await served.found('elsewhere'), {
    eve: ['member', 'contributor', 'reviewer', 'administrator'],
  });
});
afterAll(async () => {
  await served.stop();
  rmSync(directory, { recursive: true });
});

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

function upload(who: string | null, body: Buffer, more: Record<string, string> = {}, name = 'receipt.pdf') {
  return fetch(`${served.url}/api/evidence?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf', ...(who ? bearer(party.token(who)) : {}), ...more },
    body: new Uint8Array(body),
  });
}
// Answers of many shapes; each test looks at its own.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const json = (response: Response) => response.json() as Promise<any>;
const uploaded = async (who: string, name?: string): Promise<string> =>
  (await json(await upload(who, PDF, {}, name))).id;
const download = (id: string, token: string | undefined) =>
  fetch(`${served.url}/api/evidence/${id}`, { headers: bearer(token) });

const work = { kind: 'CASH', quantity: '120.00', description: 'Paid for the pump', workedOn: '2026-10-05' };
async function logged(who: string, evidenceFiles: readonly string[], more: object = {}): Promise<string> {
  const answer = await party.act(
    who,
    'logContribution',
    { ...work, evidenceFiles, ...more },
    'contribution { id }',
  );
  return answer.contribution.id;
}
const filesLeft = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

test('what comes in is named, typed and hashed, and comes back to be saved, never shown', async () => {
  const response = await upload('alice', PDF, {}, '../../Quittung "Öl".pdf');
  expect(response.status).toBe(201);
  const file = await json(response);
  const sha256 = createHash('sha256').update(PDF).digest('hex');
  expect(file).toMatchObject({
    name: 'Quittung Öl.pdf',
    mediaType: 'application/pdf',
    sizeBytes: PDF.length,
    sha256,
  });
  const back = await download(file.id, party.token('alice'));
  expect(Buffer.from(await back.arrayBuffer())).toEqual(PDF);
  expect(Object.fromEntries(back.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="Quittung _l.pdf"; filename*=UTF-8''Quittung%20%C3%96l.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'private, no-store',
  });
});

test('the contribution shows its files to whoever sees it; for everybody else they are not there', async () => {
  const fileId = await uploaded('alice');
  expect((await download(fileId, party.token('carol'))).status).toBe(404);
  const id = await logged('alice', [fileId]);
  const query = `query ($id: ID!) { contribution(id: $id) { evidenceFiles { id name sizeBytes uploadedBy { displayName } } } }`;
  for (const who of ['alice', 'carol']) {
    const { contribution } = await party.ask(who, query, { id });
    expect(contribution.evidenceFiles).toEqual([
      { id: fileId, name: 'receipt.pdf', sizeBytes: PDF.length, uploadedBy: { displayName: 'alice' } },
    ]);
    expect((await download(fileId, party.token(who))).status).toBe(200);
  }
  const unknown = await (await download(encodeGlobalId('EvidenceFile', newId()), party.token('bob'))).text();
  for (const token of [party.token('bob'), elsewhere.token('eve')]) {
    const refused = await download(fileId, token);
    expect(refused.status).toBe(404);
    expect(await refused.text()).toBe(unknown);
  }
  for (const id of ['x', '..%2F..%2Fetc%2Fpasswd', encodeGlobalId('Member', newId())])
    expect((await download(id, party.token('alice'))).status).toBe(404);
  expect((await download(fileId, undefined)).status).toBe(401);
});

test.each([
  ['nobody', null, PDF, {}, 401, 'SIGN_IN_REQUIRED'],
  ['who may not log', 'noor', PDF, {}, 403, 'FORBIDDEN'],
  [
    'a page as PDF',
    'alice',
    Buffer.from('<html><script>alert(1)</script>'),
    {},
    415,
    'EVIDENCE_TYPE_REFUSED',
  ],
  ['a PDF as picture', 'alice', PDF, { 'content-type': 'image/png' }, 415, 'EVIDENCE_TYPE_DIFFERS'],
  ['a PDF as JSON', 'alice', PDF, { 'content-type': 'application/json' }, 415, 'EVIDENCE_TYPE_DIFFERS'],
  ['too much', 'alice', Buffer.concat([PDF, Buffer.alloc(MOST)]), {}, 413, 'EVIDENCE_TOO_LARGE'],
  ['nothing', 'alice', Buffer.alloc(0), {}, 422, 'EVIDENCE_EMPTY'],
  [
    'no key',
    'alice',
    PDF,
    { 'idempotency-key': ' '.repeat(300) + 'a'.repeat(300) },
    422,
    'BAD_IDEMPOTENCY_KEY',
  ],
])('%s is refused and nothing is kept', async (_, who, body, headers, status, reason) => {
  const before = filesLeft();
  const response = await upload(who, body, headers as Record<string, string>);
  expect(response.status).toBe(status);
  expect((await json(response)).errors[0].extensions.reason).toBe(reason);
  expect(filesLeft()).toBe(before);
});

test('more than is allowed is refused also when its size is not told before', async () => {
  const before = filesLeft();
  const status = await new Promise<number>((resolve, reject) => {
    const headers = { 'content-type': 'application/pdf', ...bearer(party.token('alice')) };
    const sending = httpRequest(
      `${served.url}/api/evidence?name=a.pdf`,
      { method: 'POST', headers },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sending.on('error', reject);
    sending.write(PDF);
    for (let sent = 0; sent < 3; sent += 1) sending.write(Buffer.alloc(MOST / 2));
  });
  expect(status).toBe(413);
  expect(filesLeft()).toBe(before);
});

test('an upload that is killed on its way leaves nothing, and is no fault of ours in the log', async () => {
  const before = filesLeft();
  const headers = {
    'content-type': 'application/pdf',
    'content-length': '50000',
    ...bearer(party.token('alice')),
  };
  const sending = httpRequest(`${served.url}/api/evidence?name=a.pdf`, { method: 'POST', headers });
  sending.on('error', () => undefined);
  sending.write(PDF);
  await expect.poll(filesLeft).toBe(before + 1);
  sending.destroy();
  await expect.poll(filesLeft).toBe(before);
  await expect.poll(() => lines.some((line) => line.includes('gone before'))).toBe(true);
  expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

test('the same key brings the same file, and another file under it is refused', async () => {
  const key = { 'idempotency-key': 'one-receipt' };
  const first = await json(await upload('alice', PDF, key));
  const before = filesLeft();
  expect((await json(await upload('alice', PDF, key))).id).toBe(first.id);
  const other = await upload('alice', Buffer.concat([PDF, PDF]), key);
  expect(other.status).toBe(409);
  expect(filesLeft()).toBe(before);
});

test('files are added to undecided work by its author, and its history tells', async () => {
  const contributionId = await logged('alice', [], { submit: false });
  const evidenceFiles = [await uploaded('alice')];
  const fields = 'contribution { evidenceFiles { id } history { act } }';
  const { contribution } = await party.act(
    'alice',
    'attachEvidence',
    { contributionId, evidenceFiles },
    fields,
  );
  expect(contribution.evidenceFiles).toEqual([{ id: evidenceFiles[0] }]);
  expect(contribution.history.at(-1)).toEqual({ act: 'edited' });
  const more = { contributionId, evidenceFiles: [await uploaded('bob')] };
  expect(await party.refusedAct('bob', 'attachEvidence', more)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await party.refusedAct('alice', 'attachEvidence', more)).toMatchObject({
    code: 'NOT_FOUND',
    reason: 'EVIDENCE_FILE_NOT_FOUND',
  });
  const member = { contributionId, evidenceFiles: [encodeGlobalId('Member', newId())] };
  expect(await party.refusedAct('alice', 'attachEvidence', member)).toMatchObject({ code: 'NOT_FOUND' });
  const edited = { contributionId, ...work, evidenceFiles: [await uploaded('alice')] };
  await party.act('alice', 'editContribution', edited);
});

test('a picture that a scanner finds infected is not kept, and the trail knows who brought it', async () => {
  const settings = { directory, s3: null, mostBytes: MOST, clamd: null, scanCommand: '/bin/false' };
  const scanned = await Served.start({ evidence: { vault: openVault(settings), mostBytes: MOST } });
  try {
    const town = await Party.join(scanned, await scanned.found('river'), { ana: ['member', 'contributor'] });
    const response = await fetch(`${scanned.url}/api/evidence?name=a.pdf`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', ...bearer(town.token('ana')) },
      body: new Uint8Array(PDF),
    });
    expect(response.status).toBe(422);
    expect((await json(response)).errors[0].extensions).toMatchObject({ reason: 'EVIDENCE_INFECTED' });
    const [told] = await scanned.test.asOwner(
      `select command, actor_kind as kind from platform.event where command = 'refuseInfectedEvidence'`,
    );
    expect(told).toEqual({ command: 'refuseInfectedEvidence', kind: 'person' });
  } finally {
    await scanned.stop();
  }
});
