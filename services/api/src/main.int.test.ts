// The API as it is shipped: one bundle, a process that tells what is wrong with its settings, serves, and ends in order.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, SECRET, Served } from './testing/served-cooperative.ts';

const here = fileURLToPath(new URL('..', import.meta.url));
// Below node_modules, so that the bundle finds what it leaves outside.
const folder = join(here, 'node_modules/.cache/main-test');
const main = join(folder, 'main.js');

let served: Served;
let child: ChildProcess;
let address: string;
const lines: string[] = [];

function listening(of: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    of.stdout?.on('data', (chunk) => {
      for (const line of String(chunk).trim().split('\n')) {
        lines.push(line);
        if (line.includes('"listening"')) resolve((JSON.parse(line) as { address: string }).address);
      }
    });
    of.once('exit', () => reject(new Error(`it never listened: ${lines.join('\n')}`)));
  });
}

beforeAll(async () => {
  const built = spawnSync(process.execPath, ['build.mjs', folder], { cwd: here, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  served = await Served.start();
  await served.found('shipped');
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: served.test.appUrl,
    JWT_SECRET: SECRET,
    SECRETS_KEY: SECRET,
    PORT: '0',
    NODE_ENV: 'development',
  };
  child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  address = await listening(child);
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('settings that are missing are all told at once, and nothing starts', () => {
  const ran = spawnSync(process.execPath, [main], { env: { PORT: 'x' }, encoding: 'utf8' });
  expect(ran.status).toBe(1);
  for (const name of ['DATABASE_URL', 'JWT_SECRET', 'SECRETS_KEY', 'PORT'])
    expect(ran.stderr).toContain(name);
  expect(ran.stderr).not.toContain('    at ');
});

describe('the process', () => {
  test('lets people in', async () => {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
    const variables = { input: { email: 'admin@shipped.example', password: PASSWORD } };
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: { signIn?: { accessToken: string } } };
    expect(answer.data?.signIn?.accessToken.split('.')).toHaveLength(3);
  });

  test('shows developers a GraphiQL that asks nothing of any other server', async () => {
    const response = await fetch(`${address}/graphql`, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    expect(page).toContain('GraphiQL');
    const outside = [
      ...page.matchAll(
        /<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^"'\s>]+/g,
      ),
    ];
    expect(outside.map((match) => match[0].slice(0, 200))).toEqual([]);
  });

  test('ends in order when it is asked to', async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(lines.join()).toContain('SIGTERM');
  });
});

test('in production there is no GraphiQL', async () => {
  const response = await fetch(`${served.url}/graphql`, { headers: { accept: 'text/html' } });
  expect(await response.text()).not.toContain('GraphiQL');
});
