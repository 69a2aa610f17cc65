// Programs that no npm package brings (RabbitMQ, Chromium) come from Debian: installed when we are root, asked for when not.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const installed = new Set<string>();

function isRunnable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first of `programs` that can be run, after installing `debianPackage` if need be.
 *
 * @throws with one sentence that names the missing package when it can't be had
 */
export function requireProgram(programs: readonly string[], debianPackage: string): string {
  const present = programs.find(isRunnable);
  if (present) return present;
  const how = `install it with "apt-get install ${debianPackage}" and run the tests again`;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error(`The tests need ${debianPackage}, which is not on this machine: ${how}.`);
  }
  if (!installed.has(debianPackage)) {
    installed.add(debianPackage);
    install(debianPackage);
  }
  const fresh = programs.find(isRunnable);
  if (!fresh)
    throw new Error(`The tests need ${debianPackage}, which apt-get could not install here: ${how}.`);
  return fresh;
}

function install(debianPackage: string): void {
  console.log(`Installing Debian's ${debianPackage} …`);
  // Debian would start a RabbitMQ of its own on the standard port; policy-rc.d is not ours to write, so we only
  // tell the package's scripts not to start anything.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const waitForLock = ['-o', 'DPkg::Lock::Timeout=120'];
  const quiet = { env, stdio: 'ignore', timeout: 300_000 } as const;
  const apt = ['install', '-y', '-qq', '--no-install-recommends', ...waitForLock, debianPackage];
  if (spawnSync('apt-get', apt, quiet).status === 0) return;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', apt, quiet);
}
