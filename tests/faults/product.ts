// The product as it is shipped, for tests that break it: api and worker as processes of their own from their bundles,
// a PostgreSQL of their own, a RabbitMQ where events travel through one. Nothing of it outlives the test.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestPostgres, TestRabbitMq } from '@habitat/test-services';
import { startPostgres, startRabbitMq } from '@habitat/test-services';
import type { KeptProcess } from '../../scripts/servers/kept-process.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';

const servicesFolder = fileURLToPath(new URL('../../services/', import.meta.url));
const run = promisify(execFile);

export type ServiceName = 'api' | 'worker';

/** One service: killed and started again on the same address. */
export interface Service {
  /** Asks it to end, as an operator does, and waits until it has. */
  stop(): Promise<void>;
  /** kill -9 of the process; nothing of it is left when this resolves. */
  kill(): Promise<void>;
  /** Starts it; resolves when it answers on /health. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Whether it says on /ready that it can do its work. */
  isReady(): Promise<boolean>;
  /** The lines it has written, those that are JSON. */
  log(): Promise<Record<string, unknown>[]>;
  readonly address: string;
}

/** Waits until a condition holds; every wait of these tests has an end. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  timeoutMs = 90_000,
): Promise<void> {
  for (const start = Date.now(); !(await holds());) {
    if (Date.now() - start > timeoutMs) throw new Error(`waited ${timeoutMs} ms for: ${what}`);
    await sleep(10);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The JSON lines of a log file; others (a runtime's own words) are passed over. */
export async function readLog(file: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function build(name: ServiceName, folder: string): Promise<unknown> {
  return run(process.execPath, ['build.mjs', join(folder, name)], { cwd: join(servicesFolder, name) });
}

async function createService(
  name: ServiceName,
  folder: string,
  env: Record<string, string>,
): Promise<Service> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const logFile = join(folder, `${name}-${port}.log`);
  let running: KeptProcess | null = null;
  const service: Service = {
    async stop() {
      await running?.stop();
      running = null;
    },
    async kill() {
      await running?.kill();
      running = null;
    },
    async start() {
      running = await keep({
        command: process.execPath,
        args: [join(folder, name, 'main.js')],
        env: {
          PATH: process.env['PATH'],
          ...env,
          HOST: '127.0.0.1',
          PORT: String(port),
          METRICS_PORT: String(port),
        },
        cwd: folder,
        logFile,
        stopTimeoutMs: 30_000,
      });
      await until(`${name} answers`, () => answers(`${address}/health`)).catch(async (fault: Error) => {
        throw new Error(`${fault.message}\n${await readFile(logFile, 'utf8').catch(() => '')}`);
      });
    },
    async restart() {
      await service.kill();
      await service.start();
    },
    isReady: () => answers(`${address}/ready`),
    log: () => readLog(logFile),
    address,
  };
  return service;
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

export interface Product {
  readonly api: Service;
  readonly worker: Service;
  readonly postgres: TestPostgres;
  readonly broker: TestRabbitMq | null;
  readonly database: TestDatabase;
  readonly graphqlUrl: string;
  /** One more beside those that run; it ends with the product. */
  add(name: ServiceName): Promise<Service>;
  /** The `habitat` command as a process; its exit code and what it wrote. */
  habitat(...words: string[]): Promise<Ran>;
  end(): Promise<void>;
}

function runHabitat(env: Record<string, string>, words: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...words], {
    cwd: join(servicesFolder, 'cli'),
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/**
 * Starts servers and services; `retryLimit` is the worker's setting, its usual value when left out, `environment` what
 * the services get besides.
 */
export async function startProduct(
  transport: 'postgres' | 'rabbitmq',
  options: { readonly retryLimit?: number; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'habitat-faults-'));
  const [postgres, broker] = await Promise.all([
    startPostgres(),
    transport === 'rabbitmq' ? startRabbitMq() : null,
  ]);
  const database = await createTestDatabase(postgres.ownerUrl);
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: database.appUrl,
    JWT_SECRET: 'a secret of these tests '.repeat(4),
    SECRETS_KEY: 'a key of these tests '.repeat(4),
    EVENT_TRANSPORT: transport,
    LOG_LEVEL: 'warn',
    DEAD_LETTER_RETRY_LIMIT: String(options.retryLimit ?? 3),
    ...(broker === null ? {} : { RABBITMQ_URL: broker.url }),
    ...options.environment,
  };
  await Promise.all([build('api', folder), build('worker', folder)]);
  const [api, worker] = await Promise.all([
    createService('api', folder, env),
    createService('worker', folder, env),
  ]);
  await Promise.all([api.start(), worker.start()]);
  const services = [api, worker];
  const cliEnv = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl };
  return {
    api,
    worker,
    postgres,
    broker,
    database,
    graphqlUrl: `${api.address}/graphql`,
    async add(name) {
      const another = await createService(name, folder, env);
      services.push(another);
      await another.start();
      return another;
    },
    habitat: (...words) => runHabitat(cliEnv, words),
    async end() {
      await Promise.all(services.map((service) => service.kill()));
      await database.end();
      await Promise.all([postgres.stop(), broker?.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
