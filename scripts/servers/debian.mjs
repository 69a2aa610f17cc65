// The programs no npm package brings (RabbitMQ, Chromium, Caddy …): one place that says which Debian package carries
// each, uses what is on the machine, installs the rest as root, and otherwise says in a sentence what is missing.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';

const postgres15 = '/usr/lib/postgresql/15/bin';

/** Every package a test may ask for, with the places its program (or font) may lie in; the first that is there is taken. */
const packages = {
  buildah: ['/usr/bin/buildah'],
  caddy: ['/usr/bin/caddy'],
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  debootstrap: ['/usr/sbin/debootstrap'],
  'docker-compose': ['/usr/bin/docker-compose'],
  // What stands in for the product's own type is as wide as Arial; every system but a bare one has it or its twin.
  'fonts-liberation': [
    '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf',
    '/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf',
    '/usr/share/fonts/truetype/msttcorefonts/Arial.ttf',
    '/System/Library/Fonts/Supplemental/Arial.ttf',
  ],
  pgbackrest: ['/usr/bin/pgbackrest'],
  'postgresql-15': [`${postgres15}/postgres`],
  'postgresql-client-15': [`${postgres15}/pg_dump`],
  prometheus: ['/usr/bin/prometheus'],
  'prometheus-alertmanager': ['/usr/bin/prometheus-alertmanager'],
  'prometheus-node-exporter': ['/usr/bin/prometheus-node-exporter'],
  'prometheus-postgres-exporter': ['/usr/bin/prometheus-postgres-exporter'],
  // Debian's wrapper in /usr/sbin insists on the system's user and node; the server's own script does not.
  'rabbitmq-server': [
    '/usr/lib/rabbitmq/bin/rabbitmq-server',
    '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server',
    '/usr/local/opt/rabbitmq/sbin/rabbitmq-server',
  ],
  shellcheck: ['/usr/bin/shellcheck'],
  yamllint: ['/usr/bin/yamllint'],
};

const installer = fileURLToPath(new URL('install-debian.sh', import.meta.url));
/** What was tried in this process: a package that can't be had is not asked for again by every test. */
const attempts = new Map();

function isThere(file) {
  try {
    accessSync(file, file.endsWith('.ttf') ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function programOf(name) {
  const places = packages[name];
  if (!places) throw new Error(`scripts/servers/debian.mjs does not know the package ${name}: add it there.`);
  return places.find(isThere) ?? null;
}

/**
 * The programs of these Debian packages, in their order, after installing what is missing.
 *
 * @param {readonly string[]} names
 * @returns {Promise<string[]>}
 * @throws {Error} one sentence that names the missing packages when they can't be had
 */
export async function debian(names) {
  const missing = names.filter((name) => programOf(name) === null);
  if (missing.length > 0) await install(missing);
  const absent = names.filter((name) => programOf(name) === null);
  if (absent.length > 0) {
    const list = absent.join(' ');
    throw new Error(
      `The tests need what is not on this machine: install it with "apt-get install ${list}" and run them again.`,
    );
  }
  return names.map(programOf);
}

/**
 * Null when these packages are there (now), else the sentence why a test that needs them is skipped. A build server
 * (CI=true) skips nothing: there it throws.
 *
 * @param {readonly string[]} names
 * @returns {Promise<string | null>}
 */
export async function withoutDebian(names) {
  try {
    await debian(names);
    return null;
  } catch (fault) {
    if (process.env.CI === 'true') throw fault;
    process.stderr.write(`Skipped: ${fault.message}\n`);
    return fault.message;
  }
}

async function install(names) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const key = [...names].sort().join(' ');
  if (!attempts.has(key)) attempts.set(key, runInstaller(names));
  await attempts.get(key);
}

/** One installation at a time on this machine, whichever process asks; how it went shows in what is there afterwards. */
function runInstaller(names) {
  process.stderr.write(`Installing from Debian: ${names.join(' ')} …\n`);
  return new Promise((resolve) => {
    const lock = ['--timeout', '600', '/run/lock/habitat-debian.lock'];
    const child = spawn('flock', [...lock, 'sh', installer, ...names], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}
