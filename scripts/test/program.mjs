// Runs one program of a test stage with its output on the terminal, and ends it with everything it started when told to.
import { spawn } from 'node:child_process';
import { root } from '../start/home.mjs';
import { quiet } from '../start/workspace.mjs';

let current = null;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code; 1 when a signal ended it
 */
export function runLoud(command, args) {
  return new Promise((resolve) => {
    // A group of its own, so that nothing a test left behind outlives its stage.
    const env = {
      ...process.env,
      ...quiet,
      NODE_ENV: undefined,
      FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
    };
    current = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const { pid } = current;
    current.once('error', (fault) => {
      process.stderr.write(`${fault.message}\n`);
      resolve(1);
    });
    current.once('exit', (code) => {
      current = null;
      endGroup(pid, 'SIGKILL');
      resolve(code ?? 1);
    });
  });
}

export async function stopCurrent() {
  if (!current) return;
  const child = current;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  endGroup(child.pid, 'SIGTERM');
  const impatience = setTimeout(() => endGroup(child.pid, 'SIGKILL'), 10_000);
  await exited;
  clearTimeout(impatience);
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
