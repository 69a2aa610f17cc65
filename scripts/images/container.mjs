// Runs an image the way an engine would: its process is number 1 of its own process space, acts as the image's user,
// sees the image as a read-only root filesystem with a tmpfs where one is given, and hears SIGTERM at the end.
// Only the network is the machine's own, so that it reaches the servers of the tests.
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// $1 is the image's folder, $2 its user, $3 a list of folders for a tmpfs, $4 the working directory, the rest the command.
const enter = `
set -eu
root=$1 user=$2 scratch=$3 work=$4; shift 4
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
for folder in $scratch; do mount -t tmpfs -o mode=1777 tmpfs "$root$folder"; done
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev"
for device in null zero random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
cd "$root"
exec chroot --userspec="$user" "$root" sh -c 'cd "$0" && exec "$@"' "$work" "$@"
`;

/** What an image says about itself. */
export async function describeImage(storage, image) {
  const { Docker } = JSON.parse(await storage.buildah('inspect', '--type', 'image', image));
  return { ...Docker.config, history: Docker.history };
}

/**
 * Starts a container.
 *
 * @param {Awaited<ReturnType<import('./storage.mjs').openStorage>>} storage
 * @param {string} image
 * @param {{ env?: Record<string, string>, args?: string[], scratch?: string[] }} options `args` instead of the image's
 *   own, `scratch` the folders that get a tmpfs
 */
export async function startContainer(storage, image, { env = {}, args, scratch = ['/tmp'] } = {}) {
  const config = await describeImage(storage, image);
  const name = await storage.buildah('from', '--pull-never', image);
  const root = await storage.buildah('mount', name);
  const command = [...(config.Entrypoint ?? []), ...(args ?? config.Cmd ?? [])];
  const place = [root, config.User, scratch.join(' '), config.WorkingDir || '/'];
  const environment = {
    ...Object.fromEntries((config.Env ?? []).map((line) => line.split(/=(.*)/s).slice(0, 2))),
    ...env,
  };
  const spaces = ['--mount', '--pid', '--fork', '--kill-child=KILL'];
  const unshare = spawn('unshare', [...spaces, 'sh', '-c', enter, 'sh', ...place, ...command], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [unshare.stdout, unshare.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const exited = new Promise((resolve) => unshare.once('exit', (code, signal) => resolve(code ?? signal)));
  /** Process 1 of the container as this machine numbers it. */
  const main = () => Number(readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8'));
  const container = {
    root,
    output: () => output,
    exited,
    /** Runs a command inside, as the image's user; answers with its exit code and what it said. */
    async exec(...inside) {
      const [uid, gid] = config.User.split(':');
      const spacesOf = ['-t', String(main()), '-m', '-p', '-r', '-S', uid, '-G', gid];
      try {
        const { stdout, stderr } = await run('nsenter', [...spacesOf, ...inside], { env: environment });
        return { code: 0, output: stdout + stderr };
      } catch (fault) {
        return { code: fault.code, output: `${fault.stdout}${fault.stderr}` };
      }
    },
    /** Runs a health check inside until it passes. */
    async healthy(check, withinMs = 60_000) {
      let last = null;
      for (const start = Date.now(); Date.now() - start < withinMs; await pause(200)) {
        if (unshare.exitCode !== null) break;
        last = await container.exec(...check);
        if (last.code === 0) return;
      }
      throw new Error(`${image} did not become healthy: ${last?.output ?? ''}\n${output.slice(-4_000)}`);
    },
    /** Asks the process to end and answers with its exit code. */
    async stop() {
      if (unshare.exitCode === null) process.kill(main(), 'SIGTERM');
      return exited;
    },
    /** Ends it in any case and forgets it. */
    async remove() {
      unshare.kill('SIGKILL');
      await exited;
      await storage.buildah('rm', name);
    },
  };
  return container;
}
