// buildah with a storage of this clone's own (.habitat/images): nothing of the machine's containers is touched, and no
// Docker engine is needed.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debian } from '../servers/debian.mjs';
import { openHome } from '../start/home.mjs';

const run = promisify(execFile);

/**
 * Opens the storage.
 *
 * @returns {Promise<{ folder: string, buildah(...args: string[]): Promise<string>, loud(...args: string[]): Promise<void> }>}
 *   `buildah` answers with what it printed, `loud` shows it
 */
export async function openStorage() {
  const [program] = await debian(['buildah']);
  const folder = openHome().path('images');
  mkdirSync(folder, { recursive: true });
  // Which images may be used is decided by who builds: there is no registry in between.
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
  const place = (driver) => [
    ...['--root', join(folder, driver), '--runroot', join(folder, `${driver}-run`)],
    ...['--storage-driver', driver],
  ];
  // A clone that lies on an overlay itself can't hold another: there every layer is a whole copy.
  const global = (await holdsOverlay(program, place('overlay'))) ? place('overlay') : place('vfs');
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' };
  const withPolicy = (args) => {
    const [verb, ...rest] = args;
    const policed = ['bud', 'from', 'commit'].includes(verb) ? ['--signature-policy', policy] : [];
    return [...global, verb, ...policed, ...rest];
  };
  return {
    folder,
    async buildah(...args) {
      const { stdout } = await run(program, withPolicy(args), { env, maxBuffer: 64 * 1024 * 1024 });
      return stdout.trim();
    },
    loud(...args) {
      return new Promise((resolve, reject) => {
        const child = spawn(program, withPolicy(args), { env, stdio: ['ignore', 'inherit', 'inherit'] });
        child.once('error', reject);
        child.once('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`buildah ${args[0]} ended with ${code}`)),
        );
      });
    },
  };
}

async function holdsOverlay(program, global) {
  try {
    const { stdout } = await run(program, [...global, 'from', 'scratch']);
    await run(program, [...global, 'mount', stdout.trim()]);
    await run(program, [...global, 'rm', stdout.trim()]);
    return true;
  } catch {
    return false;
  }
}
