// A start with a wrong environment tells every fault at once and never shows a secret.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, environmentDocument, readApiConfig, readCliConfig, readWorkerConfig } from './index.ts';

const database = 'postgres://habitat_app:secret@localhost:5432/habitat';
const secret = 'x'.repeat(64);
const worker = { DATABASE_URL: database, SECRETS_KEY: secret };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'habitat-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(read: () => unknown): Record<string, string> {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) {
      return Object.fromEntries(error.faults.map((fault) => [fault.name, fault.problem]));
    }
    throw error;
  }
  return {};
}

describe('the API', () => {
  test('starts on an address and a secret, with the defaults of the deployment specification', () => {
    expect(readApiConfig({ DATABASE_URL: database, JWT_SECRET: secret, SECRETS_KEY: secret })).toMatchObject({
      environment: 'development',
      eventTransport: 'postgres',
      jwtExpirySeconds: 900,
      refreshTokenExpirySeconds: 604_800,
      corsOrigins: ['http://localhost:3000'],
      port: 4000,
      logLevel: 'info',
      readReplicaUrl: null,
    });
  });

  test('lists every fault at once', () => {
    const faults = faultsOf(() =>
      readApiConfig({
        DATABASE_URL: 'mysql://x',
        JWT_SECRET: 'short',
        JWT_EXPIRY: 'soon',
        CORS_ORIGIN: '*',
        PORT: '99999',
        LOG_LEVEL: 'loud',
        EVENT_TRANSPORT: 'rabbitmq',
      }),
    );
    expect(Object.keys(faults).sort()).toEqual([
      'CORS_ORIGIN',
      'DATABASE_URL',
      'JWT_EXPIRY',
      'JWT_SECRET',
      'LOG_LEVEL',
      'PORT',
      'RABBITMQ_URL',
      'SECRETS_KEY',
    ]);
  });

  test('believes the secret before the last change beside the one in force', () => {
    const env = { DATABASE_URL: database, JWT_SECRET: secret, SECRETS_KEY: secret };
    const old = 'o'.repeat(64);
    const rotated = readApiConfig({ ...env, JWT_SECRET_PREVIOUS: old, SECRETS_KEY_PREVIOUS: old });
    expect(rotated).toMatchObject({ jwtSecrets: [secret, old], secretsKeys: [secret, old] });
  });

  test('mails nothing unless told how, and then needs to know from whom and where the pages are', () => {
    const env = { DATABASE_URL: database, JWT_SECRET: secret, SECRETS_KEY: secret };
    expect(readApiConfig(env)).toMatchObject({ mail: null, publicUrl: 'http://localhost:3000' });
    const mailed = { ...env, SMTP_URL: 'smtp://mail.example.org' };
    expect(faultsOf(() => readApiConfig(mailed))).toEqual({
      MAIL_FROM: 'is required when SMTP_URL is set',
      PUBLIC_URL: 'is required when SMTP_URL is set',
    });
    const complete = { ...mailed, PUBLIC_URL: 'https://coop.example.org' };
    expect(readApiConfig({ ...complete, MAIL_FROM: 'Habitat <habitat@example.org>' }).mail).toEqual({
      url: 'smtp://mail.example.org',
      from: 'Habitat <habitat@example.org>',
    });
    for (const forged of ['Habitat', 'a@example.org\r\nBcc: b@example.org', 'a@example.org, b@example.org'])
      expect(Object.keys(faultsOf(() => readApiConfig({ ...complete, MAIL_FROM: forged })))).toEqual([
        'MAIL_FROM',
      ]);
  });

  test('refuses a secret below 64 characters in production, and takes it elsewhere', () => {
    const env = { DATABASE_URL: database, JWT_SECRET: 'y'.repeat(40), SECRETS_KEY: secret };
    expect(faultsOf(() => readApiConfig({ ...env, NODE_ENV: 'production' }))).toEqual({
      JWT_SECRET: 'must be at least 64 characters long in production',
    });
    expect(readApiConfig(env).jwtSecrets).toEqual(['y'.repeat(40)]);
  });

  test('never shows the value of a secret in the message', () => {
    const env = { DATABASE_URL: 'nonsense-with-password', JWT_SECRET: 'too-short-secret' };
    expect(() => readApiConfig(env)).toThrow(/DATABASE_URL: must be a URL/);
    expect(() => readApiConfig(env)).not.toThrow(/nonsense-with-password|too-short-secret/);
  });

  test('chooses RabbitMQ when its address is given, unless told otherwise', () => {
    const env = {
      DATABASE_URL: database,
      JWT_SECRET: secret,
      SECRETS_KEY: secret,
      RABBITMQ_URL: 'amqp://guest@localhost',
    };
    expect(readApiConfig(env).eventTransport).toBe('rabbitmq');
    expect(readApiConfig({ ...env, EVENT_TRANSPORT: 'postgres' }).eventTransport).toBe('postgres');
  });
});

