// What operators' tools ask for: /health (the process lives), /ready (database and broker answer, and it stays) and
// /metrics.
import { connect } from 'node:net';
import type { Database } from '@habitat/database';
import type { Metrics, Release } from '@habitat/observability';
import { checkReadiness } from '@habitat/observability';
import type { FastifyInstance } from 'fastify';

const PATIENCE_MS = 2_000;

/** True when something accepts connections at a broker's address. */
async function isReachable(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === 'amqps:' ? 5671 : 5672;
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      port: port === '' ? usual : Number(port),
      timeout: PATIENCE_MS,
    });
    const answer = (reachable: boolean) => {
      socket.destroy();
      resolve(reachable);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}

async function answersQueries(database: Database): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), PATIENCE_MS).unref();
  });
  return Promise.race([database.single('platform', 'select 1').then(() => true), late]);
}

/** Adds the three routes. `rabbitMqUrl` is null where events need no broker. */
export function serveOperations(
  app: FastifyInstance,
  options: {
    readonly database: Database;
    readonly rabbitMqUrl: string | null;
    readonly metrics: Metrics;
    readonly release: Release;
    /** True once the process was asked to end: it still answers, but wants no more requests. */
    readonly isEnding: () => boolean;
  },
): void {
  const { database, rabbitMqUrl, metrics, release, isEnding } = options;
  app.get('/health', () => ({ status: 'ok', ...release }));
  app.get('/ready', async (_request, reply) => {
    const readiness = await checkReadiness({
      staying: () => !isEnding(),
      database: () => answersQueries(database),
      ...(rabbitMqUrl === null ? {} : { broker: () => isReachable(rabbitMqUrl) }),
    });
    return reply.status(readiness.ready ? 200 : 503).send(readiness);
  });
  app.get('/metrics', async (_request, reply) => {
    for (const [state, count] of Object.entries(database.statistics()))
      metrics.poolConnections.set({ state }, count);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
