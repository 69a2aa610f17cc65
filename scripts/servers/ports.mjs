// Finds free ports on the loopback address and tells whether a wanted one is taken.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what Linux (32,768) and macOS (49,152) give to outgoing connections: one of those would take the port before the
 * server it was found for does.
 */
const range = [10_000, 32_000];

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => server.close(resolve));
  });
}

/**
 * A port nobody listens on, drawn by lot, so that two who ask at once hardly get the same.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return freePortRange(1);
}

/**
 * Whether one can listen on this port, on every address a browser may try for "localhost".
 *
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isPortFree(port) {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1']) {
    try {
      await listen(port, host);
    } catch (fault) {
      // A machine without IPv6 has no ::1 to be taken.
      if (fault.code === 'EADDRNOTAVAIL' || fault.code === 'EAFNOSUPPORT') continue;
      return false;
    }
  }
  return true;
}

/**
 * The wanted port when it is free, another one when it is not.
 *
 * @param {number} wanted
 * @returns {Promise<number>}
 */
export async function preferPort(wanted) {
  return (await isPortFree(wanted)) ? wanted : freePort();
}

/**
 * The first of `count` neighbouring free ports (RabbitMQ needs some side by side).
 *
 * @param {number} count
 * @returns {Promise<number>}
 */
export async function freePortRange(count) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = randomInt(...range);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map(isPortFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`Found no ${count} free ports side by side.`);
}
