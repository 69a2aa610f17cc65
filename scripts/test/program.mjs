// Runs the programs of the test stages, and ends each with everything it started when told to.
import { spawn } from 'node:child_process';
import { root } from '../start/home.mjs';
import { quiet } from '../start/workspace.mjs';

const running = new Set();

/**
 * Runs a program with its output on the terminal, at once or, for one that runs beside others, when it has ended.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ heading: string, held: boolean }} output
 * @returns {Promise<number>} the exit code; 1 when a signal ended it
 */
export function runProgram(command, args, { heading, held }) {
  return new Promise((resolve) => {
    if (!held) process.stdout.write(heading);
    const env = {
      ...process.env,
      ...quiet,
      NODE_ENV: undefined,
      FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
    };
    const stdio = held ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    // A group of its own, so that nothing a test left behind outlives its stage.
    const child = spawn(command, args, { cwd: root, env, stdio, detached: true });
    running.add(child);
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const done = (code) => {
      running.delete(child);
      if (held) process.stdout.write(`${heading}${Buffer.concat(chunks).toString('utf8')}`);
      resolve(code);
    };
    child.once('error', (fault) => {
      process.stderr.write(`${fault.message}\n`);
      done(1);
    });
    child.once('exit', () => endGroup(child.pid, 'SIGKILL'));
    // After its output has been read to the end.
    child.once('close', (code) => done(code ?? 1));
  });
}

/** Ends whatever runs now. */
export async function stopRunning() {
  await Promise.all([...running].map(stop));
}

async function stop(child) {
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
