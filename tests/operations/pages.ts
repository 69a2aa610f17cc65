// The pages' server as it is shipped, for tests of what stands around it; `npm test` has built it before.
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptProcess } from '../../scripts/servers/kept-process.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import { openHome, root } from '../../scripts/start/home.mjs';
import { build, outputs } from '../../scripts/start/workspace.mjs';
import { readLog, until } from '../faults/product.ts';

export interface Pages {
  readonly address: string;
  /** host:port of /metrics and /ready. */
  readonly metrics: string;
  start(): Promise<void>;
  /** Asks it to end, as an operator does; answers with its exit code and how long it took. */
  stop(): Promise<{ readonly code: number | null; readonly tookMs: number }>;
  isReady(): Promise<boolean>;
  log(): Promise<Record<string, unknown>[]>;
  /** Everything it wrote, lines of its log or not. */
  written(): Promise<string>;
  /** Stops it for good. */
  end(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Starts the pages before an API, which they reach at this address. */
export async function startPages(
  apiUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Pages> {
  await build(openHome());
  const [port, metricsPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'habitat-pages-'));
  const logFile = join(folder, 'pages.log');
  const address = `http://127.0.0.1:${port}`;
  let running: KeptProcess | null = null;
  const pages: Pages = {
    address,
    metrics: `127.0.0.1:${metricsPort}`,
    async start() {
      running = await keep({
        command: process.execPath,
        args: [join(root, outputs['@habitat/frontend'])],
        env: {
          PATH: process.env['PATH'],
          NODE_ENV: 'production',
          HOSTNAME: '127.0.0.1',
          PORT: String(port),
          METRICS_PORT: String(metricsPort),
          API_URL: apiUrl,
          ...environment,
        },
        cwd: folder,
        logFile,
        stopTimeoutMs: 30_000,
      });
      await until('the pages answer', () => answers(`${address}/api/health`), 60_000);
    },
    async stop() {
      const startedAt = Date.now();
      const exited = running?.exited;
      await running?.stop();
      running = null;
      return { code: (await exited)?.code ?? null, tookMs: Date.now() - startedAt };
    },
    isReady: () => answers(`${address}/api/ready`),
    log: () => readLog(logFile),
    written: () => readFile(logFile, 'utf8'),
    async end() {
      await pages.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await pages.start();
  return pages;
}

/**
 * Sends the form of a page that has this piece of HTML in it, as a browser without scripts does; answers with the id of
 * the request.
 */
export async function sendForm(pages: Pages, token: string, path: string, mark: string): Promise<string> {
  const url = `${pages.address}${path}`;
  const cookie = `habitat_access=${token}`;
  const page = await (await fetch(url, { headers: { cookie } })).text();
  const forms = page.match(/<form.*?<\/form>/gs) ?? [];
  const form = forms.find((one) => one.includes(mark));
  if (form === undefined) throw new Error(`${path} has no form with ${mark}: ${page}`);
  const sent = new FormData();
  const decoded = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const of = (attribute: string) => decoded(new RegExp(` ${attribute}="([^"]*)"`).exec(input)?.[1] ?? '');
    sent.append(of('name'), of('value'));
  }
  const answer = await fetch(url, {
    method: 'POST',
    body: sent,
    headers: { cookie, origin: pages.address },
    redirect: 'manual',
  });
  if (answer.status >= 400) throw new Error(`${mark} was answered with ${answer.status}`);
  return answer.headers.get('x-correlation-id') ?? '';
}
