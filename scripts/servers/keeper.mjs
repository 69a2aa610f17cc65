// Keeps one server process (PostgreSQL, RabbitMQ) for a parent and ends it when the parent asks, or is gone:
// whoever starts a server through it leaves no process behind, not even when killed hard.
import { spawn, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { rm } from 'node:fs/promises';

let server = null;
let spec = null;
let stopping = false;

const alive = () => server !== null && server.exitCode === null && server.signalCode === null;

function tell(message) {
  if (process.connected) process.send(message, () => {});
}

function start(given) {
  spec = given;
  const output = spec.logFile ? openSync(spec.logFile, 'a') : 'ignore';
  const identity = spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid };
  server = spawn(spec.command, spec.args, {
    ...identity,
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  server.on('error', (fault) => {
    tell({ failed: fault.message });
    server = null;
    void leave();
  });
  server.on('spawn', () => tell({ started: server.pid }));
  server.on('exit', (code, signal) => {
    tell({ exited: { code, signal } });
    if (!stopping) void leave();
  });
}

function signalGroup(signal) {
  try {
    process.kill(-server.pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function stop() {
  if (stopping) return;
  stopping = true;
  if (alive()) {
    const exited = new Promise((resolve) => server.once('exit', resolve));
    server.kill(spec.stopSignal ?? 'SIGTERM');
    const impatience = setTimeout(() => signalGroup('SIGKILL'), spec.stopTimeoutMs ?? 5_000);
    await exited;
    clearTimeout(impatience);
  }
  await leave();
}

/** Ends what the server started beside itself and removes its folder, when it was stopped and not when it crashed. */
async function leave() {
  for (const after of spec?.afterStop ?? []) {
    spawnSync(after.command, after.args, { env: after.env, stdio: 'ignore', timeout: 5_000 });
  }
  if (stopping && spec?.removeFolder) {
    await rm(spec.removeFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(
      () => {},
    );
  }
  process.exit(0);
}

process.on('message', (message) => {
  if (message.start) start(message.start);
  if (message.stop) void stop();
});
process.on('disconnect', () => void stop());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
