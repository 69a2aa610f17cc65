// What each service needs from the environment, typed. A wrong or missing value stops the start with all
// faults listed; nothing else in the project reads process.env.
import { bucketFaults, bucketOf, evidenceConfig, evidenceFaults } from './bucket.ts';
import type { ConfigFault, Environment } from './environment.ts';
import { readEnvironment } from './environment.ts';
import type { SettingName } from './setting.ts';
import { providerConfig, providerFaults } from './provider.ts';
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
const traces = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'HABITAT_ENVIRONMENT'] as const;
// What makes a link and whether it is mailed: the API makes them, the worker mails them.
const links = ['SECRETS_KEY', 'SECRETS_KEY_PREVIOUS', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'] as const;
// The API takes an address, the worker sends to it: both look at it.
const webhooks = ['WEBHOOK_PRIVATE_NETWORKS'] as const;
// The worker forgets, the API tells when.
const retention = ['RETENTION'] as const;

// Whose sign-in people may use, beside their own.
const provider = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_LABEL'] as const;

// Where evidence files lie, and what must be true of one before it is kept.
const evidence = [
  'EVIDENCE_DIRECTORY',
  'EVIDENCE_MAX_BYTES',
  'EVIDENCE_CLAMD',
  'EVIDENCE_SCAN_COMMAND',
  'EVIDENCE_S3_BUCKET',
  'EVIDENCE_S3_PREFIX',
  'EVIDENCE_S3_ENDPOINT',
  'EVIDENCE_S3_REGION',
  'EVIDENCE_S3_ACCESS_KEY_ID',
  'EVIDENCE_S3_SECRET_ACCESS_KEY',
] as const;

/** Which settings each service reads; the documentation is made from it. */
export const serviceSettings = {
  api: [
    ...shared,
    'DATABASE_READ_REPLICA_URL',
    ...traces,
    'DATABASE_REPLICA_MAX_LAG',
    'JWT_SECRET',
    'JWT_SECRET_PREVIOUS',
    'JWT_EXPIRY',
    'REFRESH_TOKEN_EXPIRY',
    'AUDIT_SIGNING_KEY',
    ...links,
    ...evidence,
    ...webhooks,
    ...retention,
    ...provider,
    'CORS_ORIGIN',
    'HOST',
    'PORT',
    'SHUTDOWN_DELAY',
    ...release,
  ],
  worker: [
    ...shared,
    ...links,
    ...evidence,
    ...webhooks,
    ...retention,
    'HOST',
    'METRICS_PORT',
    ...traces,
    'WORKER_CONCURRENCY',
    'WORKER_INDEX',
    'WORKER_COUNT',
    'DEAD_LETTER_RETRY_LIMIT',
    ...release,
  ],
  /** Read by the pages' own services/frontend/src/lib/environment.ts, which loads no package of the services. */
  frontend: [
    'LOG_LEVEL',
    'API_URL',
    'DEFAULT_LANGUAGE',
    'COOKIE_SECURE',
    'HOSTNAME',
    'PORT',
    'METRICS_PORT',
    ...traces,
    'SHUTDOWN_DELAY',
    ...release,
  ],
  cli: [...shared, ...evidence, 'DATABASE_OWNER_URL', 'DEAD_LETTER_RETRY_LIMIT', 'API_URL', ...release],
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

/** What runs, where nothing else is read: `habitat --version` works without a database. */
export function readRelease(env: Environment) {
  return releaseOf(readEnvironment(pick(release), env));
}

/** Where traces go, and what this installation is called in them. */
function traceConfig(values: {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly HABITAT_ENVIRONMENT: string;
}) {
  return {
    traceEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    deployment: values.HABITAT_ENVIRONMENT,
  };
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
const LONG_SECRETS = ['JWT_SECRET', 'SECRETS_KEY'] as const;

type SecretValues = { readonly NODE_ENV?: string | undefined } & {
  readonly [Name in (typeof LONG_SECRETS)[number]]?: string | undefined;
};

function secretFaults(values: SecretValues): ConfigFault[] {
  if (values.NODE_ENV !== 'production') return [];
  return LONG_SECRETS.filter((name) => (values[name]?.length ?? LONG_SECRET) < LONG_SECRET).map((name) => ({
    name,
    problem: `must be at least ${LONG_SECRET} characters long in production`,
  }));
}

/** A secret and, while it is being replaced, the one before it. */
function withPrevious(current: string, previous: string | undefined): readonly [string, ...string[]] {
  return previous === undefined ? [current] : [current, previous];
}

interface LinkValues {
  readonly SECRETS_KEY: string;
  readonly SECRETS_KEY_PREVIOUS?: string | undefined;
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
}

function mailFaults(values: Partial<LinkValues>): ConfigFault[] {
  if (values.SMTP_URL === undefined) return [];
  return (['MAIL_FROM', 'PUBLIC_URL'] as const)
    .filter((name) => values[name] === undefined)
    .map((name) => ({ name, problem: 'is required when SMTP_URL is set' }));
}

/** How links are made and mailed, as the API and the worker both need it. */
function linkConfig(values: LinkValues) {
  const { SECRETS_KEY: key, SMTP_URL: url, MAIL_FROM: from } = values;
  return {
    /** The one in force first. */
    secretsKeys: withPrevious(key, values.SECRETS_KEY_PREVIOUS),
    publicUrl: values.PUBLIC_URL ?? 'http://localhost:3000',
    mail: url === undefined || from === undefined ? null : { url, from },
  };
}

/** Settings of the API. Throws ConfigError with every fault. */
export function readApiConfig(env: Environment) {
  const values = readEnvironment(pick(serviceSettings.api), env, (found) => [
    ...transportFaults(found),
    ...secretFaults(found),
    ...evidenceFaults(found),
    ...mailFaults(found),
    ...providerFaults(found),
  ]);
  return {
    environment: values.NODE_ENV,
    ...traceConfig(values),
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    readReplicaUrl: values.DATABASE_READ_REPLICA_URL ?? null,
    replicaMaxLagSeconds: values.DATABASE_REPLICA_MAX_LAG,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    rabbitMqUrl: values.RABBITMQ_URL ?? null,
    eventTransport: transportOf(values),
    /** The one that signs first. */
    jwtSecrets: withPrevious(values.JWT_SECRET, values.JWT_SECRET_PREVIOUS),
    jwtExpirySeconds: values.JWT_EXPIRY,
    refreshTokenExpirySeconds: values.REFRESH_TOKEN_EXPIRY,
    auditSigningKey: values.AUDIT_SIGNING_KEY ?? null,
    ...linkConfig(values),
    provider: providerConfig(values),
    evidence: evidenceConfig(values),
    webhookPrivateNetworks: values.WEBHOOK_PRIVATE_NETWORKS === 'true',
    retentionSeconds: values.RETENTION,
    corsOrigins: values.CORS_ORIGIN,
    host: values.HOST,
    port: values.PORT,
    shutdownDelaySeconds: values.SHUTDOWN_DELAY,
    release: releaseOf(values),
  };
}
export type ApiConfig = Readonly<ReturnType<typeof readApiConfig>>;

/** Settings of the worker. Throws ConfigError with every fault. */
export function readWorkerConfig(env: Environment) {
  const values = readEnvironment(pick(serviceSettings.worker), env, (found) => {
    const faults = [
      ...transportFaults(found),
      ...secretFaults(found),
      ...mailFaults(found),
      ...evidenceFaults(found),
    ];
    const { WORKER_INDEX: index, WORKER_COUNT: count } = found;
    if (index !== undefined && count !== undefined && index >= count) {
      faults.push({ name: 'WORKER_INDEX', problem: `must be below WORKER_COUNT (${count})` });
    }
    return faults;
  });
  return {
    environment: values.NODE_ENV,
    ...traceConfig(values),
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    rabbitMqUrl: values.RABBITMQ_URL ?? null,
    eventTransport: transportOf(values),
    host: values.HOST,
    metricsPort: values.METRICS_PORT,
    concurrency: values.WORKER_CONCURRENCY,
    workerIndex: values.WORKER_INDEX,
    workerCount: values.WORKER_COUNT,
    retryLimit: values.DEAD_LETTER_RETRY_LIMIT,
    release: releaseOf(values),
    ...linkConfig(values),
    evidence: evidenceConfig(values),
    webhookPrivateNetworks: values.WEBHOOK_PRIVATE_NETWORKS === 'true',
    retentionSeconds: values.RETENTION,
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
  const values = readEnvironment(pick(serviceSettings.cli), filled, (found) => [
    ...transportFaults(found),
    ...evidenceFaults(found),
  ]);
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
    evidence: evidenceConfig(values),
  };
}
export type CliConfig = Readonly<ReturnType<typeof readCliConfig>>;

/**
 * Settings of `habitat backup` and `habitat restore`. No address of a database is among them: archiving the log and
 * restoring from it work where none can be reached. Throws ConfigError with every fault.
 */
export function readBackupConfig(env: Environment) {
  const values = readEnvironment(pick(serviceSettings.backup), env, (found) => bucketFaults('BACKUP', found));
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
    s3: bucketOf('BACKUP', values),
  };
}
export type BackupConfig = Readonly<ReturnType<typeof readBackupConfig>>;

function isGiven(env: Environment, name: string): boolean {
  return Boolean(env[name] ?? env[`${name}_FILE`]);
}
