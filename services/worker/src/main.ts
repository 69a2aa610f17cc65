// The worker service: delivers events, runs what is due, and answers /health, /ready and /metrics.
import { readWorkerConfig } from '@habitat/config';
import type { WorkerConfig } from '@habitat/config';
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import { openVault } from '@habitat/evidence';
import type { TransportChoice } from '@habitat/messaging';
import type { Log, Metrics } from '@habitat/observability';
import {
  createLog,
  createMetrics,
  describeError,
  endGracefully,
  openTracing,
  startHealthServer,
} from '@habitat/observability';
import { observeDelivery, startGauges } from './delivery-metrics.ts';
import { forgetting } from './forgetting.ts';
import type { Mailing } from './mail/mailing.ts';
import { createMailing } from './mail/mailing.ts';
import { dueNotices } from './notice/due.ts';
import { noticeHandlers } from './notice/noticing.ts';
import { startWorkerRuntime } from './runtime.ts';
import type { Schedule } from './schedules.ts';
import { schedules } from './schedules.ts';
import { sealing } from './sealing.ts';
import { removeErasedEvidence, sweepEvidence } from './sweep-evidence.ts';
import { allHandlers } from './subscriptions/index.ts';
import { watchCertificate } from './watch/certificate.ts';
import { watchLedger } from './watch/ledger.ts';
import type { WebhookSender } from './webhook/sender.ts';
import { createWebhookSender } from './webhook/sender.ts';

function transportOf(config: WorkerConfig): TransportChoice {
  if (config.eventTransport === 'postgres' || config.rabbitMqUrl === null) return { kind: 'postgres' };
  const { rabbitMqUrl: url, workerIndex, workerCount } = config;
  return { kind: 'rabbitmq', url, workerIndex, workerCount };
}

function mailingOf(
  { mail, secretsKeys: secrets, publicUrl }: WorkerConfig,
  metrics: Metrics,
): Mailing | null {
  if (mail === null) return null;
  const links = { secrets, publicUrl, isMailed: true };
  return createMailing({ ...mail, links }, (outcome) => metrics.notificationMails.inc({ outcome }));
}

function senderOf(config: WorkerConfig, database: Database, metrics: Metrics, log: Log): WebhookSender {
  const { secretsKeys: secrets, webhookPrivateNetworks: privateNetworks } = config;
  // A first failure is a rise, not a series that was not there before.
  for (const outcome of ['delivered', 'retried', 'given_up'] as const)
    metrics.webhookTries.inc({ outcome }, 0);
  return createWebhookSender({
    database,
    secrets,
    privateNetworks,
    clock: () => new Date(),
    onTry(outcome, seconds) {
      metrics.webhookTries.inc({ outcome });
      metrics.webhookDuration.observe(seconds);
    },
    onOverdue: (seconds) => metrics.webhookOverdue.set(seconds),
    onFault: (error) => log.error({ err: describeError(error) }, 'a webhook could not be sent'),
  });
}

function watches(
  { evidence, publicUrl, retentionSeconds, secretsKeys }: WorkerConfig,
  metrics: Metrics,
  log: Log,
): Schedule[] {
  const vault = openVault(evidence);
  return [
    sweepEvidence(vault),
    removeErasedEvidence(vault),
    forgetting(retentionSeconds),
    sealing(secretsKeys),
    watchLedger(metrics, log),
    watchCertificate(publicUrl, metrics),
  ];
}

async function main(): Promise<void> {
  const config = readWorkerConfig(process.env);
  const log = createLog({ service: 'worker', level: config.logLevel });
  const metrics = createMetrics('worker');
  const { traceEndpoint: endpoint, deployment: environment } = config;
  const tracing = await openTracing({ service: 'worker', environment, endpoint });
  const database = openDatabase({
    url: config.databaseUrl,
    ...(endpoint === null ? {} : { tracing }),
    poolSize: Math.max(config.databasePoolSize, config.concurrency + 2),
    applicationName: 'habitat-worker',
    onPoolError: (error) => log.warn({ err: describeError(error) }, 'lost a database connection'),
  });
  const transport = transportOf(config);
  const mailing = mailingOf(config, metrics);
  const sender = senderOf(config, database, metrics, log);
  const handlers = [...allHandlers, ...noticeHandlers(database), ...(mailing?.handlers ?? [])];
  const runtime = startWorkerRuntime({
    database,
    transport,
    concurrency: config.concurrency,
    retryLimit: config.retryLimit,
    handlers,
    observer: observeDelivery(
      log,
      metrics,
      handlers.map(({ name }) => name),
      tracing,
    ),
    schedules: [
      ...schedules,
      ...dueNotices,
      ...sender.schedules,
      ...(mailing?.schedules ?? []),
      ...watches(config, metrics, log),
    ],
    onRedrive: (outcome) => log.info(outcome, 'a dead letter was redriven on request'),
    onSchedule(schedule, fault) {
      metrics.scheduleRuns.inc({ schedule, outcome: fault === null ? 'ok' : 'fault' });
      if (fault !== null) log.error({ schedule, err: describeError(fault) }, 'a schedule failed');
    },
  });
  const gauges = startGauges(database, metrics);
  const health = await startHealthServer({
    host: config.host,
    port: config.metricsPort,
    metrics,
    release: config.release,
    checks: {
      database: async () => (await database.single('relay', 'select 1')).length === 1,
      events: () => runtime.isReady(),
    },
  });
  log.info(
    { transport: transport.kind, port: health.port, concurrency: config.concurrency },
    'worker started',
  );
  endGracefully({
    log,
    async stop() {
      gauges.stop();
      await health.stop();
      await runtime.stop();
      await sender.stop();
      mailing?.stop();
      await database.end();
      await tracing.stop();
    },
  });
}

main().catch((error: unknown) => {
  // A wrong environment or a busy port: told in a sentence, not as a stack.
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
