// A PostgreSQL of its own for a drill: in a private folder, reached only through a socket in it, gone afterwards.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    // Read until recovery is over, then written to.
    hot_standby: 'off',
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const control = (...args: string[]) =>
    startProgram(postgresBin, 'pg_ctl', [`--pgdata=${data}`, '--silent', ...args], env).done;
  try {
    await control(
      'start',
      '--wait',
      `--timeout=${options.patienceSeconds}`,
      `--log=${join(folder, 'server.log')}`,
      `--options=${flags.join(' ')}`,
    );
    return await work((database) => `postgres://${user}@localhost/${database}?host=${socket}`);
  } finally {
    await control('stop', '--mode=immediate').catch(() => undefined);
  }
}
