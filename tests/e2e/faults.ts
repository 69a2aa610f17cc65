// What is our fault is told with the id under which the logs of all services know it. Pages of their own are started for
// this, in front of an API that answers nonsense, and then not at all.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../scripts/servers/ports.mjs';
import { root } from '../../scripts/start/home.mjs';
import { createSupervisor } from '../../scripts/start/supervisor.mjs';
import { outputs } from '../../scripts/start/workspace.mjs';
import { Browsing } from './setup/browser.ts';
import { routes } from './setup/routes.ts';
import { withoutScripts } from './setup/visit.ts';

let browsing: Browsing;
let api: Server;
let page: Page;
const logs = mkdtempSync(join(tmpdir(), 'habitat-faults-'));
const supervisor = createSupervisor({ cwd: root, logs, tell: (text) => console.warn(text) });

beforeAll(async () => {
  browsing = await Browsing.start();
  api = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"data":{}}'),
  );
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done));
  const port = await freePort();
  await supervisor.start({
    name: 'frontend',
    file: outputs['@habitat/frontend'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}/graphql`,
    },
    ready: `http://127.0.0.1:${port}/api/health`,
  });
  const signedIn = await browsing.openAs('ed', '/');
  const storageState = await signedIn.context().storageState();
  await signedIn.context().close();
  const context = { storageState, baseURL: `http://localhost:${port}` };
  page = await browsing.open('/icon.svg', context);
});
afterAll(async () => {
  await browsing.stop();
  await supervisor.stop();
  api.close();
  rmSync(logs, { recursive: true, force: true });
});

const logged = () =>
  readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('\n');

/** Opens a page that cannot be shown; the code on it and the one its answer carries. */
async function codesOf(path: string): Promise<{ shown: string | null; told: string | undefined }> {
  const answer = await page.goto(path);
  const code = page.locator('main code').first();
  // A thrown page is told its id once its scripts run.
  await expect.poll(() => code.textContent()).toMatch(/^[0-9a-f-]{36}$/);
  const shown = await code.textContent();
  return { shown, told: answer?.headers()['x-correlation-id'] };
}

it('a page that throws shows the id its answer carries, which is in the log beside the stack', async () => {
  const { shown, told } = await codesOf('/settings');
  expect(shown).toBe(told);
  await page.getByText('The fault is on our side.').waitFor();
  await expect.poll(logged).toContain(shown);
});

it('while the API is away a page says so, with the id of its request, and leaves the frame standing', async () => {
  api.closeAllConnections();
  await new Promise((done) => api.close(done));
  const { shown, told } = await codesOf('/contributions');
  expect(shown).toBe(told);
  await page.getByText('isn’t answering').waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
});

it('every page says so while the API is away, under the id of its own request', async () => {
  // The design system needs nothing of the API but whose frame it stands in, and `/confirm` only whether a code is wanted.
  const asking = routes.filter(({ by, path }) => by !== null && !['/confirm', '/design'].includes(path));
  for (const { path } of asking) {
    const answer = await page.request.get(path.replaceAll(/\[[^\]]+\]/g, 'nothing'));
    const id = answer.headers()['x-correlation-id'] ?? 'none';
    const text = withoutScripts(await answer.text());
    expect({ path, told: text.includes('isn’t answering'), named: text.includes(`>${id}<`) }).toEqual({
      path,
      told: true,
      named: true,
    });
  }
});
