// The chart as helm renders it for each values file: what comes out are objects Kubernetes knows, pods that may do
// nothing they need not, settings the services read, and selectors that find somebody.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments, stringify } from 'yaml';
import { beforeAll, describe, expect, test } from 'vitest';
import { debian, withoutDebian } from '../../scripts/servers/debian.mjs';
import { chart, helm } from './helm.ts';

interface Container {
  readonly name: string;
  readonly env?: readonly { name: string; value?: string }[];
  readonly resources?: { limits?: object };
  readonly securityContext: object;
}
interface PodSpec {
  readonly containers: readonly Container[];
  readonly securityContext: object;
  readonly terminationGracePeriodSeconds?: number;
}
interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; labels?: Record<string, string> };
  // Every kind has another; the tests below ask for what they know to be there.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec: any;
}
type Validated = new (object: KubernetesObject) => { validate(): void };

const PACKAGES: Readonly<Record<string, string>> = {
  'keda.sh/v1alpha1': '@kubernetes-models/keda',
  'monitoring.coreos.com/v1': '@kubernetes-models/prometheus-operator',
};
const noPrometheus = await withoutDebian(['prometheus']);
const environment = readFileSync(new URL('../../docs/environment.md', import.meta.url), 'utf8');

async function render(values: string, ...more: string[]): Promise<KubernetesObject[]> {
  const { code, output } = await helm('template', 'coop', chart, '-f', join(chart, values), ...more);
  if (code !== 0) throw new Error(output);
  return parseAllDocuments(output).flatMap((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const object = document.toJS() as KubernetesObject | null;
    return object === null ? [] : [object];
  });
}

/** Throws what is wrong with an object by the schema of its kind: types, formats, what is missing. */
async function checkBySchema(object: KubernetesObject): Promise<void> {
  const { apiVersion, kind } = object;
  const module = `${PACKAGES[apiVersion] ?? 'kubernetes-models'}/${apiVersion}`;
  const models = (await import(module)) as Record<string, Validated>;
  const Model = models[kind];
  if (Model === undefined) throw new Error(`there is no ${kind} in ${module}`);
  new Model(object).validate();
}

/** Each pod a release may run, with its labels. */
function podsOf(objects: readonly KubernetesObject[]) {
  return objects.flatMap((object): { name: string; labels: Record<string, string>; spec: PodSpec }[] => {
    const { kind, metadata, spec } = object;
    if (kind === 'Pod') return [{ name: metadata.name, labels: metadata.labels ?? {}, spec }];
    const template = kind === 'CronJob' ? spec.jobTemplate.spec.template : spec?.template;
    return template?.spec === undefined
      ? []
      : [{ name: metadata.name, labels: template.metadata.labels, spec: template.spec }];
  });
}

test.each(['values-staging.yaml', 'values-production.yaml'])(
  'helm lint is content with %s',
  async (values) => {
    const { code, output } = await helm('lint', '--strict', chart, '-f', join(chart, values));
    expect(output).toContain('1 chart(s) linted, 0 chart(s) failed');
    expect(code).toBe(0);
  },
);

describe.each(['values-staging.yaml', 'values-production.yaml'])('rendered with %s', (values) => {
  let objects: KubernetesObject[];
  beforeAll(async () => {
    objects = await render(values);
  });

  test('every object is as the schema of its kind wants it', async () => {
    expect(objects.length).toBeGreaterThan(15);
    for (const object of objects) await checkBySchema(object);
    // And the schemas are not blind.
    const broken = objects.find((object) => object.kind === 'Deployment');
    await expect(
      checkBySchema({ ...broken, spec: { ...broken?.spec, minReadySeconds: 'two' } } as KubernetesObject),
    ).rejects.toThrow('minReadySeconds');
  });

  test('no two objects have the same kind and name', () => {
    const names = objects.map((object) => `${object.kind} ${object.metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('no pod runs as root, writes to its image, keeps a capability or has a secret in its environment', () => {
    for (const { name, spec } of podsOf(objects)) {
      expect(spec.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of spec.containers) {
        expect(container.securityContext, `${name}/${container.name}`).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        for (const { name: setting, value } of container.env ?? []) {
          if (/(SECRET|PASSWORD|PASS|KEY|DATABASE_.*URL|RABBITMQ_URL)$/.test(setting))
            expect(value).toBeUndefined();
        }
      }
    }
  });

  test('every setting of a service is one that the documentation knows', () => {
    for (const { spec } of podsOf(objects)) {
      for (const { name, env } of spec.containers) {
        if (!['api', 'worker', 'frontend', 'migrate', 'backup'].includes(name)) continue;
        for (const setting of env ?? []) {
          expect(environment).toContain(`\`${setting.name.replace(/_FILE$/, '')}\``);
        }
      }
    }
  });

  test('every service, budget and policy selects pods that exist, every scaling a deployment', () => {
    const pods = podsOf(objects);
    const deployments = objects
      .filter((object) => object.kind === 'Deployment')
      .map((one) => one.metadata.name);
    for (const { kind, metadata, spec } of objects) {
      const selected =
        kind === 'Service'
          ? spec.selector
          : kind === 'PodDisruptionBudget'
            ? spec.selector.matchLabels
            : kind === 'NetworkPolicy'
              ? spec.podSelector.matchLabels
              : undefined;
      if (selected !== undefined) {
        const found = pods.filter((pod) =>
          Object.entries(selected).every(([name, value]) => pod.labels[name] === value),
        );
        expect(found, `${kind} ${metadata.name}`).not.toEqual([]);
      }
      if (spec?.scaleTargetRef !== undefined) expect(deployments).toContain(spec.scaleTargetRef.name);
    }
  });
});

