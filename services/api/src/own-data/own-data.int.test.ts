// Taking one's own data away: for oneself and after proof only, all of it, readable by people and programs, and nothing of
// anybody else, whether a colleague or another cooperative's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault } from '@habitat/evidence';
import { sealAuditTrail } from '@habitat/messaging';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Party } from '../testing/party.ts';
import { Served } from '../testing/served-cooperative.ts';

const PDF = `%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(40)}%%EOF\n`;
let served: Served;
let party: Party;
let elsewhere: Party;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'habitat-own-data-'));
  const settings = { directory, s3: null, mostBytes: 100_000, scanCommand: null, clamd: null };
  served = await Served.start({
    allowances: NO_ALLOWANCES,
    evidence: { vault: openVault(settings), mostBytes: settings.mostBytes },
  });
  const riverbend = await served.found('riverbend');
  await served.valueLabor(riverbend);
  party = await Party.join(served, riverbend, {
    alice: ['member', 'contributor'],
    bobwhite: ['member', 'contributor', 'reviewer'],
  });
  elsewhere = await Party.join(served, await served.found('hillside'), {
    eveline: ['member', 'contributor'],
  });
});
afterAll(async () => {
  await served.stop();
  rmSync(directory, { recursive: true });
});

const asked = (token: string | undefined, language = 'en') =>
  fetch(`${served.url}/api/me/data`, {
    headers: {
      'accept-language': language,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });

async function files(token: string | undefined, language?: string): Promise<Record<string, string>> {
  const answer = await asked(token, language);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[a-z]+-my-data-2026-11-20\.zip"$/,
  );
  const unpacked = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const text = new TextDecoder();
  return Object.fromEntries(Object.entries(unpacked).map(([name, bytes]) => [name, text.decode(bytes)]));
}

async function log(of: Party, who: string, description: string, evidence = false): Promise<string> {
  const input = { kind: 'CASH', quantity: '120.00', workedOn: '2026-10-05', description };
  const token = of.token(who) ?? '';
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' };
  const uploaded = evidence
    ? ((await (
        await fetch(`${served.url}/api/evidence?name=pump.pdf`, { method: 'POST', headers, body: PDF })
      ).json()) as { id: string })
    : null;
  const evidenceFiles = uploaded === null ? [] : [uploaded.id];
  const { contribution } = (await of.act(
    who,
    'logContribution',
    { ...input, evidenceFiles },
    'contribution { id }',
  )) as {
    contribution: { id: string };
  };
  return contribution.id;
}

test('figures are as people write them, not as they are kept', async () => {
  const hours = { kind: 'LABOR', quantity: '2', workedOn: '2026-10-06', description: 'Fences' };
  await party.act('bobwhite', 'logContribution', hours, 'contribution { id }');
  const { 'contributions.json': text = '' } = await files(party.token('bobwhite'));
  const [fences] = (JSON.parse(text) as { description: string }[]).filter(
    ({ description }) => description === 'Fences',
  );
  expect(fences).toMatchObject({ quantity: '2', rate: '50', value: '100.00' });
});

test('everything of one’s own is in it, and nothing of anybody else’s', async () => {
  const contributionId = await log(party, 'alice', '=cmd|pump for the well', true);
  await log(party, 'bobwhite', 'Bobwhite painted the barn');
  await log(elsewhere, 'eveline', 'Eveline cut the hay');
  await party.act('bobwhite', 'askAboutContribution', { contributionId, question: 'Which well was it?' });
  await party.act('alice', 'answerQuestion', { contributionId, answer: 'The lower one.' });
  await party.act('bobwhite', 'approveContribution', { contributionId });

  await sealAuditTrail(served.test.database, served.now);
  const own = await files(party.token('alice'));
  expect(Object.keys(own).sort()).toEqual([
    ...['allocations.json', 'audit.csv', 'capital.csv', 'contributions.csv', 'contributions.json'],
    ...['distributions.csv', 'evidence/001-pump.pdf', 'index.html', 'notices.csv', 'payout-account.json'],
    ...['peer-words.csv', 'profile.json', 'retained-patronage.json', 'sessions.csv', 'statements.json'],
  ]);
  expect(own['evidence/001-pump.pdf']).toBe(PDF);
  expect(own['index.html']).toContain('<h1>Your data in ');
  // A spreadsheet must not run what somebody wrote.
  expect(own['contributions.csv']).toContain(`'=cmd|pump for the well`);
  const [contribution] = JSON.parse(own['contributions.json'] ?? '') as {
    thread: { body: string; by: string }[];
    history: { act: string; by: string }[];
    files: unknown[];
  }[];
  expect(contribution?.thread.map(({ body, by }) => [body, by])).toEqual([
    ['Which well was it?', 'another'],
    ['The lower one.', 'you'],
  ]);
  expect(contribution?.history.map(({ act, by }) => `${act} by ${by}`)).toContain('approved by another');
  expect(contribution?.files).toHaveLength(1);
  expect(own['capital.csv']).toContain('120.00');
  expect(JSON.parse(own['profile.json'] ?? '')).toMatchObject({
    account: { email: 'alice@riverbend.example' },
    member: { displayName: 'alice', status: 'active' },
    // Why a role was there from the first day is kept as a code, so that it is said in the reader's language.
    roles: expect.arrayContaining([expect.objectContaining({ role: 'member', reasonCode: 'joined' })]),
  });
  expect(own['audit.csv']).toContain('logContribution');
  const noted = `select from platform.event where command = 'exportOwnData' and actor_member_id = $1`;
  expect(await served.test.asOwner(noted, [party.memberIds.get('alice')])).toHaveLength(1);

  const all = Object.values(own).join('\n').toLowerCase();
  const others = [
    party.memberIds.get('bobwhite'),
    elsewhere.memberIds.get('eveline'),
    'bobwhite',
    'eveline',
    'hillside',
  ];
  for (const other of others) expect(all).not.toContain(other);
});

test('another cooperative’s member gets their own, in their language', async () => {
  const own = await files(elsewhere.token('eveline'), 'es');
  expect(own['index.html']).toContain('<html lang="es">');
  expect(own['contributions.csv']).toContain('Eveline cut the hay');
  expect(Object.values(own).join('\n')).not.toContain('alice');
});

test('nobody without a session, and nobody whose proof is older than ten minutes', async () => {
  expect((await asked(undefined)).status).toBe(401);
  served.later(601);
  const late = await asked(party.token('alice'));
  expect(late.status).toBe(403);
  expect(await late.json()).toMatchObject({
    errors: [{ extensions: { reason: 'REAUTHENTICATION_REQUIRED' } }],
  });
});
