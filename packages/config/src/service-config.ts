// What each service needs from the environment, typed. A wrong or missing value stops the start with all
// faults listed; nothing else in the project reads process.env.
import type { ConfigFault, Environment } from './environment.ts';
import { readEnvironment } from './environment.ts';
import type { SettingName } from './setting.ts';
import { settings } from './setting.ts';

function pick<const Names extends readonly SettingName[]>(names: Names) {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as unknown as Pick<
    typeof settings,
    Names[number]
  >;
}

const shared = [
  'NODE_ENV',
  'LOG_LEVEL',
  'DATABASE_URL',
  'DATABASE_POOL_SIZE',
  'RABBITMQ_URL',
  'EVENT_TRANSPORT',
] as const;

const release = ['HABITAT_VERSION', 'HABITAT_REVISION'] as const;

/** Which settings each service reads; the documentation is made from it. */
export const serviceSettings = {
  api: [
    ...shared,
    'DATABASE_READ_REPLICA_URL',
    'DATABASE_REPLICA_MAX_LAG',
    'JWT_SECRET',
    'JWT_EXPIRY',
    'REFRESH_TOKEN_EXPIRY',
    'AUDIT_SIGNING_KEY',
    'CORS_ORIGIN',
    'HOST',
    'PORT',
    ...release,
  ],
  worker: [
    ...shared,
    'HOST',
    'METRICS_PORT',
    'PUBLIC_URL',
    'WORKER_CONCURRENCY',
    'WORKER_INDEX',
    'WORKER_COUNT',
    'DEAD_LETTER_RETRY_LIMIT',
    ...release,
  ],
  cli: [...shared, 'DATABASE_OWNER_URL', 'DEAD_LETTER_RETRY_LIMIT', 'API_URL'],
  backup: [
    ...release,
    'LOG_LEVEL',
    'HOST',
    'METRICS_PORT',
    'BACKUP_DIRECTORY',
    'BACKUP_KEY',
    'BACKUP_TIME',
    'BACKUP_RETENTION',
    'BACKUP_POINT_IN_TIME_RETENTION',
    'BACKUP_POSTGRES_BIN',
    'BACKUP_S3_BUCKET',
    'BACKUP_S3_PREFIX',
    'BACKUP_S3_ENDPOINT',
    'BACKUP_S3_REGION',
    'BACKUP_S3_ACCESS_KEY_ID',
    'BACKUP_S3_SECRET_ACCESS_KEY',
  ],
} as const satisfies Readonly<Record<string, readonly SettingName[]>>;

/** What runs: the release and the commit it was built from. */
function releaseOf(values: { readonly HABITAT_VERSION: string; readonly HABITAT_REVISION: string }) {
  return { version: values.HABITAT_VERSION, revision: values.HABITAT_REVISION };
}

type EventTransport = 'postgres' | 'rabbitmq';

interface TransportValues {
  readonly EVENT_TRANSPORT?: EventTransport | undefined;
  readonly RABBITMQ_URL?: string | undefined;
}

function transportFaults(values: TransportValues): ConfigFault[] {
  if (values.EVENT_TRANSPORT !== 'rabbitmq' || values.RABBITMQ_URL !== undefined) return [];
  return [{ name: 'RABBITMQ_URL', problem: 'is required when EVENT_TRANSPORT is rabbitmq' }];
}

function transportOf(values: TransportValues): EventTransport {
  return values.EVENT_TRANSPORT ?? (values.RABBITMQ_URL === undefined ? 'postgres' : 'rabbitmq');
}

const LONG_SECRET = 64;

/** Settings of the API. Throws ConfigError with every fault. */
export function readApiConfig(env: Environment) {
  const values = readEnvironment(pick(serviceSettings.api), env, (found) => {
    const faults = transportFaults(found);
    if (
      found.NODE_ENV === 'production' &&
      found.JWT_SECRET !== undefined &&
      found.JWT_SECRET.length < LONG_SECRET
    ) {
      faults.push({ name: 'JWT_SECRET', problem: 'must be at least 64 characters long in production' });
    }
    return faults;
  });
  return {
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    readReplicaUrl: values.DATABASE_READ_REPLICA_URL ?? null,
    replicaMaxLagSeconds: values.DATABASE_REPLICA_MAX_LAG,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    rabbitMqUrl: values.RABBITMQ_URL ?? null,
    eventTransport: transportOf(values),
    jwtSecret: values.JWT_SECRET,
    jwtExpirySeconds: values.JWT_EXPIRY,
    refreshTokenExpirySeconds: values.REFRESH_TOKEN_EXPIRY,
    auditSigningKey: values.AUDIT_SIGNING_KEY ?? null,
    corsOrigins: values.CORS_ORIGIN,
    host: values.HOST,
    port: values.PORT,
    release: releaseOf(values),
  };
}
export type ApiConfig = Readonly<ReturnType<typeof readApiConfig>>;

