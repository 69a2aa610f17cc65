// Runs the services: starts them in order, restarts one that crashes, ends them in reverse order and to the last process.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programFault } from './fault.mjs';

const guard = new URL('child-guard.mjs', import.meta.url).href;
const PATIENCE_MS = 5_000;
const STABLE_MS = 60_000;
const LOG_LIMIT_BYTES = 10_000_000;

/**
 * @typedef {{ name: string, file: string, env: NodeJS.ProcessEnv, ready: string }} Service `ready` answers 2xx when it can work
 * @param {{ cwd: string, logs: string, verbose?: boolean, tell: (text: string) => void }} options
 */
export function createSupervisor({ cwd, logs, verbose = false, tell }) {
  /** @type {{ service: Service, child: import('node:child_process').ChildProcess | null, crashes: number, retry: NodeJS.Timeout | null }[]} */
  const kept = [];
  let stopping = false;

  function launch(entry) {
    const { service } = entry;
    const output = verbose ? 'inherit' : openLog(logs, service.name);
    const startedAt = Date.now();
    const child = spawn(process.execPath, ['--import', guard, service.file], {
      cwd,
      env: service.env,
      // A group of its own: Ctrl-C reaches only the supervisor, and the whole group can be killed at the end.
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
    });
    if (output !== 'inherit') closeSync(output);
    entry.child = child;
    child.once('error', () => {});
    child.once('exit', (code, signal) => {
      sweep(child);
      if (stopping) return;
      entry.crashes = Date.now() - startedAt > STABLE_MS ? 1 : entry.crashes + 1;
      const delay = Math.min(30_000, 500 * 2 ** (entry.crashes - 1));
      tell(
        `${service.name} ended (${signal ?? `exit code ${code}`}) and is started again in ${delay / 1000} s.`,
      );
      entry.retry = setTimeout(() => launch(entry), delay);
    });
  }

  return {
    /**
     * Starts a service and waits until it is ready.
     *
     * @param {Service} service
     */
    async start(service, timeoutMs = 60_000) {
      const entry = { service, child: null, crashes: 0, retry: null };
      kept.push(entry);
      launch(entry);
      for (const start = Date.now(); !stopping; await sleep(100)) {
        if (await answers(service.ready)) return;
        if (entry.crashes >= 3 || Date.now() - start > timeoutMs) {
          const what =
            entry.crashes >= 3
              ? `${service.name} ends as soon as it starts; it`
              : `${service.name} does not get ready; it`;
          throw programFault(what, verbose ? '' : readFileSync(logFile(logs, service.name), 'utf8'));
        }
      }
    },

    pids: () => kept.map(({ service, child }) => ({ name: service.name, pid: child?.pid })),

    /** Ends everything, last started first; SIGKILL to the group of whoever takes longer than five seconds. */
    async stop() {
      stopping = true;
      for (const entry of kept.reverse()) {
        if (entry.retry) clearTimeout(entry.retry);
        await end(entry.child);
      }
      kept.length = 0;
    },
  };
}

async function end(child) {
  if (!child || child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const impatience = setTimeout(() => sweep(child), PATIENCE_MS);
    await exited;
    clearTimeout(impatience);
  }
  sweep(child);
}

/** What a service started itself goes with it. */
function sweep(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

const logFile = (logs, name) => join(logs, `${name}.log`);

function openLog(logs, name) {
  mkdirSync(logs, { recursive: true });
  const file = logFile(logs, name);
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
