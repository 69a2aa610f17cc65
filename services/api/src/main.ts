// The API as a process: environment in, HTTP out, an orderly end.
import { ConfigError, readApiConfig } from '@habitat/config';
import { openDatabase } from '@habitat/database';
import { openVault } from '@habitat/evidence';
import { createLog, createMetrics, endGracefully, openTracing } from '@habitat/observability';
import { resealSecondFactors } from '@habitat/platform';
import { createApi } from './api.ts';

/** A request that takes longer than this is ended by the database. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** What is being answered when the process ends gets this long: a little more than a statement may take. */
const DRAIN_WITHIN_MS = 18_000;

async function main(): Promise<void> {
  const config = readApiConfig(process.env);
  const log = createLog({ service: 'api', level: config.logLevel });
  const { traceEndpoint: endpoint, deployment: environment } = config;
  const tracing = await openTracing({ service: 'api', environment, endpoint });
  const traced = endpoint === null ? {} : { tracing };
  const database = openDatabase({
    ...traced,
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    applicationName: 'habitat-api',
    onPoolError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  const replica =
    config.readReplicaUrl === null
      ? null
      : openDatabase({
          ...traced,
          url: config.readReplicaUrl,
          poolSize: config.databasePoolSize,
          statementTimeoutMs: STATEMENT_TIMEOUT_MS,
          connectTimeoutMs: 1_000,
          applicationName: 'habitat-api-reports',
          onPoolError: (error) => log.warn({ err: error }, 'a replica connection was lost'),
        });
  const drainMs = config.shutdownDelaySeconds * 1000;
  const api = await createApi({
    database,
    config,
    auditSigningKey: config.auditSigningKey,
    evidence: { vault: openVault(config.evidence), mostBytes: config.evidence.mostBytes },
    log,
    drainMs,
    metrics: createMetrics('api'),
    tracing,
    ...(replica === null
      ? {}
      : { replica: { database: replica, maxLagMs: config.replicaMaxLagSeconds * 1000 } }),
  });
  const [secret, ...older] = config.secretsKeys;
  if (secret !== undefined && older.length > 0) {
    // After a change of SECRETS_KEY, so that the one before may be forgotten once this was logged.
    const resealed = await resealSecondFactors(database, [secret, ...older]);
    log.info({ resealed }, 'second factors are sealed with the key in force');
  }
  endGracefully({
    log,
    withinMs: drainMs + DRAIN_WITHIN_MS,
    stop: async () => {
      await api.stop();
      await database.end();
      await replica?.end();
      await tracing.stop();
    },
  });
  const address = await api.listen(config.port, config.host);
  log.info({ address }, 'listening');
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError || error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
