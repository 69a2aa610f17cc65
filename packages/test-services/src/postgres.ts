// A real PostgreSQL 18 for a test run: private folder, free port, gone with the process that asked for it.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../scripts/servers/ports.mjs';
import { createCluster, startCluster, stopLeftover } from '../../../scripts/servers/postgres.mjs';
import { makePrivateFolder } from './private-folder.ts';
import type { TestStandby } from './standby.ts';
import { startStandby } from './standby.ts';

/** A running server. `kill` and `restart` are for tests of a crash: what was committed must be there again. */
export interface TestPostgres {
  /** Superuser URL of the database `postgres`, as a migrator takes it. */
  readonly ownerUrl: string;
  readonly port: number;
  /** kill -9 of the server process; the address stays its own for `restart`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Starts a standby that follows this server. */
  standby(): Promise<TestStandby>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const user = 'habitat_owner';
const password = 'test-owner';

/**
 * Starts a server.
 *
 * @param options `durable: true` leaves fsync on, as a benchmark needs it. Tests do without: a killed process loses nothing
 *   that the operating system already has.
 */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<TestPostgres> {
  const folder = makePrivateFolder('postgres');
  const data = join(folder, 'data');
  const port = await freePort();
  createCluster({ folder: data, user, password });
  const settings = {
    max_connections: '300',
    ...(options.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const logFile = join(folder, 'server.log');
  const start = () =>
    startCluster({ folder: data, port, user, password, settings, logFile, removeFolder: folder });
  let server = await start();
  return {
    ownerUrl: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    port,
    kill: () => server.kill(),
    async restart() {
      await server.kill();
      await stopLeftover(data);
      server = await start();
    },
    standby: () => startStandby({ data, port, user, password, settings }),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
