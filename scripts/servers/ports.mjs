// Finds free ports on the loopback address and tells whether a wanted one is taken.
import { createServer } from 'node:net';

function listen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });
}

/**
 * A port nobody listens on, as the system hands it out.
 *
 * @returns {Promise<number>}
 */
export function freePort(host = '127.0.0.1') {
  return listen(0, host);
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
 * The first of `count` neighbouring free ports (RabbitMQ needs three side by side).
 *
 * @param {number} count
 * @returns {Promise<number>}
 */
export async function freePortRange(count) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = await freePort();
    const rest = Array.from({ length: count - 1 }, (_, index) => first + 1 + index);
    const free = await Promise.all(rest.map((port) => port < 65_536 && isPortFree(port)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`Found no ${count} free ports side by side.`);
}
