// Runs PostgreSQL's own programs. What one writes counts only when it also ended well: pg_dump that dies halfway has
// written a file as well.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { ClearError } from '../clear-error.ts';

/** A backup waits for a server or a locked table this long, then fails and is told of: it must not wait for ever. */
export const CONNECT_WITHIN_SECONDS = 15;
export const LOCKED_AT_MOST_MS = 600_000;

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface RunningProgram {
  readonly output: Readable;
  readonly input: Writable;
  /** Resolves with what it said when it ended well; rejects with it when not. */
  readonly done: Promise<string>;
  kill(): void;
}

/** The programs find the server through the environment: a password on a command line is seen by everybody. */
export function connectionOf(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const given: readonly (readonly [string, string])[] = [
    ['PGHOST', searchParams.get('host') ?? decodeURIComponent(hostname)],
    ['PGPORT', port],
    ['PGUSER', decodeURIComponent(username)],
    ['PGPASSWORD', decodeURIComponent(password)],
    ['PGDATABASE', decodeURIComponent(pathname.slice(1))],
    ['PGCONNECT_TIMEOUT', String(CONNECT_WITHIN_SECONDS)],
    ['PGSSLMODE', searchParams.get('sslmode') ?? ''],
    ['PGSSLROOTCERT', searchParams.get('sslrootcert') ?? ''],
  ];
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** Starts a program; `folder` is where PostgreSQL's programs lie when they are not on the PATH. */
export function startProgram(
  folder: string | null,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningProgram {
  const child = spawn(folder === null ? program : join(folder, program), [...args], {
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C', TZ: 'UTC', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = text(child.stderr);
  // A program that ends before it has read everything tells its reason itself.
  child.stdin.on('error', () => undefined);
  const done = new Promise<string>((resolve, reject) => {
    child.once('error', (error) => {
      const missing = 'code' in error && error.code === 'ENOENT';
      const hint = 'install the PostgreSQL client or set BACKUP_POSTGRES_BIN';
      reject(missing ? new ClearError(`There is no program ${program}: ${hint}.`) : error);
    });
    child.once('close', (code, signal) => {
      void said.then((message) => {
        if (code === 0) resolve(message);
        else reject(new ClearError(`${program} failed (${code ?? signal}): ${message.trim()}`));
      });
    });
  });
  // Whoever awaits it later hears of it; until then it is no unhandled fault.
  done.catch(() => undefined);
  return { output: child.stdout, input: child.stdin, done, kill: () => void child.kill('SIGKILL') };
}

/** Gives a program its input and waits for its end; what went wrong first is the reason told. */
export async function feed(program: RunningProgram, content: Readable): Promise<void> {
  try {
    await pipeline(content, program.input);
  } catch (error) {
    // It stopped reading: its own words say why. Any other fault is the content's, and it must not take half for all.
    const stoppedReading = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    if (stoppedReading) await program.done;
    program.kill();
    throw error;
  }
  await program.done;
}
