// Makes, starts and stops a private PostgreSQL cluster for `npm start` and for the tests, as root or as an ordinary user.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { keep } from './kept-process.mjs';
import { isRoot, postgresBinaries, unprivileged } from './postgres-binaries.mjs';

const MAJOR_VERSION = '18';

/** Everything that can be wrong with a data folder, in one sentence for the operator. */
export class DamagedCluster extends Error {}

// A process may always go through its own /proc/self/cwd, whatever the modes of the folders above: so the
// unprivileged user that root runs PostgreSQL as reaches a data folder inside a clone below /root (mode 700).
const address = (folder) => (isRoot() && process.platform === 'linux' ? '/proc/self/cwd' : folder);
const identity = () => (isRoot() ? unprivileged : {});
const environment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

/**
 * Makes a new cluster in `folder`, which must not exist yet. An interruption leaves no half-made one behind.
 *
 * @param {{ folder: string, user: string, password: string }} options
 */
export function createCluster({ folder, user, password }) {
  const binaries = postgresBinaries();
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const secrets = mkdtempSync(join(tmpdir(), 'habitat-initdb-'));
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (isRoot()) {
    for (const path of [fresh, secrets, passwordFile]) chownSync(path, unprivileged.uid, unprivileged.gid);
  }
  try {
    const initdb = spawnSync(
      join(binaries.folder, 'bin/initdb'),
      [
        `--pgdata=${address(fresh)}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order of letters on every machine.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...identity(), cwd: fresh, env: environment(), encoding: 'utf8' },
    );
    if (initdb.error) throw initdb.error;
    if (initdb.status !== 0) throw new Error(`PostgreSQL could not make a cluster: ${initdb.stderr.trim()}`);
    renameSync(fresh, folder);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

/**
 * Whether a cluster lies in `folder`.
 *
 * @param {string} folder
 * @throws {DamagedCluster} when something lies there that is no cluster we can run
 */
export function clusterExists(folder) {
  if (!existsSync(folder)) return false;
  const versionFile = join(folder, 'PG_VERSION');
  if (!existsSync(versionFile) || !existsSync(join(folder, 'global/pg_control'))) {
    throw new DamagedCluster(`${folder} is not a complete PostgreSQL data folder`);
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new DamagedCluster(
      `${folder} was written by PostgreSQL ${version}, this is PostgreSQL ${MAJOR_VERSION}`,
    );
  }
  return true;
}

/**
 * Ends a PostgreSQL that outlived a supervisor killed hard, and forgets the pid file of one that is gone.
 *
 * @param {string} folder
 */
export async function stopLeftover(folder) {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!runsIn(pid, folder)) {
    // The number may meanwhile belong to another program, which would keep PostgreSQL from starting.
    rmSync(pidFile, { force: true });
    return;
  }
  for (const [signal, patience] of [
    ['SIGINT', 100],
    ['SIGQUIT', 50],
    ['SIGKILL', 20],
  ]) {
    try {
      process.kill(pid, signal);
    } catch {
      break;
    }
    for (let waited = 0; waited < patience && runsIn(pid, folder); waited += 1) await sleep(100);
    if (!runsIn(pid, folder)) break;
  }
  rmSync(pidFile, { force: true });
}

/** PostgreSQL stands in its data folder all its life, which tells our server from any other process. */
function runsIn(pid, folder) {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  }
  const ps = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.status === 0 && ps.stdout.includes(folder);
}

/**
 * Starts the cluster in `folder` on 127.0.0.1 and waits until it answers.
 *
 * @param {import('./postgres.mjs').StartOptions} options
 * @returns {Promise<import('./kept-process.mjs').KeptProcess>}
 */
export async function startCluster({ folder, port, user, password, settings = {}, logFile, removeFolder }) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    client_connection_check_interval: '2s',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await keep({
    command: join(postgresBinaries().folder, 'bin/postgres'),
    args: ['-D', address(folder), '-p', String(port), ...flags],
    env: environment(),
    cwd: folder,
    ...identity(),
    // "Fast shutdown": sessions are ended, what was committed stays.
    stopSignal: 'SIGINT',
    stopTimeoutMs: 10_000,
    ...(logFile ? { logFile } : {}),
    ...(removeFolder ? { removeFolder } : {}),
  });
  const ended = server.exited.then(({ code, signal }) => `exit code ${code ?? signal}`);
  const failure = await untilItAnswers({ port, user, password }, ended);
  if (failure) {
    await server.stop();
    throw new DamagedCluster(`PostgreSQL did not start in ${folder} (${failure})`);
  }
  return server;
}

/** Null when the server answers, else what went wrong. Replaying the log after a crash may take a while. */
async function untilItAnswers(login, ended) {
  let end = null;
  void ended.then((how) => {
    end = how;
  });
  let last = 'no answer';
  for (const start = Date.now(); Date.now() - start < 60_000;) {
    if (end) return end;
    const client = new pg.Client({
      ...login,
      host: '127.0.0.1',
      database: 'postgres',
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return null;
    } catch (fault) {
      last = fault.message;
      await sleep(40);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return end ?? last;
}