/** Settings of the worker. Throws ConfigError with every fault. */
export function readWorkerConfig(env: Environment) {
  const values = readEnvironment(pick(serviceSettings.worker), env, (found) => {
    const faults = transportFaults(found);
    const { WORKER_INDEX: index, WORKER_COUNT: count } = found;
    if (index !== undefined && count !== undefined && index >= count) {
      faults.push({ name: 'WORKER_INDEX', problem: `must be below WORKER_COUNT (${count})` });
    }
    return faults;
  });
  return {
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    rabbitMqUrl: values.RABBITMQ_URL ?? null,
    eventTransport: transportOf(values),
    host: values.HOST,
    metricsPort: values.METRICS_PORT,
    publicUrl: values.PUBLIC_URL ?? null,
    concurrency: values.WORKER_CONCURRENCY,
    workerIndex: values.WORKER_INDEX,
    workerCount: values.WORKER_COUNT,
    retryLimit: values.DEAD_LETTER_RETRY_LIMIT,
    release: releaseOf(values),
  };
}
export type WorkerConfig = Readonly<ReturnType<typeof readWorkerConfig>>;

/** Settings of the `habitat` command. Throws ConfigError with every fault. */
export function readCliConfig(env: Environment) {
  // A verb may need only one of the two addresses; with one given, it serves for both.
  const filled = {
    ...env,
    ...(isGiven(env, 'DATABASE_OWNER_URL') ? {} : { DATABASE_OWNER_URL: env['DATABASE_URL'] }),
    ...(isGiven(env, 'DATABASE_OWNER_URL') || !isGiven(env, 'DATABASE_URL')
      ? {}
      : { DATABASE_OWNER_URL_FILE: env['DATABASE_URL_FILE'] }),
  };
  const values = readEnvironment(pick(serviceSettings.cli), filled, transportFaults);
  return {
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    rabbitMqUrl: values.RABBITMQ_URL ?? null,
    eventTransport: transportOf(values),
    retryLimit: values.DEAD_LETTER_RETRY_LIMIT,
    apiUrl: values.API_URL,
  };
}
export type CliConfig = Readonly<ReturnType<typeof readCliConfig>>;

function s3Faults(found: {
  readonly BACKUP_S3_ACCESS_KEY_ID?: string | undefined;
  readonly BACKUP_S3_SECRET_ACCESS_KEY?: string | undefined;
}): ConfigFault[] {
  if ((found.BACKUP_S3_ACCESS_KEY_ID === undefined) === (found.BACKUP_S3_SECRET_ACCESS_KEY === undefined)) {
    return [];
  }
  return [{ name: 'BACKUP_S3_SECRET_ACCESS_KEY', problem: 'goes together with BACKUP_S3_ACCESS_KEY_ID' }];
}

/**
 * Settings of `habitat backup` and `habitat restore`. No address of a database is among them: archiving the log and
 * restoring from it work where none can be reached. Throws ConfigError with every fault.
 */
export function readBackupConfig(env: Environment) {
  const values = readEnvironment(pick(serviceSettings.backup), env, s3Faults);
  const { BACKUP_S3_ACCESS_KEY_ID: accessKeyId, BACKUP_S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  return {
    release: releaseOf(values),
    logLevel: values.LOG_LEVEL,
    host: values.HOST,
    metricsPort: values.METRICS_PORT,
    directory: values.BACKUP_DIRECTORY,
    key: values.BACKUP_KEY,
    time: values.BACKUP_TIME,
    retentionSeconds: values.BACKUP_RETENTION,
    pointInTimeSeconds: values.BACKUP_POINT_IN_TIME_RETENTION,
    postgresBin: values.BACKUP_POSTGRES_BIN ?? null,
    s3:
      values.BACKUP_S3_BUCKET === undefined
        ? null
        : {
            bucket: values.BACKUP_S3_BUCKET,
            prefix: values.BACKUP_S3_PREFIX,
            endpoint: values.BACKUP_S3_ENDPOINT ?? null,
            region: values.BACKUP_S3_REGION,
            credentials:
              accessKeyId === undefined || secretAccessKey === undefined
                ? null
                : { accessKeyId, secretAccessKey },
          },
  };
}
export type BackupConfig = Readonly<ReturnType<typeof readBackupConfig>>;

function isGiven(env: Environment, name: string): boolean {
  return Boolean(env[name] ?? env[`${name}_FILE`]);
}
