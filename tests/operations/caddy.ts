// A real Caddy with the Caddyfile of the installation, on free ports, for tests of what stands behind it.
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { debian } from '../../scripts/servers/debian.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import { until } from '../faults/product.ts';

const caddyfile = fileURLToPath(new URL('../../Caddyfile', import.meta.url));

/** Where a Caddy of a test listens; the services behind must know its address first. */
export interface CaddyPorts {
  readonly http: number;
  readonly https: number;
  /** For the pages' own server. */
  readonly inner: number;
  readonly metrics: number;
  readonly admin: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface EventStream {
  readonly status: number;
  readonly ended: Promise<'in order' | 'cut off'>;
  close(): void;
}

export interface Caddy {
  /** The authority its certificate is signed by. */
  readonly authority: Buffer;
  /** One request over TLS, with the certificate checked; redirects are not followed, nothing is unpacked. */
  ask(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Answer>;
  /** Listens to server-sent events; `ended` tells whether the stream was closed in order. */
  listen(path: string, headers: Record<string, string>): Promise<EventStream>;
  /** What it wrote: the access log, one JSON line each. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** How its one door is used, as a browser does. */
function doorOf(ports: CaddyPorts, ca: Buffer): Pick<Caddy, 'ask' | 'listen'> {
  const door = { host: 'localhost', port: ports.https, ca, family: 4 };
  return {
    ask: (method, path, headers = {}, body = '') =>
      new Promise((resolve, reject) => {
        const sent = request({ ...door, method, path, headers }, (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts),
            }),
          );
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    listen: (path, headers) =>
      new Promise((resolve, reject) => {
        const sent = request({ ...door, path, headers, agent: false }, (response) => {
          const ended = new Promise<'in order' | 'cut off'>((tell) => {
            response.on('close', () => tell(response.complete ? 'in order' : 'cut off'));
          });
          response.on('error', () => undefined);
          response.resume();
          resolve({ status: response.statusCode ?? 0, ended, close: () => sent.destroy() });
        });
        sent.on('error', reject);
        sent.end();
      }),
  };
}

export async function caddyPorts(): Promise<CaddyPorts> {
  const [http, https, inner, metrics, admin] = await Promise.all(Array.from({ length: 5 }, () => freePort()));
  return { http: http!, https: https!, inner: inner!, metrics: metrics!, admin: admin! };
}

/** Starts it in front of these processes (host:port), after validating its file. */
export async function startCaddy(
  ports: CaddyPorts,
  behind: { readonly apis: readonly string[]; readonly frontends: readonly string[] },
): Promise<Caddy> {
  const [program = ''] = await debian(['caddy']);
  const folder = mkdtempSync(join(tmpdir(), 'habitat-caddy-'));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    DOMAIN: 'localhost',
    TLS: 'internal',
    HTTP_PORT: String(ports.http),
    HTTPS_PORT: String(ports.https),
    INNER_PORT: String(ports.inner),
    METRICS_PORT: String(ports.metrics),
    ADMIN_PORT: String(ports.admin),
    API_UPSTREAMS: behind.apis.join(' '),
    FRONTEND_UPSTREAMS: behind.frontends.join(' '),
  };
  const file = ['--config', caddyfile, '--adapter', 'caddyfile'];
  await promisify(execFile)(program, ['validate', ...file], { env });
  const logFile = join(folder, 'caddy.log');
  const server = await keep({ command: program, args: ['run', ...file], env, cwd: folder, logFile });
  const log = () => readFile(logFile, 'utf8').catch(() => '');
  const root = join(folder, 'caddy/pki/authorities/local/root.crt');
  const stands = async () => {
    await readFile(root);
    return (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).ok;
  };
  await until('Caddy has its certificate and answers', () => stands().catch(() => false)).catch(async () => {
    throw new Error(`Caddy did not start:\n${await log()}`);
  });
  const authority = await readFile(root);
  return {
    authority,
    ...doorOf(ports, authority),
    log,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