test('production scales to ten, the worker by waiting events too, and each part survives a drained node', async () => {
  const objects = await render('values-production.yaml');
  const scaled = objects.filter((object) => object.kind === 'HorizontalPodAutoscaler');
  expect(scaled.map((one) => [one.metadata.name, one.spec.minReplicas, one.spec.maxReplicas])).toEqual([
    ['coop-api', 2, 10],
    ['coop-frontend', 2, 10],
  ]);
  const worker = objects.find((object) => object.kind === 'ScaledObject');
  expect(worker?.spec.triggers[1].metadata.query).toContain('habitat_outbox_events');
  expect(objects.filter((object) => object.kind === 'PodDisruptionBudget')).toHaveLength(3);
  expect(objects.filter((object) => object.kind === 'StatefulSet')).toEqual([]);
});

test('traces go from all three services to an endpoint, and the policy of the pages lets them', async () => {
  const endpoint = 'http://collector.monitoring:4318';
  const objects = await render('values-staging.yaml', '--set', `traces.endpoint=${endpoint}`);
  for (const part of ['api', 'worker', 'frontend']) {
    const [container] = podsOf(objects).find(({ name }) => name === `coop-${part}`)?.spec.containers ?? [];
    expect(container?.env).toContainEqual({ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint });
    expect(container?.env).toContainEqual({ name: 'HABITAT_ENVIRONMENT', value: 'staging' });
  }
  const policy = objects.find(({ metadata }) => metadata.name === 'coop-pages-call');
  expect(policy?.spec.egress).toContainEqual({ ports: [{ protocol: 'TCP', port: 4318 }] });
});

test.skipIf(noPrometheus)(
  'the alerts on the nightly job fire for one that is old or never was, and for nobody else’s',
  async () => {
    const objects = await render('values-production.yaml', '--namespace', 'habitat');
    const rules = objects.find((object) => object.kind === 'PrometheusRule');
    const job = objects.find((object) => object.kind === 'CronJob')?.metadata.name;
    const success = (name: string | undefined) =>
      `kube_cronjob_status_last_successful_time{namespace="habitat",cronjob="${name}"}`;
    const firing = (alertname: string, summary: string, of: object = {}) => ({
      exp_labels: { severity: 'critical', ...of },
      exp_annotations: { summary, runbook: `docs/runbooks/backup-${alertname}.md` },
    });
    const old = firing('old', 'The last good backup is 1d 3h 5m 0s old');
    const missing = firing('missing', 'There is no backup', { namespace: 'habitat', cronjob: job });
    const folder = await mkdtemp(join(tmpdir(), 'habitat-rules-'));
    try {
      await writeFile(join(folder, 'rules.yml'), stringify({ groups: rules?.spec.groups }));
      const cases = [
        { name: job, values: '300x330', at: '27h10m', BackupOld: [old], BackupMissing: [] },
        { name: job, values: '0+300x330', at: '27h10m', BackupOld: [], BackupMissing: [] },
        { name: 'of-others', values: '0+300x330', at: '27h', BackupOld: [], BackupMissing: [missing] },
        { name: 'of-others', values: '0+300x330', at: '25h', BackupOld: [], BackupMissing: [] },
      ];
      const tests = cases.map(({ name, values, at, ...expected }) => ({
        interval: '5m',
        input_series: [{ series: success(name), values }],
        alert_rule_test: Object.entries(expected).map(([alertname, exp_alerts]) => ({
          eval_time: at,
          alertname,
          exp_alerts,
        })),
      }));
      await writeFile(join(folder, 'tests.yml'), stringify({ rule_files: ['rules.yml'], tests }));
      const [prometheus = ''] = await debian(['prometheus']);
      const { stdout } = await promisify(execFile)(
        join(dirname(prometheus), 'promtool'),
        ['test', 'rules', 'tests.yml'],
        { cwd: folder },
      );
      expect(stdout).toContain('SUCCESS');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

test('an API and the pages answer for a while after they were asked to end, and are killed only long after', async () => {
  const objects = await render('values-production.yaml');
  for (const part of ['api', 'frontend']) {
    const spec = podsOf(objects).find(({ name }) => name === `coop-${part}`)?.spec;
    expect(spec?.containers[0]?.env).toContainEqual({ name: 'SHUTDOWN_DELAY', value: '10s' });
    // 10 s, and what they are answering gets 18.
    expect(spec?.terminationGracePeriodSeconds).toBeGreaterThan(28);
  }
});

test.each([
  ['existingSecret=', 'existingSecret'],
  ['host=', 'host'],
  ['logLevel=loud', 'logLevel'],
  ['replicas=3', 'replicas'],
  ['api.replica=3', 'replica'],
])('%s is refused by the schema of the values', async (set, named) => {
  const refused = await helm(
    'template',
    'coop',
    chart,
    '-f',
    join(chart, 'values-staging.yaml'),
    '--set',
    set,
  );
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(named);
});
