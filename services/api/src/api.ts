// The API as one object: Fastify, Apollo and the guards in front of them. main.ts serves it; tests and the example run
// it inside their own process with a clock of their own.
import { networkOf } from '@habitat/allowance';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { signingKeyOf } from '@habitat/audit';
import type { ApiConfig } from '@habitat/config';
import type { Database, ReportReader } from '@habitat/database';
import { openReportReader, primaryReader } from '@habitat/database';
import type { Vault } from '@habitat/evidence';
import type { Log, Metrics, Tracing } from '@habitat/observability';
import { createLog, createMetrics, noTracing } from '@habitat/observability';
import { accessTokenEndsAt, createProvider } from '@habitat/platform';
import type { DestinationSettings } from '@habitat/webhooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { createApollo } from './apollo.ts';
import { createAfterwards } from './execution/afterwards.ts';
import type { ApiContext, IdentitySettings } from './graphql/context.ts';
import { buildSchema } from './graphql/schema.ts';
import { admit } from './guard/admission.ts';
import type { Allowances } from './guard/allowance.ts';
import { USUAL_ALLOWANCES } from './guard/allowance.ts';
import { createFormatError } from './guard/format-error.ts';
import { MOST_BYTES } from './guard/limit-plugin.ts';
import { answerFaults } from './guard/refused-request.ts';
import type { LiveLimits, LiveSockets } from './live/socket.ts';
import { LIVE_LIMITS, serveLive } from './live/socket.ts';
import type { NewsFeed } from './live/news-feed.ts';
import { createNewsFeed } from './live/news-feed.ts';
import { serveAuditPackage } from './rest/audit-package.ts';
import { serveEvidence } from './rest/evidence.ts';
import { serveGraphiql } from './rest/graphiql.ts';
import { serveOperations } from './rest/operations.ts';
import { serveOwnData } from './rest/own-data.ts';
import { CORRELATION_HEADER, correlationIdFrom, currentCorrelationId } from './rest/request-scope.ts';
import type { RequestParts } from './session/request-context.ts';
import { createRequestContext } from './session/request-context.ts';
import type { AgentLookup } from './session/agent-viewer.ts';
import { createAgentLookup } from './session/agent-viewer.ts';
import { claimsOf, createViewerLookup } from './session/viewer.ts';

/** What of the configuration the API itself needs. */
export type ApiSettings = Pick<
  ApiConfig,
  | 'environment'
  | 'jwtSecrets'
  | 'jwtExpirySeconds'
  | 'refreshTokenExpirySeconds'
  | 'secretsKeys'
  | 'webhookPrivateNetworks'
  | 'retentionSeconds'
  | 'publicUrl'
  | 'mail'
  | 'provider'
  | 'corsOrigins'
  | 'rabbitMqUrl'
  | 'eventTransport'
  | 'release'
>;

export interface ApiOptions {
  readonly database: Database;
  readonly config: ApiSettings;
  /** A streaming standby for reports; without one the primary serves them. */
  readonly replica?: { readonly database: Database; readonly maxLagMs: number };
  /** Signs exported audit trails: 32 bytes in hexadecimal digits; without it none is exported. */
  readonly auditSigningKey?: string | null;
  /** Where evidence files lie, and how large one may be; without it none is taken. */
  readonly evidence?: { readonly vault: Vault; readonly mostBytes: number };
  /** The time commands act at; the system's when absent. */
  readonly clock?: () => Date;
  readonly log?: Log;
  readonly metrics?: Metrics;
  readonly tracing?: Tracing;
  /** How the addresses of webhooks are found; the machine's own resolver when absent. */
  readonly resolve?: NonNullable<DestinationSettings['resolve']>;
  /** How much anybody may ask of this process; the usual where nothing is said. */
  readonly allowances?: Allowances;
  /** How long `stop` says it is not ready but still answers, so that what stands in front turns elsewhere. */
  readonly drainMs?: number;
  /** Limits of subscriptions, and how often the log is read for them. */
  readonly live?: Partial<LiveLimits> & { readonly pollMs?: number };
}

export interface Api {
  /** Starts listening and answers with the base address; port 0 takes a free one. */
  listen(port?: number, host?: string): Promise<string>;
  /** Finishes what is being answered and stops. The database stays open: it is the caller's. */
  stop(): Promise<void>;
  /** Once everything is done that no answer waited for. */
  settled(): Promise<void>;
  readonly app: FastifyInstance;
}

