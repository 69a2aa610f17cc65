// What infrastructure/terraform would make, planned by the real Terraform against what AWS's provider takes: nothing of
// the data is reached from outside, nothing at rest is plain, no task may do or know more than it must, and the services
// get the settings they get everywhere else.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change, Module, Plan, Workplace } from './terraform/terraform.ts';
import { openWorkplace, ours, withoutTerraform } from './terraform/terraform.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly user: string;
  readonly essential: boolean;
  readonly readonlyRootFilesystem: boolean;
  readonly linuxParameters: object;
  readonly environment: readonly { name: string; value: string }[];
  readonly secrets?: readonly { name: string; valueFrom: string }[];
}

const root = new URL('../../', import.meta.url);
/** Lines of the table of settings: name, who reads it, and whether it must be given. */
const documented = [
  ...readFileSync(new URL('docs/environment.md', root), 'utf8').matchAll(
    /^\| `(\w+)`[^|]*\| ([^|]+) \| ([^|]+) \|/gm,
  ),
].map(([, name = '', readers = '', otherwise = '']) => ({
  name,
  readers: readers.trim().split(', '),
  required: otherwise.includes('**required**'),
}));
const skip = withoutTerraform();
let place: Workplace;
beforeAll(async () => {
  if (skip === null) place = await openWorkplace();
});
afterAll(() => place?.remove());

/** What AWS lets nobody narrow to a resource. */
const NOT_NARROWED = [
  'ecr:GetAuthorizationToken',
  'ecs:DescribeTaskDefinition',
  'ecs:RegisterTaskDefinition',
];

const planned = new Map<string, Promise<Plan>>();

/** What an environment's example would make; planned once, however often it is asked. */
function planOf(environment: string): Promise<Plan> {
  const plan = planned.get(environment) ?? place.plan(environment);
  planned.set(environment, plan);
  return plan;
}

const resources = (plan: Plan, type: string): readonly Change[] =>
  plan.resource_changes.filter((one) => one.mode === 'managed' && one.type === type);

/** The containers of a part's task, by name. */
function containersOf(plan: Plan, part: string): Record<string, Container> {
  const found = resources(plan, 'aws_ecs_task_definition').find((one) =>
    one.address.startsWith(`module.task["${part}"]`),
  );
  const list = JSON.parse(found?.change.after.container_definitions as string) as Container[];
  return Object.fromEntries(list.map((container) => [container.name, container]));
}

function settingsOf(plan: Plan, part: string): string[] {
  const container = containersOf(plan, part)[part];
  return [...(container?.environment ?? []), ...(container?.secrets ?? [])].map(({ name }) => name).sort();
}

