// What reaches the log: no password, token, email, name or text of anybody's, and never a line that somebody outside wrote.
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
let served: Served;
let river: Founded;
let party: Party;

beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) };
  served = await Served.start({
    allowances: NO_ALLOWANCES,
    log: createLog({ service: 'api', level: 'debug', destination }),
  });
  river = await served.found('riverbend');
  await served.valueLabor(river);
  party = await Party.join(served, river, { canary: ['member', 'contributor'] });
});
afterAll(() => served.stop());

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
  // A fault of ours, in a query whose values are theirs.
  await served.test.asOwner('alter table platform.sign_in_failure rename to gone');
  await served.ask(SIGN_IN, { input: { email: EMAIL, password: PASSWORD } });
  await served.test.asOwner('alter table platform.gone rename to sign_in_failure');

  const log = lines.join('');
  expect(lines.some((line) => line.includes('a field failed'))).toBe(true);
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
