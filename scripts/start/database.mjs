// The database of this start: the embedded PostgreSQL in .habitat/postgres, or the one that DATABASE_URL names.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { preferPort } from '../servers/ports.mjs';
import {
  clusterExists,
  createCluster,
  DamagedCluster,
  startCluster,
  stopLeftover,
} from '../servers/postgres.mjs';
import { ClearFault, isDiskFull } from './fault.mjs';
import { done, step } from './progress.mjs';

const OWNER = 'habitat_owner';
const APP = 'habitat_app';
const DATABASE = 'habitat';
const USUAL_PORT = 54_329;

/**
 * @param {ReturnType<import('./home.mjs').openHome>} home
 * @param {{ ownerPassword: string, appPassword: string }} secrets
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ ownerUrl: string, appUrl: string, stop(): Promise<void>, keepAlive(tell: (text: string) => void): void }>}
 */
export async function openDatabase(home, secrets, env) {
  if (env.DATABASE_URL) return givenDatabase(secrets, env);
  const { server, restart, port } = await startEmbedded(home, secrets);
  await createDatabase(port, secrets.ownerPassword);
  const url = (user, password) => `postgres://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
  let current = server;
  let stopping = false;
  return {
    ownerUrl: url(OWNER, secrets.ownerPassword),
    appUrl: url(APP, secrets.appPassword),
    async stop() {
      stopping = true;
      await current.stop();
    },
    keepAlive(tell) {
      void (async () => {
        for (;;) {
          await current.exited;
          if (stopping) return;
          tell('PostgreSQL ended unexpectedly and is started again.');
          await sleep(500);
          try {
            current = await restart();
          } catch (fault) {
            tell(`PostgreSQL could not be started again: ${fault.message}`);
            await sleep(5_000);
          }
        }
      })();
    },
  };
}

/** Forgets the embedded database. The passwords go with it, the build does not. */
export async function resetDatabase(home) {
  await stopLeftover(home.postgres);
  for (const folder of [home.postgres, `${home.postgres}.new`, home.path('secrets.json')]) {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startEmbedded(home, secrets) {
  const folder = home.postgres;
  try {
    if (!clusterExists(folder)) {
      await step('Making the database', async () =>
        createCluster({ folder, user: OWNER, password: secrets.ownerPassword }),
      );
    }
    return await step('Starting PostgreSQL', async () => {
      await stopLeftover(folder);
      const port = await preferPort(USUAL_PORT);
      const start = async () => {
        await stopLeftover(folder);
        return startCluster({
          folder,
          port,
          user: OWNER,
          password: secrets.ownerPassword,
          logFile: home.path('logs/postgres.log'),
        });
      };
      return { server: await start(), restart: start, port };
    });
  } catch (fault) {
    if (/could not look up effective user ID/.test(fault.message)) {
      throw new ClearFault(
        'PostgreSQL refuses to run as a user without a name in /etc/passwd: run npm start as a named user, or set DATABASE_URL.',
      );
    }
    if (!(fault instanceof DamagedCluster) || isDiskFull(fault)) throw fault;
    throw new ClearFault(
      `The database can't be used: ${fault.message}. Its log is .habitat/logs/postgres.log; put a backup of .habitat/postgres back, or begin anew with npm start -- --reset`,
    );
  }
}

async function createDatabase(port, password) {
  const client = new pg.Client({ host: '127.0.0.1', port, user: OWNER, password, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** One address is enough: then it is the owner's, and the services get a login of their own, made by the migration. */
async function givenDatabase(secrets, env) {
  const ownerUrl = env.DATABASE_OWNER_URL ?? env.DATABASE_URL;
  let appUrl = env.DATABASE_URL;
  if (!env.DATABASE_OWNER_URL) {
    const derived = parseUrl(env.DATABASE_URL);
    derived.username = APP;
    derived.password = secrets.appPassword;
    appUrl = derived.href;
  }
  const { host } = parseUrl(ownerUrl);
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.query('select 1');
  } catch (fault) {
    throw new ClearFault(`The PostgreSQL at ${host} can't be used: ${fault.message || fault.code}.`);
  } finally {
    await client.end().catch(() => {});
  }
  done(`Using the PostgreSQL at ${host}`);
  return { ownerUrl, appUrl, stop: async () => {}, keepAlive() {} };
}

function parseUrl(text) {
  try {
    return new URL(text);
  } catch {
    throw new ClearFault(
      'DATABASE_URL is no address: it looks like postgres://user:password@host:5432/database',
    );
  }
}