describe.skipIf(skip)('infrastructure/terraform', () => {
  test('is written as terraform fmt writes it and is valid', async () => {
    expect(await place.run('fmt', '-check', '-recursive')).toEqual({ code: 0, output: '' });
    const { code, output } = await place.run('validate', '-no-color');
    expect(output).toContain('The configuration is valid');
    expect(code).toBe(0);
  });

  test('every variable and output is described', async () => {
    const undescribed = (module: Module, path: string): string[] => [
      ...Object.entries({ ...module.variables, ...module.outputs })
        .filter(([, { description }]) => (description ?? '').length < 10)
        .map(([name]) => `${path}${name}`),
      ...Object.entries(module.module_calls ?? {}).flatMap(([name, call]) =>
        undescribed(call.module, `${path}${name}.`),
      ),
    ];
    const { configuration } = await planOf('staging');
    expect(undescribed(configuration.root_module, '')).toEqual([]);
  });

  test('what makes no sense is refused before anything is made', async () => {
    const wrong = {
      environment: 'live',
      domain: 'https://habitat.example.org/',
      release: 'latest',
      registry: 'https://ghcr.io/coop/',
      zones: '1',
      log_days: '10',
      cidr: '10.0.0.0/24',
      canary: '{ percent = 100, minutes = 10 }',
      rotating: '["BACKUP_KEY"]',
    };
    const given = Object.entries(wrong).map(([name, value]) => `-var=${name}=${value}`);
    const said = await place.plan('staging', ...given).then(
      () => '',
      (fault: Error) => fault.message,
    );
    const refused = [...said.matchAll(/: variable "(\w+)" \{/g)].map(([, name]) => name);
    expect(refused.sort()).toEqual(Object.keys(wrong).sort());
  });

  test('the state is kept encrypted and locked', () => {
    const versions = readFileSync(join(ours, 'versions.tf'), 'utf8');
    expect(versions).toMatch(/backend "s3" \{\n\s+encrypt\s+= true\n\s+use_lockfile\s+= true/);
  });
});

describe.skipIf(skip).each(['staging', 'production'])('planned for %s', (environment) => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await planOf(environment);
  });

  test('the internet reaches only the balancer, at 80 and 443', () => {
    const open = resources(plan, 'aws_vpc_security_group_ingress_rule')
      .map((one) => one.change.after)
      .filter((rule) => rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.prefix_list_id);
    expect(open.map((rule) => [rule.cidr_ipv4, rule.from_port, rule.to_port])).toEqual([
      ['0.0.0.0/0', 80, 80],
      ['0.0.0.0/0', 443, 443],
    ]);
    for (const [type, attribute] of [
      ['aws_db_instance', 'publicly_accessible'],
      ['aws_mq_broker', 'publicly_accessible'],
    ] as const) {
      const values = resources(plan, type).map((one) => one.change.after[attribute]);
      expect(values, type).not.toEqual([]);
      expect(new Set(values), type).toEqual(new Set([false]));
    }
    for (const { change } of resources(plan, 'aws_ecs_service')) {
      expect(change.after.network_configuration[0].assign_public_ip).toBe(false);
    }
  });

  test('everything at rest is encrypted, everything on the way is TLS', () => {
    for (const { address, change } of resources(plan, 'aws_db_instance')) {
      expect(change.after.storage_encrypted, address).toBe(true);
    }
    const parameters = resources(plan, 'aws_db_parameter_group')[0]?.change.after.parameter;
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'rds.force_ssl', value: '1' }));
    const buckets = resources(plan, 'aws_s3_bucket').map((one) => one.index);
    expect(buckets).toEqual(['backups', 'evidence']);
    for (const [type, holds] of [
      ['aws_s3_bucket_server_side_encryption_configuration', 'aws:kms'],
      ['aws_s3_bucket_versioning', 'Enabled'],
      ['aws_s3_bucket_lifecycle_configuration', 'noncurrent_days'],
      ['aws_s3_bucket_public_access_block', '"restrict_public_buckets":true'],
      ['aws_s3_bucket_policy', '{'],
    ] as const) {
      const found = resources(plan, type);
      expect(found.map((one) => one.index).sort(), type).toEqual(buckets);
      for (const one of found) expect(JSON.stringify(one.change.after), one.address).toContain(holds);
    }
    const overTls = plan.resource_changes.filter((one) => one.address.startsWith('module.storage.data.'));
    expect(overTls.map((one) => one.change.after.statement?.[0])).toEqual(
      buckets.map(() =>
        expect.objectContaining({
          effect: 'Deny',
          condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        }),
      ),
    );
    const listeners = resources(plan, 'aws_lb_listener').map(({ change: { after } }) => [
      after.port,
      after.ssl_policy ?? after.default_action[0].redirect[0].protocol,
    ]);
    expect(listeners.sort()).toEqual([
      [443, 'ELBSecurityPolicy-TLS13-1-2-2021-06'],
      [80, 'HTTPS'],
    ]);
    expect(resources(plan, 'aws_kms_key')[0]?.change.after.enable_key_rotation).toBe(true);
  });

  test('no secret of ours stands in the plan, but for the one the broker has to be told', () => {
    const secrets = resources(plan, 'aws_secretsmanager_secret_version');
    expect(secrets.length).toBeGreaterThan(6);
    for (const { address, change } of secrets) {
      expect(change.after.secret_string ?? null, address).toBeNull();
      expect(change.after.secret_string_wo ?? null, address).toBeNull();
    }
    expect(JSON.stringify(plan)).not.toContain('never-kept');
  });

  test('a task reads its own secrets only, and no policy allows everything', () => {
    const documents = plan.resource_changes.filter((one) => one.type === 'aws_iam_policy_document');
    expect(documents.length).toBeGreaterThan(6);
    for (const { address, change } of documents) {
      for (const { effect, actions, resources: on } of change.after.statement ?? []) {
        if (effect === 'Deny') continue;
        expect(actions, address).not.toContain('*');
        for (const action of actions) expect(action, address).not.toMatch(/:\*$/);
        const broad = actions.filter((action: string) => !NOT_NARROWED.includes(action));
        if (broad.length > 0) expect(on ?? [], address).not.toContain('*');
      }
    }
    const given = (part: string) =>
      (containersOf(plan, part)[part]?.secrets ?? []).map(({ name, valueFrom }) => {
        // A secret is called like the setting it fills.
        expect(valueFrom.endsWith(`/${name.toLowerCase().replaceAll('_', '-')}`)).toBe(true);
        return name;
      });
    expect(given('frontend')).toEqual([]);
    expect(given('backup')).toEqual(['BACKUP_KEY', 'DATABASE_OWNER_URL', 'DATABASE_URL']);
    expect(given('worker')).not.toContain('JWT_SECRET');
    for (const part of ['api', 'worker']) expect(given(part)).not.toContain('DATABASE_OWNER_URL');
  });

  test('tasks run as somebody without rights, on a system they cannot write to', () => {
    for (const part of ['api', 'worker', 'frontend', 'migrate', 'backup']) {
      const { prepare, [part]: container } = containersOf(plan, part);
      expect(container, part).toMatchObject({
        readonlyRootFilesystem: true,
        linuxParameters: { capabilities: { drop: ['ALL'] } },
        dependsOn: [{ containerName: 'prepare', condition: 'SUCCESS' }],
      });
      expect(container?.user, part).toMatch(/^[1-9]\d+:[1-9]\d+$/);
      expect(container?.image, part).toMatch(/:\d+\.\d+\.\d+$/);
      // What runs before it as root ends before it begins, and is told no secret.
      expect(prepare).toMatchObject({ essential: false, readonlyRootFilesystem: true });
      expect(prepare?.secrets).toBeUndefined();
    }
  });

  test('services get only settings that docs/environment.md tells, and all they need', () => {
    for (const part of ['api', 'worker', 'migrate', 'backup'] as const) {
      const given = settingsOf(plan, part);
      const known = documented.map(({ name }) => name);
      expect(
        given.filter((name) => !known.includes(name)),
        part,
      ).toEqual([]);
      const reader = part === 'migrate' ? 'cli' : part;
      const needed = documented.filter(({ readers, required }) => required && readers.includes(reader));
      expect(needed, part).not.toEqual([]);
      expect(
        needed.filter(({ name }) => !given.includes(name)),
        part,
      ).toEqual([]);
    }
  });

  test('each release is tried by a few and taken back by itself', () => {
    for (const { address, change } of resources(plan, 'aws_ecs_service')) {
      const { deployment_configuration: how, deployment_circuit_breaker: breaker, alarms } = change.after;
      expect(how[0].strategy, address).toBe(address.includes('"worker"') ? 'ROLLING' : 'CANARY');
      expect(breaker).toEqual([{ enable: true, rollback: true }]);
      expect(alarms[0]).toMatchObject({
        rollback: true,
        alarm_names: [`habitat-${environment}-requests-failing`],
      });
    }
  });

  test('every alarm names a runbook that is there and tells somebody', () => {
    const alarms = resources(plan, 'aws_cloudwatch_metric_alarm');
    expect(alarms.length).toBeGreaterThan(8);
    for (const { address, change } of alarms) {
      const [, file] = /^Runbook: (docs\/runbooks\/[a-z-]+\.md)$/.exec(change.after.alarm_description) ?? [];
      expect(() => readFileSync(new URL(file ?? 'missing', root)), address).not.toThrow();
    }
    expect(resources(plan, 'aws_budgets_budget')[0]?.change.after.notification).toHaveLength(2);
  });
});