describe('a secret from a file', () => {
  test('is read without its last line break', () => {
    writeFileSync(join(folder, 'jwt'), `${secret}\n`);
    expect(
      readApiConfig({
        DATABASE_URL: database,
        SECRETS_KEY: secret,
        JWT_SECRET_FILE: join(folder, 'jwt'),
      }).jwtSecrets,
    ).toEqual([secret]);
  });

  test('that cannot be read is told with its path', () => {
    const path = join(folder, 'absent');
    expect(
      faultsOf(() => readApiConfig({ DATABASE_URL: database, SECRETS_KEY: secret, JWT_SECRET_FILE: path })),
    ).toEqual({
      JWT_SECRET_FILE: `cannot read ${path} (ENOENT)`,
    });
  });

  test('may not be given twice', () => {
    const env = {
      DATABASE_URL: database,
      JWT_SECRET: secret,
      SECRETS_KEY: secret,
      JWT_SECRET_FILE: join(folder, 'jwt'),
    };
    expect(Object.keys(faultsOf(() => readApiConfig(env)))).toEqual(['JWT_SECRET']);
  });
});

test('the worker has four lanes, three retries and its port 9090 unless told otherwise', () => {
  expect(readWorkerConfig(worker)).toMatchObject({
    concurrency: 4,
    retryLimit: 3,
    metricsPort: 9090,
    workerIndex: 0,
    workerCount: 1,
  });
});

test('a service that mails says from whom, and where its links lead', () => {
  expect(readWorkerConfig(worker)).toMatchObject({ mail: null, webhookPrivateNetworks: false });
  const mailed = { ...worker, SMTP_URL: 'smtp://mail.example.org' };
  expect(Object.keys(faultsOf(() => readWorkerConfig(mailed)))).toEqual(['MAIL_FROM', 'PUBLIC_URL']);
});

test('a worker cannot be one of fewer workers than its number says', () => {
  const third = { ...worker, WORKER_INDEX: '2', WORKER_COUNT: '2' };
  expect(Object.keys(faultsOf(() => readWorkerConfig(third)))).toEqual(['WORKER_INDEX']);
});

test('an empty variable counts as not set', () => {
  expect(readWorkerConfig({ ...worker, WORKER_CONCURRENCY: '', RABBITMQ_URL: '' }).concurrency).toBe(4);
});

test('the command line migrates with the one address it was given', () => {
  expect(readCliConfig({ DATABASE_URL: database }).databaseOwnerUrl).toBe(database);
  writeFileSync(join(folder, 'url'), database);
  expect(readCliConfig({ DATABASE_URL_FILE: join(folder, 'url') }).databaseOwnerUrl).toBe(database);
});

test('docs/environment.md tells every setting as the table does', () => {
  const page = readFileSync(new URL('../../../docs/environment.md', import.meta.url), 'utf8');
  // The formatter pads the columns; the words must be the same.
  const words = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(words(page)).toBe(words(environmentDocument()));
});