function idempotencyHeader(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key'];
  return typeof header === 'string' ? header : null;
}

/** The pages say so when they make a file of the answer. */
function takenHeader(request: FastifyRequest): 'csv' | 'json' | null {
  const header = request.headers['x-habitat-taken-as'];
  return header === 'csv' || header === 'json' ? header : null;
}

function readerOf({ database, replica }: ApiOptions, log: Log, metrics: Metrics): ReportReader {
  if (replica === undefined) return primaryReader(database);
  return openReportReader({
    primary: database,
    replica: replica.database,
    maxLagMs: replica.maxLagMs,
    onChoice: (choice) => metrics.reportReads.inc({ choice }),
    onChange(choice, error) {
      if (choice === 'replica') log.info('reports are read from the replica');
      else
        log.warn({ choice, ...(error === null ? {} : { err: error }) }, 'reports are read from the primary');
    },
  });
}

interface LiveParts {
  readonly options: ApiOptions;
  readonly parts: RequestParts;
  readonly app: FastifyInstance;
  readonly clock: () => Date;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The WebSocket side: one reader of the log for all connections of this process. */
function openLive(given: LiveParts): { sockets: LiveSockets; feed: NewsFeed } {
  const { options, parts, app, clock, log, metrics } = given;
  const { identity, lookup } = parts;
  const { pollMs, ...limits } = options.live ?? {};
  const feed = createNewsFeed({
    database: options.database,
    onCount: (topic, open) => metrics.liveSubscriptions.set({ topic }, open),
    onFault: (error) => log.warn({ err: error }, 'the log could not be followed'),
    ...(pollMs === undefined ? {} : { pollMs }),
  });
  const sockets = serveLive({
    server: app.server,
    schema: buildSchema(),
    origins: options.config.corsOrigins,
    limits: { ...LIVE_LIMITS, ...limits },
    clock,
    log,
    metrics,
    verify(authorization, now) {
      const claims = claimsOf(authorization, identity.tokens.secrets, now);
      const endsAt = accessTokenEndsAt(authorization.replace(/^Bearer /i, ''));
      return claims === null || claims === 'invalid' || endsAt === null ? null : { claims, endsAt };
    },
    find: (claims, now) => lookup.find(claims, now),
    contextOf: (presence, facts) =>
      createRequestContext(
        parts,
        presence,
        { idempotencyKey: null, userAgent: null, takenAs: null, ...facts },
        clock(),
        feed,
      ),
    format: createFormatError(currentCorrelationId, (fault, facts) =>
      log.error({ err: fault, ...facts }, 'a field failed'),
    ),
    newCorrelationId: () => correlationIdFrom(undefined),
  });
  return { sockets, feed };
}

/** Fastify with its guards and the routes beside /graphql. */
async function openApp(
  options: ApiOptions,
  parts: Pick<LiveParts, 'clock' | 'log' | 'metrics'> & {
    readonly agents: AgentLookup;
    readonly development: boolean;
    readonly isEnding: () => boolean;
  },
): Promise<FastifyInstance> {
  const { database, config } = options;
  const { agents, clock, log, metrics, development, isEnding } = parts;
  // Caddy and the pages stand in front and name the client's address; only neighbours are believed.
  const app = Fastify({
    bodyLimit: MOST_BYTES,
    // Whoever sends a request slowly holds a connection this long; what it asks for is ended by the database.
    requestTimeout: 30_000,
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    logger: false,
  });
  answerFaults(app, log);
  admit(app, {
    agents,
    secrets: config.jwtSecrets,
    allowances: options.allowances ?? USUAL_ALLOWANCES,
    clock,
    log,
    metrics,
    tracing: options.tracing ?? noTracing,
  });
  await app.register(cors, {
    origin: [...config.corsOrigins],
    credentials: true,
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', CORRELATION_HEADER],
    exposedHeaders: [CORRELATION_HEADER, 'retry-after'],
  });
  serveOperations(app, {
    database,
    metrics,
    release: config.release,
    isEnding,
    rabbitMqUrl: config.eventTransport === 'rabbitmq' ? config.rabbitMqUrl : null,
  });
  if (development) serveGraphiql(app);
  return app;
}

function identityOf(config: ApiSettings): IdentitySettings {
  return {
    tokens: {
      secrets: config.jwtSecrets,
      accessSeconds: config.jwtExpirySeconds,
      refreshSeconds: config.refreshTokenExpirySeconds,
    },
    secrets: config.secretsKeys,
    links: { secrets: config.secretsKeys, publicUrl: config.publicUrl, isMailed: config.mail !== null },
    provider:
      config.provider === null
        ? null
        : createProvider(config.provider, { secrets: config.secretsKeys, publicUrl: config.publicUrl }),
  };
}

/** What every request shares, made once. */
function partsOf(options: ApiOptions, log: Log, metrics: Metrics): RequestParts {
  const { database, config, auditSigningKey, resolve } = options;
  return {
    database,
    reader: readerOf(options, log, metrics),
    identity: identityOf(config),
    lookup: createViewerLookup(database),
    agents: createAgentLookup(database),
    webhooks: {
      secrets: config.secretsKeys,
      destinations: {
        privateNetworks: config.webhookPrivateNetworks,
        ...(resolve === undefined ? {} : { resolve }),
      },
    },
    afterwards: createAfterwards((fault) => log.error({ err: fault }, 'what follows an answer failed')),
    retentionDays: Math.ceil(config.retentionSeconds / 86_400),
    auditKey: auditSigningKey == null ? null : signingKeyOf(auditSigningKey),
  };
}

function serveGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  parts: RequestParts,
  clock: () => Date,
): void {
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler(apollo, {
      context: async (request): Promise<ApiContext> => {
        const { claims, agent, now, correlationId } = request.known ?? {
          claims: null,
          agent: null,
          now: clock(),
          correlationId: 'none',
        };
        const facts = {
          idempotencyKey: idempotencyHeader(request),
          correlationId,
          address: networkOf(request.ip),
          userAgent: request.headers['user-agent'] ?? null,
          acceptLanguage: request.headers['accept-language'] ?? null,
          takenAs: takenHeader(request),
        };
        const presence = agent ?? (await parts.lookup.find(claims, now));
        return createRequestContext(parts, presence, facts, now);
      },
    }),
  });
}

