// Installs packages and builds services, each only when what they are made of changed.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keep } from '../servers/kept-process.mjs';
import { ClearFault, isDiskFull, programFault } from './fault.mjs';
import { readStamps, root, writeStamp } from './home.mjs';
import { done, step } from './progress.mjs';
import { installFingerprint, serviceFingerprint } from './sources.mjs';

export const quiet = {
  DO_NOT_TRACK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  NPM_CONFIG_UPDATE_NOTIFIER: 'false',
};

/** The services and what their build leaves behind. */
export const outputs = {
  '@habitat/cli': 'services/cli/dist/main.js',
  '@habitat/api': 'services/api/dist/main.js',
  '@habitat/worker': 'services/worker/dist/main.js',
  '@habitat/frontend': 'services/frontend/.next/standalone/services/frontend/server.js',
};

let running = null;

/** Ends the program a step is waiting for; the step then fails. */
export async function stopRunningProgram() {
  await running?.stop();
}

/**
 * Runs a program to its end and returns what it said.
 *
 * @param {string} what for the sentence when it fails
 * @param {{ command: string, args: string[], env?: NodeJS.ProcessEnv, logFile: string }} program
 * @throws {ClearFault} with the end of its output
 */
export async function runProgram(what, { command, args, env = {}, logFile }) {
  mkdirSync(dirname(logFile), { recursive: true });
  rmSync(logFile, { force: true });
  running = await keep({ command, args, cwd: root, env: { ...process.env, ...quiet, ...env }, logFile });
  // A kept program does not hold this process by itself.
  const hold = setInterval(() => {}, 60_000);
  const { code } = await running.exited;
  clearInterval(hold);
  running = null;
  const output = readFileSync(logFile, 'utf8');
  if (code !== 0) throw programFault(what, output);
  return output;
}

/** The package manager as npx takes it, in the version the lock file was written with. */
export function pnpmVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;
}

/** pnpm through npx, in the version the lock file was written with. */
export function pnpm(what, args, logFile) {
  // NODE_ENV=production in the caller's shell would leave out what a build needs.
  const env = { NODE_ENV: undefined, CI: process.env.CI ?? 'true' };
  return runProgram(what, { command: 'npx', args: ['--yes', pnpmVersion(), ...args], env, logFile });
}

export async function install(home) {
  const stamp = installFingerprint(root);
  if (readStamps(home).install === stamp && existsSync(join(root, 'node_modules/.modules.yaml'))) {
    done('Packages are installed');
    return;
  }
  await step('Installing packages', async () => {
    try {
      await pnpm('Installing the packages', ['install', '--frozen-lockfile'], home.path('logs/install.log'));
    } catch (fault) {
      const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.exec(fault.message);
      if (offline && !isDiskFull(fault)) {
        throw new ClearFault(
          `The package registry can't be reached (${offline[0]}): check the network and run npm start again.`,
        );
      }
      throw fault;
    }
  });
  writeStamp(home, 'install', stamp);
}

export async function build(home) {
  const stamps = readStamps(home);
  const wanted = Object.keys(outputs).map((name) => ({ name, stamp: serviceFingerprint(root, name) }));
  const stale = wanted.filter(
    ({ name, stamp }) => stamps[name] !== stamp || !existsSync(join(root, outputs[name])),
  );
  if (stale.length === 0) {
    done('Services are built');
    return;
  }
  // One after the other: the pages alone take both cores, and each finished build is kept when a later one fails.
  for (const { name, stamp } of stale) {
    const short = name.replace('@habitat/', '');
    await step(`Building ${short}`, () =>
      pnpm(`Building ${short}`, ['--filter', name, 'build'], home.path(`logs/build-${short}.log`)),
    );
    writeStamp(home, name, stamp);
  }
}
