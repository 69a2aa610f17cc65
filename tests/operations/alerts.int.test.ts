// Alerts, dashboards and their surroundings as files: the tools that will read them accept them, every alert is tested
// firing and quiet, and every alert has its runbook and the other way round.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from '../../monitoring/grafana/source/dashboards.mjs';
import { debian, withoutDebian } from '../../scripts/servers/debian.mjs';
import { alertRules, monitoring, root } from './monitoring.ts';

const run = promisify(execFile);
const tools = ['prometheus', 'prometheus-alertmanager'] as const;
const skip = await withoutDebian(tools);

const names = alertRules().map(({ alert }) => alert);

/** promtool and amtool come with the servers. */
async function beside(name: (typeof tools)[number], tool: string): Promise<string> {
  const [server] = await debian([name]);
  return join(dirname(server ?? ''), tool);
}

describe.skipIf(skip)('the tools accept', () => {
  test('the configuration and the rules of Prometheus', async () => {
    await run(await beside('prometheus', 'promtool'), [
      'check',
      'config',
      join(monitoring, 'prometheus/prometheus.yml'),
    ]);
  });

  test('every alert, firing and quiet', async () => {
    const promtool = await beside('prometheus', 'promtool');
    await run(promtool, ['test', 'rules', 'alerts.yml'], { cwd: join(monitoring, 'prometheus/tests') });
  });

  test('the configuration of Alertmanager, without a receiver and with mail and webhook', async () => {
    const amtool = await beside('prometheus-alertmanager', 'amtool');
    const folder = mkdtempSync(join(tmpdir(), 'habitat-alertmanager-'));
    const out = join(folder, 'made.yml');
    const start = (env: Record<string, string>) =>
      run(join(monitoring, 'alertmanager/start.sh'), [], {
        env: { PATH: process.env['PATH'], ALERTMANAGER: 'true', ALERT_CONFIG_OUT: out, ...env },
      });
    try {
      await start({});
      await run(amtool, ['check-config', out]);
      await start({
        ALERT_EMAIL_TO: "o'brien@example.org",
        ALERT_EMAIL_FROM: 'habitat@example.org',
        ALERT_SMTP_HOST: 'mail.example.org:587',
        ALERT_SMTP_USERNAME: 'habitat',
        ALERT_SMTP_PASSWORD_FILE: '/run/secrets/smtp',
        ALERT_WEBHOOK_URL: 'https://chat.example.org/hook',
      });
      await run(amtool, ['check-config', out]);
      const [receiver] = (parse(readFileSync(out, 'utf8')) as { receivers: Record<string, unknown>[] })
        .receivers;
      expect(receiver).toMatchObject({
        email_configs: [{ to: "o'brien@example.org", auth_password_file: '/run/secrets/smtp' }],
        webhook_configs: [{ url: 'https://chat.example.org/hook' }],
      });
      await expect(start({ ALERT_EMAIL_TO: 'a@example.org' })).rejects.toThrow(/ALERT_EMAIL_FROM/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('every alert is tested firing and quiet', () => {
  interface Expected {
    readonly alertname: string;
    readonly exp_alerts: readonly unknown[];
  }
  const { tests } = parse(readFileSync(join(monitoring, 'prometheus/tests/alerts.yml'), 'utf8')) as {
    tests: { alert_rule_test: Expected[] }[];
  };
  const cases = tests.flatMap((one) => one.alert_rule_test);
  const among = (isFiring: boolean) =>
    cases.filter(({ exp_alerts }) => exp_alerts.length > 0 === isFiring).map(({ alertname }) => alertname);
  expect([...new Set(among(true))].sort()).toEqual([...names].sort());
  expect([...new Set(among(false))].sort()).toEqual([...names].sort());
});

test('every alert has its runbook, and every runbook its alert', () => {
  const inFolder = readdirSync(join(root, 'docs/runbooks')).map((file) => `docs/runbooks/${file}`);
  expect(alertRules().map(({ annotations }) => annotations['runbook'])).toEqual(
    expect.arrayContaining(inFolder),
  );
  for (const { alert, annotations } of alertRules()) {
    const text = readFileSync(join(root, annotations['runbook'] ?? ''), 'utf8');
    expect(text).toContain(`Alert: \`${alert}\``);
    for (const part of ['What it means', 'How bad', 'Look at', 'Do', 'Over when'])
      expect(text).toContain(`## ${part}\n`);
    for (const [, file] of text.matchAll(/\]\(([\w-]+\.md)\)/g))
      expect(inFolder).toContain(`docs/runbooks/${file}`);
  }
});

describe('dashboards', () => {
  const { datasources } = parse(
    readFileSync(join(monitoring, 'grafana/provisioning/datasources/datasources.yml'), 'utf8'),
  ) as { datasources: { uid: string; type: string }[] };
  const known = datasources.map(({ uid, type }) => `${type}/${uid}`);

  test.each(Object.entries(dashboards))(
    '%s is committed as it is made, and asks sources that are there',
    (name, made) => {
      const committed: unknown = JSON.parse(
        readFileSync(join(monitoring, `grafana/dashboards/${name}.json`), 'utf8'),
      );
      expect(committed).toEqual(JSON.parse(JSON.stringify(made)));
      for (const { datasource, targets } of made.panels) {
        expect(known).toContain(`${datasource.type}/${datasource.uid}`);
        expect(targets.length).toBeGreaterThan(0);
      }
    },
  );

  test('their uids differ, and a title stands once on each', () => {
    const all = Object.values(dashboards);
    expect(new Set(all.map(({ uid }) => uid)).size).toBe(all.length);
    for (const { panels } of all) expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });
});

test('the shipper keeps three labels, and they are the ones the dashboards ask for', () => {
  const config = readFileSync(
    fileURLToPath(new URL('../../monitoring/alloy/config.alloy', import.meta.url)),
    'utf8',
  );
  expect(config).toContain('values = ["service", "environment", "level"]');
  const asked = Object.values(dashboards)
    .flatMap(({ panels }) => panels.filter(({ type }) => type === 'logs'))
    .flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => [...expr.matchAll(/(\w+)=~?"/g)].map(([, label]) => label)),
    );
  expect(asked.length).toBeGreaterThan(0);
  for (const label of asked) expect(['service', 'environment', 'level']).toContain(label);
});