/** The routes that carry files: the audit trail's package, and evidence. */
function serveFiles(
  app: FastifyInstance,
  { database, evidence, config }: ApiOptions,
  { auditKey: key, lookup }: RequestParts,
  { clock, log }: Pick<LiveParts, 'clock' | 'log'>,
): void {
  const shared = {
    database,
    log,
    clock,
    viewerOf: async ({ known }: FastifyRequest) =>
      (await lookup.find(known?.claims ?? null, known?.now ?? clock())).viewer,
    correlationIdOf: ({ known }: FastifyRequest) => known?.correlationId ?? 'none',
  };
  serveAuditPackage(app, { ...shared, key });
  serveOwnData(app, { ...shared, vault: evidence?.vault ?? null, secrets: config.secretsKeys });
  if (evidence !== undefined) serveEvidence(app, { ...shared, ...evidence });
}

/** Puts the API together. Nothing listens until `listen`. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const clock = options.clock ?? (() => new Date());
  const log = options.log ?? createLog({ service: 'api', level: 'silent' });
  const metrics = options.metrics ?? createMetrics('api');
  const development = options.config.environment !== 'production';
  const parts = partsOf(options, log, metrics);
  const ending = { begun: false };
  const isEnding = () => ending.begun;
  const app = await openApp(options, { agents: parts.agents, clock, log, metrics, development, isEnding });
  const apollo = createApollo({
    development,
    costs: (options.allowances ?? USUAL_ALLOWANCES).cost,
    tracing: options.tracing ?? noTracing,
    metrics,
    report: (fault, facts) => log.error({ err: fault, ...facts }, 'a field failed'),
    plugins: [fastifyApolloDrainPlugin<ApiContext>(app)],
  });
  await apollo.start();
  serveGraphql(app, apollo, parts, clock);
  serveFiles(app, options, parts, { clock, log });
  const live = openLive({ options, parts, app, clock, log, metrics });
  return {
    app,
    async listen(port = 0, host = '127.0.0.1') {
      await app.listen({ port, host });
      return `http://${host.includes(':') ? `[${host}]` : host}:${(app.server.address() as AddressInfo).port}`;
    },
    async stop() {
      ending.begun = true;
      await sleep(options.drainMs ?? 0);
      // First, so that clients hear that this process goes and turn to another while requests are still answered.
      await live.sockets.stop();
      await live.feed.stop();
      await apollo.stop();
      await app.close();
      await parts.afterwards.settled();
    },
    settled: () => parts.afterwards.settled(),
  };
}
