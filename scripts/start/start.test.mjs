// What an operator gets wrong is answered with one clear sentence before anything slow begins.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readArguments } from './arguments.mjs';
import { explain, programFault } from './fault.mjs';
import { lockHome, openHome, readSecrets, readStamps, writeStamp } from './home.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { requirePort } from './services.mjs';
import { serviceFingerprint } from './sources.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'habitat-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the options', () => {
  test('the port comes from --port, else PORT, else 3000', () => {
    expect(readArguments([], {}).port).toBe(3000);
    expect(readArguments([], { PORT: '3100' }).port).toBe(3100);
    expect(readArguments(['--port', '3200'], { PORT: '3100' }).port).toBe(3200);
  });
  test.each(['0', '70000', 'web', '-1'])('port %s is refused', (port) => {
    expect(() => readArguments([`--port=${port}`], {})).toThrow(/whole number from 1 to 65535/);
  });
  test('an unknown option is refused and names the help', () => {
    expect(() => readArguments(['--fast'], {})).toThrow(/--fast.*--help/);
  });
  test('--reset never touches a database that is not ours', () => {
    expect(() => readArguments(['--reset'], { DATABASE_URL: 'postgres://x' })).toThrow(
      /only the embedded database/,
    );
  });
});

test.each(['18.20.0', '20.18.1', '21.7.0', '22.11.0'])('Node.js %s is too old', (version) => {
  expect(() => checkNodeVersion(version)).toThrow(/needs Node.js 20.19 or newer/);
});
test.each(['20.19.0', '22.12.0', '24.0.0'])('Node.js %s is new enough', (version) => {
  expect(() => checkNodeVersion(version)).not.toThrow();
});

test('a busy port is named before anything else happens', async () => {
  const server = createServer();
  const port = await new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(server.address().port)),
  );
  await expect(requirePort(port)).rejects.toThrow(`Port ${port} is in use`);
  await new Promise((resolve) => server.close(resolve));
  await expect(requirePort(port)).resolves.toBeUndefined();
});

test('a full disk is told as such, whoever noticed it', () => {
  expect(explain(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toMatch(/disk is full/);
  expect(explain(programFault('The build', 'x\nfatal: No space left on device'))).toMatch(/disk is full/);
  expect(explain(programFault('The build', 'type error in a.ts'))).toMatch(
    /The build failed[\s\S]*type error/,
  );
});

describe('the folder .habitat', () => {
  test('passwords are made once and kept', () => {
    const home = openHome(folder);
    const first = readSecrets(home);
    expect(first.jwtSecret.length).toBeGreaterThanOrEqual(64);
    expect(readSecrets(home)).toEqual(first);
  });
  test('damaged or lost passwords are told, never replaced beside a database', () => {
    const home = openHome(folder);
    writeFileSync(home.path('secrets.json'), '{');
    expect(() => readSecrets(home)).toThrow(/damaged.*--reset/);
    rmSync(home.path('secrets.json'));
    mkdirSync(home.postgres);
    expect(() => readSecrets(home)).toThrow(/is gone.*--reset/);
    expect(existsSync(home.path('secrets.json'))).toBe(false);
  });
  test('a number left by a start that is gone does not lock the folder', () => {
    const home = openHome(folder);
    writeFileSync(home.path('running.pid'), '1\n');
    const unlock = lockHome(home);
    unlock();
    expect(existsSync(home.path('running.pid'))).toBe(false);
  });
  test('stamps of one step survive those of another', () => {
    const home = openHome(folder);
    writeStamp(home, 'install', 'a');
    writeStamp(home, 'api', 'b');
    expect(readStamps(home)).toEqual({ install: 'a', api: 'b' });
  });
});

describe('what a service is built from', () => {
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeEach(() => {
    write(
      'services/api/package.json',
      '{"name":"@habitat/api","dependencies":{"@habitat/kernel":"workspace:*"}}',
    );
    write('services/api/src/main.ts', 'a');
    write('packages/kernel/package.json', '{"name":"@habitat/kernel"}');
    write('packages/kernel/src/money.ts', 'a');
    write('packages/people/package.json', '{"name":"@habitat/people"}');
    write('packages/people/src/member.ts', 'a');
  });
  test('a change in a package it stands on rebuilds it', () => {
    const before = serviceFingerprint(folder, '@habitat/api');
    write('packages/kernel/src/money.ts', 'b');
    expect(serviceFingerprint(folder, '@habitat/api')).not.toBe(before);
  });
  test('a change in another package, a test or an output does not', () => {
    const before = serviceFingerprint(folder, '@habitat/api');
    write('packages/people/src/member.ts', 'b');
    write('packages/kernel/src/money.test.ts', 'b');
    write('services/api/dist/main.js', 'b');
    write('services/api/public/made.html', 'b');
    expect(serviceFingerprint(folder, '@habitat/api')).toBe(before);
  });
});
