// The folder .habitat/: data, passwords, logs and stamps of this clone, and the lock that keeps it to one start at a time.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClearFault } from './fault.mjs';

/** The clone, by its real path: PostgreSQL's own folder is compared with it. */
export const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));

/** What this clone is: the version its package.json names and the commit it stands on; an unpacked archive has none. */
export function release() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const git = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return { version, revision: git.status === 0 ? git.stdout.trim() : 'unknown' };
}

/**
 * @param {string} [folder] another home than the clone's own, for tests
 */
export function openHome(folder = join(root, '.habitat')) {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const path = (...names) => join(folder, ...names);
  return { folder: realpathSync(folder), path, postgres: join(realpathSync(folder), 'postgres') };
}

/** Written whole or not at all. */
function writeWhole(file, text, mode) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text, { mode });
  renameSync(fresh, file);
}

/** A home of an older release gets the keys it did not know yet. */
function complete(file, secrets) {
  if (secrets.auditSigningKey && secrets.secretsKey) return secrets;
  const whole = {
    auditSigningKey: randomBytes(32).toString('hex'),
    secretsKey: randomBytes(48).toString('hex'),
    ...secrets,
  };
  writeWhole(file, `${JSON.stringify(whole, null, 2)}\n`, 0o600);
  return whole;
}

/** Passwords, the token secret and the audit key, made once: a restart must not sign everybody out or lock the database. */
export function readSecrets(home) {
  const file = home.path('secrets.json');
  if (existsSync(file)) {
    try {
      const secrets = JSON.parse(readFileSync(file, 'utf8'));
      if (secrets.ownerPassword && secrets.appPassword && secrets.jwtSecret) return complete(file, secrets);
    } catch {
      // Told below.
    }
    throw new ClearFault(
      '.habitat/secrets.json is damaged: restore it, or begin anew with npm start -- --reset',
    );
  }
  if (existsSync(home.postgres)) {
    throw new ClearFault(
      '.habitat/secrets.json is gone and with it the password of the database: restore it, or begin anew with npm start -- --reset',
    );
  }
  const secrets = {
    ownerPassword: randomBytes(24).toString('hex'),
    appPassword: randomBytes(24).toString('hex'),
    jwtSecret: randomBytes(48).toString('hex'),
    auditSigningKey: randomBytes(32).toString('hex'),
    secretsKey: randomBytes(48).toString('hex'),
  };
  writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}

/** What the operator's own commands need to reach the running product: `set -a; . .habitat/environment`. */
export function writeEnvironmentFile(home, environment) {
  const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'`);
  writeWhole(home.path('environment'), `${lines.join('\n')}\n`, 0o600);
}

export function readStamps(home) {
  try {
    return JSON.parse(readFileSync(home.path('stamps.json'), 'utf8'));
  } catch {
    return {};
  }
}

export function writeStamp(home, name, stamp) {
  writeWhole(
    home.path('stamps.json'),
    `${JSON.stringify({ ...readStamps(home), [name]: stamp }, null, 2)}\n`,
    0o644,
  );
}

/**
 * Takes the lock; the returned function gives it back.
 *
 * @throws {ClearFault} when another start runs from this folder
 */
export function lockHome(home) {
  const file = home.path('running.pid');
  if (existsSync(file)) {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (pid !== process.pid && isStart(pid)) {
      throw new ClearFault(`Habitat already runs from this folder (process ${pid}): stop that one first.`);
    }
  }
  writeWhole(file, `${process.pid}\n`, 0o644);
  return () => rmSync(file, { force: true });
}

/** A process number alone may have been given to another program since. */
function isStart(pid) {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs');
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(
      'start.mjs',
    );
  } catch {
    return false;
  }
}
