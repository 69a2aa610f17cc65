// Every environment variable the services read, with its meaning: the configuration and its documentation
// come from this one table.
import { z } from 'zod';
import type { Setting } from './environment.ts';
import { providerSettings } from './provider.ts';
import { addressOf, durationSeconds, hostAndPort, wholeNumber, wholeSeconds } from './value.ts';

const port = wholeNumber(0, 65_535);
const postgres = addressOf(['postgres', 'postgresql'], 'postgres://user:password@host:5432/habitat');
const web = addressOf(['http', 'https'], 'https://habitat.example.org');

const longSecret = z.string().min(32, 'must be at least 32 characters long');
// One line, one address: nothing that could begin another header.
const SENDER = /^([^<>"@\r\n]{1,100} )?<?[^\s<>"@,;]+@[^\s<>"@,;]+>?$/;

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be origins such as https://habitat.example.org, separated by commas; a wildcard is not accepted',
  );

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 02:30');

/** Settings by name. `secret` ones may come from a file as NAME_FILE. */
export const settings = {
  NODE_ENV: {
    description:
      'development, test or production. Production asks for longer secrets and hides introspection.',
    schema: z
      .enum(['development', 'test', 'production'], 'must be development, test or production')
      .default('development'),
    defaultText: 'development',
  },
  DATABASE_URL: {
    description: 'PostgreSQL, as the login that owns nothing and may only act as one of the context roles.',
    schema: postgres,
    secret: true,
  },
  DATABASE_OWNER_URL: {
    description: 'PostgreSQL, as the owner of the schemas; only migrations, checks and replays use it.',
    schema: postgres,
    secret: true,
  },
  DATABASE_READ_REPLICA_URL: {
    description:
      'A streaming standby that reports are read from, as long as it has what the reader last wrote; the primary serves everything else.',
    schema: postgres.optional(),
    secret: true,
  },
  DATABASE_REPLICA_MAX_LAG: {
    description: 'A standby further behind than this is not read from.',
    schema: durationSeconds().prefault('10s'),
    defaultText: '10s',
  },
  DATABASE_POOL_SIZE: {
    description: 'Connections per context role and process.',
    schema: wholeNumber(1, 200).prefault('8'),
    defaultText: '8',
  },
  RABBITMQ_URL: {
    description: 'RabbitMQ; needed when EVENT_TRANSPORT is rabbitmq.',
    schema: addressOf(['amqp', 'amqps'], 'amqp://user:password@host:5672').optional(),
    secret: true,
  },
  EVENT_TRANSPORT: {
    description: 'How events travel: rabbitmq, or postgres to deliver them inside the worker.',
    schema: z.enum(['postgres', 'rabbitmq'], 'must be postgres or rabbitmq').optional(),
    defaultText: 'rabbitmq when RABBITMQ_URL is set, else postgres',
  },
  JWT_SECRET: {
    description: 'Signs access tokens (HS256). At least 32 characters, 64 in production.',
    schema: longSecret,
    secret: true,
  },
  JWT_SECRET_PREVIOUS: {
    description:
      'The secret before the last change of JWT_SECRET: tokens it signed are believed until they run out. Drop it after JWT_EXPIRY.',
    schema: longSecret.optional(),
    secret: true,
  },
  SECRETS_KEY: {
    description:
      'Protects what is kept or sent in secret: links in mails, second factors, payout accounts, secrets of webhooks. At least 32 characters, 64 in production.',
    schema: longSecret,
    secret: true,
  },
  SECRETS_KEY_PREVIOUS: {
    description: 'The key before the last change of SECRETS_KEY: what it protects is still read.',
    schema: longSecret.optional(),
    secret: true,
  },
  SMTP_URL: {
    description:
      'The mail server. Without it nothing is mailed: administrators hand links over, and the pages say so.',
    schema: addressOf(['smtp', 'smtps'], 'smtp://user:password@mail.example.org:587').optional(),
    secret: true,
  },
  MAIL_FROM: {
    description: 'Who mail comes from: an address, or a name with one; needed when SMTP_URL is set.',
    schema: z
      .string()
      .regex(SENDER, 'must be an address, or a name with one such as Habitat <habitat@example.org>')
      .optional(),
  },
  PUBLIC_URL: {
    description:
      'Where people reach the pages; needed when SMTP_URL is set. Links in mails begin with it, passkeys belong to its host name, and when it is https the worker watches when its certificate ends.',
    schema: web.optional(),
    defaultText: 'http://localhost:3000',
  },
  JWT_EXPIRY: {
    description: 'Life of an access token.',
    schema: durationSeconds().prefault('15m'),
    defaultText: '15m',
  },
  REFRESH_TOKEN_EXPIRY: {
    description: 'Life of a refresh token; each use replaces it.',
    schema: durationSeconds().prefault('7d'),
    defaultText: '7d',
  },
  AUDIT_SIGNING_KEY: {
    description:
      'Signs exported audit trails (Ed25519): 64 hexadecimal digits of 32 random bytes. Without it none is exported.',
    schema: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
      .optional(),
    secret: true,
  },
  CORS_ORIGIN: {
    description: 'Origins whose pages may call the API, separated by commas.',
    schema: origins.prefault('http://localhost:3000'),
    defaultText: 'http://localhost:3000',
  },
  HOST: {
    description: 'Address to listen on.',
    schema: z.string().min(1).default('0.0.0.0'),
    defaultText: '0.0.0.0',
  },
  PORT: {
    description: 'Port to listen on; 3000 for the pages when it is left out.',
    schema: port.prefault('4000'),
    defaultText: '4000',
  },
  METRICS_PORT: {
    description: 'Port of /health, /ready and /metrics; the pages serve them only where it is set.',
    schema: port.prefault('9090'),
    defaultText: '9090',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    description: 'Where traces are sent by OTLP over HTTP (JSON); without it nothing is traced.',
    schema: web.optional(),
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    description:
      "Headers for it, such as authorization=Bearer%20…, in OpenTelemetry's own form; its exporter reads them.",
    schema: z.string().optional(),
  },
  LOG_LEVEL: {
    description: 'Least severe level that is written: fatal, error, warn, info, debug, trace or silent.',
    schema: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be fatal, error, warn, info, debug, trace or silent',
      )
      .default('info'),
    defaultText: 'info',
  },
  WORKER_CONCURRENCY: {
    description: 'Event batches a worker handles at the same time.',
    schema: wholeNumber(1, 64).prefault('4'),
    defaultText: '4',
  },
  WORKER_INDEX: {
    description: 'Which of WORKER_COUNT workers this is, from 0: it takes its share of the partitions first.',
    schema: wholeNumber(0, 63).prefault('0'),
    defaultText: '0',
  },
  WORKER_COUNT: {
    description: 'How many workers share the partitions; any of them takes over for one that is gone.',
    schema: wholeNumber(1, 64).prefault('1'),
    defaultText: '1',
  },
  DEAD_LETTER_RETRY_LIMIT: {
    description: 'Retries after a first failure before an event is put to the dead letters.',
    schema: wholeNumber(0, 20).prefault('3'),
    defaultText: '3',
  },
  SHUTDOWN_DELAY: {
    description:
      'How long a process that was asked to end says it is not ready but still answers, so that what stands in front turns elsewhere.',
    schema: wholeSeconds().prefault('0s'),
    defaultText: '0s',
  },
  WEBHOOK_PRIVATE_NETWORKS: {
    description:
      'true lets webhooks go to addresses inside a network, and without TLS: only where nobody registers one who should not reach everything there.',
    schema: z.enum(['true', 'false'], 'must be true or false').default('false'),
    defaultText: 'false',
  },
  RETENTION: {
    description:
      'How long what is over is kept: ended sessions, links by mail, notices, settled requests of programs. The books and the audit trail are kept for good.',
    schema: durationSeconds().prefault('365d'),
    defaultText: '365d',
  },
  ...providerSettings,
  HABITAT_VERSION: {
    description: 'The release that runs, as /health and the pages tell it; an image brings it.',
    schema: z.string().max(60).default('development'),
    defaultText: 'development',
  },
  HABITAT_REVISION: {
    description: 'The commit it was built from, told beside the release; an image brings it.',
    schema: z.string().max(60).default('unknown'),
    defaultText: 'unknown',
  },
  HABITAT_ENVIRONMENT: {
    description: 'What this installation is called in traces and logs, such as staging.',
    schema: z.string().max(60).default('development'),
    defaultText: 'development',
  },
  HOSTNAME: {
    description: "Address the pages listen on, by Next's own name for it.",
    schema: z.string().min(1).default('0.0.0.0'),
    defaultText: '0.0.0.0',
  },
  DEFAULT_LANGUAGE: {
    description:
      'Language of the pages for whoever chose none and whose browser asks for none of ours: en or es.',
    schema: z.enum(['en', 'es'], 'must be en or es').default('en'),
    defaultText: 'en',
  },
  COOKIE_SECURE: {
    description:
      'true behind TLS: cookies are then only ever sent over it. Left out: decided by each request.',
    schema: z.enum(['true', 'false'], 'must be true or false').optional(),
  },
  API_URL: {
    description: 'Where the pages (with /graphql at its end) and the command line reach the API.',
    schema: web.prefault('http://localhost:4000'),
    defaultText: 'http://localhost:4000',
  },
  EVIDENCE_DIRECTORY: {
    description:
      'Folder of the evidence files, shared by all copies of the API and the worker; with EVIDENCE_S3_BUCKET they lie there instead.',
    schema: z.string().startsWith('/', 'must be an absolute path').default('/var/lib/habitat/evidence'),
    defaultText: '/var/lib/habitat/evidence',
  },
  EVIDENCE_MAX_BYTES: {
    description: 'The largest evidence file that is taken, in bytes; 25 MiB at most.',
    schema: wholeNumber(1, 26_214_400).prefault('15728640'),
    defaultText: '15728640 (15 MiB)',
  },
  EVIDENCE_CLAMD: {
    description: 'Host and port of a clamd that scans each evidence file before it is kept.',
    schema: hostAndPort().optional(),
  },
  EVIDENCE_SCAN_COMMAND: {
    description:
      'Program that scans each evidence file instead: it gets the path as its last argument and ends with 0 (clean) or 1 (found something).',
    schema: z.string().startsWith('/', 'must begin with the absolute path of a program').optional(),
  },
  EVIDENCE_S3_BUCKET: {
    description: 'Bucket of the evidence files; without it they lie in EVIDENCE_DIRECTORY.',
    schema: z.string().min(3, 'must be the name of a bucket').optional(),
  },
  EVIDENCE_S3_PREFIX: {
    description: 'What the names of the objects begin with.',
    schema: z.string().default('evidence'),
    defaultText: 'evidence',
  },
  EVIDENCE_S3_ENDPOINT: {
    description: "Address of an S3 API that is not Amazon's.",
    schema: web.optional(),
  },
  EVIDENCE_S3_REGION: {
    description: 'Region of the bucket.',
    schema: z.string().min(1).prefault('us-east-1'),
    defaultText: 'us-east-1',
  },
  EVIDENCE_S3_ACCESS_KEY_ID: {
    description: 'Access key of the bucket; without it the credentials of the machine or task are used.',
    schema: z.string().min(1).optional(),
  },
  EVIDENCE_S3_SECRET_ACCESS_KEY: {
    description: 'Secret of the access key.',
    schema: z.string().min(1).optional(),
    secret: true,
  },
  BACKUP_DIRECTORY: {
    description: 'Folder of the backups; they are always written here first, then copied to S3.',
    schema: z.string().startsWith('/', 'must be an absolute path'),
  },
  BACKUP_KEY: {
    description: 'The age identity backups are encrypted for; `habitat backup key` makes one.',
    schema: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/, 'must be an age identity (AGE-SECRET-KEY-1…)'),
    secret: true,
  },
  BACKUP_TIME: {
    description: 'Time of day (UTC) of the nightly backup.',
    schema: clockTime.prefault('02:30'),
    defaultText: '02:30',
  },
  BACKUP_RETENTION: {
    description: 'How long dumps are kept; the last good one is always kept.',
    schema: durationSeconds().prefault('30d'),
    defaultText: '30d',
  },
  BACKUP_POINT_IN_TIME_RETENTION: {
    description: 'How far back any instant can be restored: base backups and the log are kept this long.',
    schema: durationSeconds().prefault('7d'),
    defaultText: '7d',
  },
  BACKUP_POSTGRES_BIN: {
    description:
      "Folder of PostgreSQL's programs (pg_dump, pg_basebackup, initdb) when they are not on the PATH.",
    schema: z.string().startsWith('/', 'must be an absolute path').optional(),
  },
  BACKUP_S3_BUCKET: {
    description: 'Bucket backups are copied to; without it they stay on this disk.',
    schema: z.string().min(3, 'must be the name of a bucket').optional(),
  },
  BACKUP_S3_PREFIX: {
    description: 'What the names of the objects begin with.',
    schema: z.string().default('habitat'),
    defaultText: 'habitat',
  },
  BACKUP_S3_ENDPOINT: {
    description: "Address of an S3 API that is not Amazon's.",
    schema: web.optional(),
  },
  BACKUP_S3_REGION: {
    description: 'Region of the bucket.',
    schema: z.string().min(1).prefault('us-east-1'),
    defaultText: 'us-east-1',
  },
  BACKUP_S3_ACCESS_KEY_ID: {
    description: 'Access key of the bucket; without it the credentials of the machine or task are used.',
    schema: z.string().min(1).optional(),
  },
  BACKUP_S3_SECRET_ACCESS_KEY: {
    description: 'Secret of the access key.',
    schema: z.string().min(1).optional(),
    secret: true,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof settings;