describe.skipIf(skip)('planned for production', () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await planOf('production');
  });

  test('a lost zone takes nothing along: standby, three nodes of the broker, two tasks of each, a way out in each', () => {
    const [primary, replica] = resources(plan, 'aws_db_instance').map((one) => one.change.after);
    expect(primary).toMatchObject({ multi_az: true, deletion_protection: true, backup_retention_period: 14 });
    expect(replica.identifier).toBe('habitat-production-replica');
    expect(resources(plan, 'aws_mq_broker')[0]?.change.after.deployment_mode).toBe('CLUSTER_MULTI_AZ');
    expect(resources(plan, 'aws_nat_gateway')).toHaveLength(3);
    const scaled = resources(plan, 'aws_appautoscaling_target').map((one) => one.change.after);
    expect(scaled.map((one) => [one.min_capacity, one.max_capacity])).toEqual([
      [2, 10],
      [2, 10],
      [2, 10],
    ]);
  });

  test('the services get what docker-compose.prod.yml gives them', () => {
    const { services } = parse(readFileSync(new URL('docker-compose.prod.yml', root), 'utf8'), {
      merge: true,
    }) as { services: Record<string, { environment: Record<string, string> }> };
    // What has a default and is given in `settings` by who wants another, and what only some need (below).
    const byDefault =
      /^(DATABASE_(POOL_SIZE|REPLICA_MAX_LAG)|JWT_EXPIRY|REFRESH_TOKEN_EXPIRY|WORKER_(COUNT|INDEX|CONCURRENCY)|DEAD_LETTER_RETRY_LIMIT|OTEL_EXPORTER_OTLP_HEADERS|OIDC_CLIENT_SECRET|EVIDENCE_(MAX_BYTES|CLAMD|SCAN_COMMAND|S3_(PREFIX|ENDPOINT|ACCESS_KEY_ID|SECRET_ACCESS_KEY))|\w+_PREVIOUS)$/;
    for (const [part, service] of [
      ['api', 'api-1'],
      ['worker', 'worker-1'],
      ['frontend', 'frontend-1'],
    ] as const) {
      const there = Object.keys(services[service]?.environment ?? {}).filter((name) => !byDefault.test(name));
      const given = settingsOf(plan, part);
      expect(
        there.filter((name) => !given.includes(name)),
        part,
      ).toEqual([]);
    }
  });

  test('releases come from one repository and one environment of it', () => {
    expect(JSON.stringify(plan.prior_state)).toContain(
      '"values":["repo:example-coop/habitat:environment:production"]',
    );
  });

  test('a secret being replaced is given beside its former value, other settings as they are wanted', async () => {
    const rotated = await place.plan(
      'production',
      '-var=rotating=["JWT_SECRET","SECRETS_KEY"]',
      '-var=traces={ endpoint = "https://traces.example.org", login = true }',
      '-var=settings={ api = { JWT_EXPIRY = "10m" } }',
      '-var=sign_in={ issuer = "https://id.example.org", client_id = "habitat", client_secret = true }',
    );
    expect(containersOf(rotated, 'api')['api']?.environment).toContainEqual({
      name: 'JWT_EXPIRY',
      value: '10m',
    });
    expect(settingsOf(rotated, 'frontend')).toContain('OTEL_EXPORTER_OTLP_HEADERS');
    expect(settingsOf(rotated, 'api')).toEqual(
      expect.arrayContaining(['JWT_SECRET_PREVIOUS', 'SECRETS_KEY_PREVIOUS']),
    );
    expect(settingsOf(rotated, 'worker')).toContain('SECRETS_KEY_PREVIOUS');
    expect(settingsOf(rotated, 'api')).toContain('OIDC_CLIENT_SECRET');
    expect(settingsOf(rotated, 'worker')).not.toContain('OIDC_CLIENT_SECRET');
  });
});

test.skipIf(skip)('the provider the tests plan with is not blind', async () => {
  const other = await openWorkplace();
  try {
    writeFileSync(
      join(other.folder, 'wrong.tf'),
      'resource "aws_kms_key" "wrong" {\n  rotates = true\n  deletion_window_in_days = "many"\n}\n',
    );
    const refused = await other.run('validate', '-no-color');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('An argument named "rotates" is not expected here');
    expect(refused.output).toMatch(/a number is\s+required/);
  } finally {
    await other.remove();
  }
});
