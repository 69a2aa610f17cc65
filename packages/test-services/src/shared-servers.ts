// One PostgreSQL and one RabbitMQ per test run, started by the first test file that asks and ended with the run.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startPostgres } from './postgres.ts';
import { startRabbitMq } from './rabbitmq.ts';

interface Running {
  readonly address: string;
  stop(): Promise<void>;
}

const starters: Readonly<Record<string, () => Promise<Running>>> = {
  '/postgres': async () => {
    const server = await startPostgres();
    return { address: server.ownerUrl, stop: server.stop };
  },
  '/rabbitmq': async () => {
    const broker = await startRabbitMq();
    return { address: broker.url, stop: broker.stop };
  },
};

/** Test files run in processes of their own: they ask the run's main process over loopback HTTP. */
export async function shareServers(): Promise<{ url: string; stop(): Promise<void> }> {
  const running = new Map<string, Promise<Running>>();
  const http = createServer((request, response) => {
    const path = request.url ?? '';
    const start = starters[path];
    if (!start) return void response.writeHead(404).end();
    const server = running.get(path) ?? start();
    running.set(path, server);
    server.then(
      ({ address }) => response.end(address),
      (fault: Error) => response.writeHead(503).end(fault.message),
    );
  });
  http.requestTimeout = 0;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      http.closeAllConnections();
      http.close();
      const started = await Promise.allSettled(running.values());
      for (const server of started) if (server.status === 'fulfilled') await server.value.stop();
    },
  };
}
