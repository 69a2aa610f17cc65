// What reaches the log: no password, token, email, name or text of anybody's, and never a line that somebody outside wrote.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault } from '@habitat/evidence';
import { createLog } from '@habitat/observability';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Party } from '../testing/party.ts';
import type { Founded } from '../testing/served-cooperative.ts';
import { PASSWORD, SECRET, Served } from '../testing/served-cooperative.ts';

const CANARY = 'Canary Finch';
const EMAIL = 'canary@riverbend.example';
const REASON = 'a canary sang in the barn';

const lines: string[] = [];
// A scanner that finds something in every file: what is kept out is told to the log, without its name.
const directory = mkdtempSync(join(tmpdir(), 'habitat-evidence-'));
const settings = { directory, s3: null, mostBytes: 1_000, scanCommand: '/bin/false', clamd: null };
let served: Served;
let river: Founded;
let party: Party;

beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) };
  served = await Served.start({
    allowances: NO_ALLOWANCES,
    evidence: { vault: openVault(settings), mostBytes: settings.mostBytes },
    log: createLog({ service: 'api', level: 'debug', destination }),
  });
  river = await served.found('riverbend');
  await served.valueLabor(river);
  party = await Party.join(served, river, { canary: ['member', 'contributor'] });
});
afterAll(async () => {
  await served.stop();
  rmSync(directory, { recursive: true });
});

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken } }';

test('a person’s day, with its mistakes and our faults, leaves nothing of theirs in the log', async () => {
  const tokens = await served.signIn(EMAIL);
  const work = { kind: 'LABOR', category: 'building', quantity: '2', workedOn: '2026-11-19' };
  await party.act('canary', 'logContribution', { ...work, description: REASON });
  await party.act('canary', 'changeMyProfile', { displayName: CANARY }).catch(() => undefined);
  await party.refusedAct('canary', 'logContribution', { ...work, quantity: 'many', description: REASON });
  await served.ask(SIGN_IN, { input: { email: EMAIL, password: 'my canary password' } });
  await served.ask(`{ me { email(canary: "${REASON}") } }`, {}, tokens.accessToken);
  await served.send(`{"query": "broken ${REASON}`);
  const infected = await fetch(`${served.url}/api/evidence?name=${encodeURIComponent(`${REASON}.pdf`)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/pdf' },
    body: `%PDF-1.7\n${REASON}`,
  });
  expect(infected.status).toBe(422);
  // A fault of ours, in a query whose values are theirs.
  await served.test.asOwner('alter table platform.sign_in_failure rename to gone');
  await served.ask(SIGN_IN, { input: { email: EMAIL, password: PASSWORD } });
  await served.test.asOwner('alter table platform.gone rename to sign_in_failure');

  const log = lines.join('');
  for (const said of ['a field failed', 'an evidence file was infected'])
    expect(lines.some((line) => line.includes(said))).toBe(true);
  expect(lines.filter((line) => line.includes('"request"')).length).toBeGreaterThan(5);
  const secrets = [PASSWORD, 'my canary password', SECRET, tokens.accessToken, tokens.refreshToken];
  for (const kept of [...secrets, CANARY, EMAIL, 'canary@', REASON]) expect(log).not.toContain(kept);
});

test('a header with line ends or control characters in it cannot write a line', async () => {
  const before = lines.length;
  // As they arrive over the wire where a client is not stopped by its own library.
  const answer = await served.api.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      'content-type': 'application/json',
      'x-correlation-id': 'x\\n{"level":"error","msg":"forged"}',
      'user-agent': '\u001b[31mforged',
    },
    payload: { query: '{ __typename }' },
  });
  expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  await expect.poll(() => lines.length).toBeGreaterThan(before);
  const written = lines.slice(before);
  for (const line of written) expect(() => JSON.parse(line) as unknown).not.toThrow();
  expect(written.join('')).not.toMatch(/forged|\u001b/);
});
