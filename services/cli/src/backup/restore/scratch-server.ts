// A PostgreSQL of its own for a drill: in a private folder, reached only through a socket in it, gone afterwards.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ClearError } from '../../clear-error.ts';
import { startProgram } from '../postgres-program.ts';

/** The folder it all happens in; removed with everything in it after `work`. */
export async function inScratchFolder<Made>(work: (folder: string) => Promise<Made>): Promise<Made> {
  if (process.getuid?.() === 0)
    throw new ClearError('PostgreSQL does not run as root: run the drill as another user.');
  const folder = await mkdtemp(join(tmpdir(), 'habitat-drill-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes an empty cluster in `data`. */
export async function initCluster(postgresBin: string | null, data: string, user: string): Promise<void> {
  const args = [`--pgdata=${data}`, `--username=${user}`, '--auth=trust', '--encoding=UTF8', '--locale=C'];
  await startProgram(postgresBin, 'initdb', [...args, '--no-sync']).done;
}

/**
 * Runs a server on `data` while `work` is done; `urlOf` names a database of it. Returns after recovery, if any, is over.
 *
 * @param env what the server hands to the programs it calls
 */
export async function withServer<Made>(
  options: {
    readonly postgresBin: string | null;
    readonly folder: string;
    readonly data: string;
    readonly user: string;
    readonly env: Readonly<Record<string, string>>;
    readonly patienceSeconds: number;
  },
  work: (urlOf: (database: string) => string) => Promise<Made>,
): Promise<Made> {
  const { postgresBin, folder, data, user, env } = options;
  const socket = join(folder, 'socket');
  await mkdir(socket, { recursive: true, mode: 0o700 });
  const access = join(folder, 'pg_hba.conf');
  // Only this process's user reaches the socket; the passwords of a restored server are none of the drill's business.
  await writeFile(access, 'local all all trust\n');
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socket,
    hba_file: access,
    archive_mode: 'off',
    fsync: 'off',
    ssl: 'off',
    logging_collector: 'off',
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const control = (...args: string[]) =>
    startProgram(postgresBin, 'pg_ctl', [`--pgdata=${data}`, '--silent', ...args], env).done;
  const urlOf = (database: string) => `postgres://${user}@localhost/${database}?host=${socket}`;
  const log = join(folder, 'server.log');
  try {
    await control('start', '--wait', '--timeout=60', `--log=${log}`, `--options=${flags.join(' ')}`);
    await untilRecovered(urlOf('postgres'), options.patienceSeconds * 1000);
  } catch (error) {
    await control('stop', '--mode=immediate').catch(() => undefined);
    // Why it did not start, or stopped recovering, it says only there.
    const said = (await readFile(log, 'utf8').catch(() => '')).split('\n');
    const fatal = said.find((line) => /FATAL|PANIC/.test(line));
    throw fatal === undefined ? error : new ClearError(`The restored server did not start: ${fatal}`);
  }
  try {
    return await work(urlOf);
  } finally {
    await control('stop', '--mode=immediate').catch(() => undefined);
  }
}

/** A server that replays its log may be read before it is done; what is proven is what it ends with. */
async function untilRecovered(url: string, patienceMs: number): Promise<void> {
  for (const end = Date.now() + patienceMs; ; await sleep(200)) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ going: boolean }>('select pg_is_in_recovery() as going');
      if (rows[0]?.going === false) return;
    } finally {
      await client.end();
    }
    if (Date.now() > end)
      throw new ClearError('The restored server did not finish replaying its log in time.');
  }
}
