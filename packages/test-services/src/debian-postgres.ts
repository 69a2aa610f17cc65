// A PostgreSQL of Debian's package, which has what the embedded one lacks: pg_dump, pg_basebackup and the other
// programs that work on a server of their own version.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { debian } from '../../../scripts/servers/debian.mjs';
import { keep } from '../../../scripts/servers/kept-process.mjs';
import { freePort } from '../../../scripts/servers/ports.mjs';
import { isRoot, unprivileged } from '../../../scripts/servers/postgres-binaries.mjs';
import { makePrivateFolder } from './private-folder.ts';

const user = 'habitat_owner';

export interface DebianPostgres {
  /** Folder of its programs. */
  readonly bin: string;
  /** The folder it runs in; programs that it calls may write here. */
  readonly folder: string;
  /** Whom it runs as: PostgreSQL refuses root. */
  readonly identity: { readonly uid?: number; readonly gid?: number };
  urlOf(database: string): string;
  stop(): Promise<void>;
}

async function untilItAnswers(url: string, patienceMs: number): Promise<void> {
  for (const end = Date.now() + patienceMs; ; await sleep(50)) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/**
 * Starts a server.
 *
 * @param options `data` is a data folder that exists already, as a restore makes one; `settings` and `env` are the server's
 */
export async function startDebianPostgres(
  options: {
    readonly data?: string;
    readonly settings?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly patienceMs?: number;
  } = {},
): Promise<DebianPostgres> {
  const [server] = await debian(['postgresql-15', 'postgresql-client-15']);
  const bin = dirname(server ?? '');
  const identity = isRoot() ? unprivileged : {};
  const folder = makePrivateFolder('postgres15', isRoot() ? unprivileged : undefined);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...options.env };
  const data = options.data ?? join(folder, 'data');
  if (options.data === undefined) {
    const args = [`--pgdata=${data}`, `--username=${user}`, '--auth=trust', '--encoding=UTF8', '--locale=C'];
    const made = spawnSync(join(bin, 'initdb'), args, { ...identity, cwd: folder, env, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  }
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const kept = await keep({
    command: join(bin, 'postgres'),
    args: [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env,
    cwd: folder,
    ...identity,
    stopSignal: 'SIGINT',
    logFile: join(folder, 'server.log'),
    removeFolder: folder,
  });
  const urlOf = (database: string) => `postgres://${user}@127.0.0.1:${port}/${database}`;
  try {
    await untilItAnswers(urlOf('postgres'), options.patienceMs ?? 30_000);
  } catch (error) {
    await kept.stop();
    throw error;
  }
  return {
    bin,
    folder,
    identity,
    urlOf,
    async stop() {
      await kept.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
