// What the monitoring tests read of monitoring/, and the Prometheus they start.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { debian } from '../../scripts/servers/debian.mjs';
import { keep } from '../../scripts/servers/kept-process.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import { until } from '../faults/product.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const monitoring = join(root, 'monitoring');

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export function alertRules(): AlertRule[] {
  const { groups } = parse(readFileSync(join(monitoring, 'prometheus/rules/alerts.yml'), 'utf8')) as {
    groups: { rules: AlertRule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

export interface Prometheus {
  /** The series an expression gives now. */
  ask(expr: string): Promise<Series[]>;
  /** Every series scraped so far, as their labels. */
  series(): Promise<Readonly<Record<string, string>>[]>;
  stop(): Promise<void>;
}

/** Starts Prometheus with our configuration; only where each job is found, and how often it is asked, is another. */
export async function startPrometheus(places: Readonly<Record<string, string>>): Promise<Prometheus> {
  const [program] = await debian(['prometheus']);
  const folder = mkdtempSync(join(tmpdir(), 'habitat-prometheus-'));
  const port = await freePort();
  cpSync(join(monitoring, 'prometheus'), folder, { recursive: true });
  const config = parse(readFileSync(join(folder, 'prometheus.yml'), 'utf8')) as {
    global: Record<string, string>;
    alerting?: unknown;
    scrape_configs: { job_name: string }[];
  };
  const scrape_configs = config.scrape_configs
    .filter(({ job_name }) => job_name in places)
    .map((job) => ({
      ...job,
      dns_sd_configs: undefined,
      static_configs: [{ targets: [places[job.job_name]] }],
    }));
  const global = { ...config.global, scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' };
  writeFileSync(
    join(folder, 'prometheus.yml'),
    stringify({ ...config, global, alerting: undefined, scrape_configs }, { keepUndefined: false }),
  );
  const server = await keep({
    command: program ?? '',
    args: [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    logFile: join(folder, 'prometheus.log'),
  });
  const base = `http://127.0.0.1:${port}`;
  const get = async (path: string) => {
    const answer = (await (await fetch(`${base}${path}`)).json()) as {
      status: string;
      error?: string;
      data: unknown;
    };
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  };
  await until('Prometheus is ready', () =>
    fetch(`${base}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    ask: async (expr) =>
      ((await get(`/api/v1/query?query=${encodeURIComponent(expr)}`)) as { result: Series[] }).result,
    series: async () =>
      (await get(`/api/v1/series?match[]=${encodeURIComponent('{job!=""}')}`)) as Record<string, string>[],
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
