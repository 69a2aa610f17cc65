// A small HTTP server for processes that serve nothing else: /health (the process lives), /ready (it can do its
// work) and /metrics.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';
import { countRequest } from './request-metrics.ts';

/** What readiness depends on, by name; all must be true. */
export type ReadinessChecks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, boolean>>;
}

/** Runs the checks side by side; one that throws counts as not ready. */
export async function checkReadiness(checks: ReadinessChecks): Promise<Readiness> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        return [name, await check()] as const;
      } catch {
        return [name, false] as const;
      }
    }),
  );
  return { ready: answers.every(([, ok]) => ok), checks: Object.fromEntries(answers) };
}

/** What runs: told by /health, so that an operator sees which release answers. */
export interface Release {
  readonly version: string;
  readonly revision: string;
}

/** Starts the server; port 0 takes a free one. */
export async function startHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly metrics: Metrics;
  readonly checks: ReadinessChecks;
  readonly release: Release;
}): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    const json = (status: number, body: unknown) => answer(status, 'application/json', JSON.stringify(body));
    const routes: Readonly<Record<string, () => Promise<unknown>>> = {
      '/health': async () => json(200, { status: 'ok', ...options.release }),
      '/ready': async () => {
        const readiness = await checkReadiness(options.checks);
        json(readiness.ready ? 200 : 503, readiness);
      },
      '/metrics': async () =>
        answer(200, options.metrics.registry.contentType, await options.metrics.registry.metrics()),
    };
    const path = request.url?.split('?')[0] ?? '';
    const route = request.method === 'GET' ? routes[path] : undefined;
    const served = { method: request.method ?? '', route: route === undefined ? 'unknown' : path };
    countRequest(options.metrics, response, served);
    if (route === undefined) json(404, { status: 'not found' });
    else route().catch(() => json(500, { status: 'fault' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
