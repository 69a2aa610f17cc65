// The supervisor starts a crashed service again and leaves no process behind, however it ends itself.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../servers/ports.mjs';
import { createSupervisor } from './supervisor.mjs';

const programs = new URL('test-programs/', import.meta.url).pathname;
let folder;
let supervisor;
let told;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'habitat-supervisor-'));
  told = [];
  supervisor = createSupervisor({ cwd: folder, logs: join(folder, 'logs'), tell: (text) => told.push(text) });
});
afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

const notes = () =>
  readFileSync(join(folder, 'notes'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(/ (?=\S+ \d+$)| (?=\d+$)/));
const pidOf = (name, what) => Number(notes().findLast((note) => note[0] === name && note[1] === what)?.[2]);

async function service(name, misbehave = '') {
  const port = await freePort();
  const env = {
    ...process.env,
    NAME: name,
    PORT: String(port),
    NOTES: join(folder, 'notes'),
    MISBEHAVE: misbehave,
  };
  return { name, file: join(programs, 'service.mjs'), env, ready: `http://127.0.0.1:${port}/` };
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    // A process that ended but was not yet collected by the system counts as gone.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

test('a crashed service is started again', async () => {
  const api = await service('api');
  await supervisor.start(api);
  const first = pidOf('api', 'started');
  await fetch(`${api.ready}crash`).catch(() => {});
  await vi.waitFor(async () => expect((await fetch(api.ready)).ok).toBe(true), 10_000);
  expect(pidOf('api', 'started')).not.toBe(first);
  expect(told.join()).toMatch(/api ended \(exit code 7\) and is started again/);
});

test('services end in the reverse of the order they started in', async () => {
  for (const name of ['api', 'worker', 'frontend']) await supervisor.start(await service(name));
  await supervisor.stop();
  expect(
    notes()
      .filter((note) => note[1] === 'stopped')
      .map((note) => note[0]),
  ).toEqual(['frontend', 'worker', 'api']);
});

test('a service that ignores SIGTERM is killed after five seconds, and what it started with it', async () => {
  await supervisor.start(await service('stubborn', 'ignores SIGTERM'));
  const started = Date.now();
  await supervisor.stop();
  expect(Date.now() - started).toBeGreaterThan(4_500);
  await vi.waitFor(
    () =>
      expect([isAlive(pidOf('stubborn', 'started')), isAlive(pidOf('stubborn', 'grandchild'))]).toEqual([
        false,
        false,
      ]),
    3_000,
  );
});

test('a service that ends as soon as it starts fails the start with what it said', async () => {
  const broken = await service('api', 'exits at once');
  await expect(supervisor.start(broken)).rejects.toThrow(/ends as soon as it starts[\s\S]*no such setting/);
});

test('a supervisor killed with SIGKILL takes its services with it', async () => {
  const { env } = await service('orphan');
  const host = fork(join(programs, 'supervise.mjs'), [], {
    env: { ...env, LOGS: join(folder, 'logs') },
    execArgv: [],
  });
  await new Promise((resolve) => host.once('message', resolve));
  const pid = pidOf('orphan', 'started');
  expect(isAlive(pid)).toBe(true);
  host.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 8_000);
});
