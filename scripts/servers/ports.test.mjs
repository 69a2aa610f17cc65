// A port that was found stays free until its server takes it.
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, freePortRange, isPortFree, preferPort } from './ports.mjs';

const held = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

test('a free port is none that an outgoing connection may be given', async () => {
  for (let asked = 0; asked < 20; asked += 1) {
    const port = await freePort();
    expect(port).toBeGreaterThanOrEqual(10_000);
    expect(port).toBeLessThan(32_768);
  }
});

test('a port somebody listens on is not free, and another is preferred', async () => {
  const port = await freePort();
  const server = await held(port);
  expect(await isPortFree(port)).toBe(false);
  expect(await preferPort(port)).not.toBe(port);
  await new Promise((resolve) => server.close(resolve));
  expect(await preferPort(port)).toBe(port);
});

test('neighbours are all free', async () => {
  const first = await freePortRange(4);
  const servers = await Promise.all([0, 1, 2, 3].map((step) => held(first + step)));
  expect(servers).toHaveLength(4);
  for (const server of servers) server.close();
});
