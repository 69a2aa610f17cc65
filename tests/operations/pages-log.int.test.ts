// The pages' log as an operator reads it: what a stranger sends, and what the framework says of it, is one line of JSON and
// holds none of the stranger's words.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pages } from './pages.ts';
import { startPages } from './pages.ts';

const CANARY = 'canary';
let pages: Pages;

beforeAll(async () => {
  // Nothing here needs an API.
  pages = await startPages('http://127.0.0.1:9/graphql', { LOG_LEVEL: 'info' });
}, 180_000);
afterAll(() => pages?.end());

/** Names of acts that are not there: as long as Next's own, with quotes of their own, short, long. */
const names = [
  CANARY.padEnd(42, '0'),
  `${CANARY}" and {"level":"info","msg":"paid"}`.padEnd(42, '0'),
  `${CANARY}\`\u00e9`.padEnd(42, '0'),
  '4'.repeat(42),
  CANARY,
  CANARY.repeat(500),
];

test('an act that is not there is told of in one line each, without its name', async () => {
  for (const name of names) {
    const answer = await fetch(`${pages.address}/sign-in`, {
      method: 'POST',
      headers: { 'next-action': name, origin: pages.address, 'content-type': 'text/plain;charset=UTF-8' },
      body: '[]',
    });
    expect([400, 409]).toContain(answer.status);
    expect(await answer.text()).not.toContain(CANARY);
  }
  const form = new FormData();
  form.append(`$ACTION_ID_${CANARY}\n{"level":"info"}`, '');
  await fetch(`${pages.address}/sign-in`, { method: 'POST', headers: { origin: pages.address }, body: form });

  const warnings = (await pages.log()).filter(({ level }) => level === 'warn' || level === 'error');
  expect(warnings.length).toBeGreaterThanOrEqual(names.length);
  for (const { msg, service } of warnings) {
    expect(service).toBe('frontend');
    expect(msg).not.toBe('');
  }
  const written = await pages.written();
  expect(written).not.toContain(CANARY);
  // Next's own first words come before anything is asked, and tell where it listens.
  const asked = written.slice(written.indexOf('{'));
  for (const line of asked.split('\n').filter((one) => one !== ''))
    expect(() => JSON.parse(line) as unknown, line).not.toThrow();
});
