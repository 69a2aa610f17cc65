// The images build, start as they are meant to run (not root, nothing to write to, process 1), say that they are
// healthy, end in order on SIGTERM and carry neither secrets nor what they don't need.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { sharedPostgresUrl, sharedRabbitMqUrl } from '@habitat/test-services/shared';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildImages, targets } from '../../scripts/images/build.mjs';
import { describeImage, startContainer } from '../../scripts/images/container.mjs';
import { freePort } from '../../scripts/servers/ports.mjs';
import { release } from '../../scripts/start/home.mjs';
import { filesBelow, secretsIn, secretsSent, tellsSecret } from './secrets-in.mjs';

const MOST_MEGABYTES = { api: 30, worker: 15, ui: 90, migrate: 15 };

let storage;
let images;
let built;
let env;
const containers = [];

async function start(target, options = {}) {
  const container = await startContainer(storage, images[target], options);
  containers.push(container);
  return container;
}

beforeAll(async () => {
  built = release();
  ({ storage, images } = await buildImages(targets, built));
  const owner = new URL(await sharedPostgresUrl());
  const database = `images_${process.pid}`;
  const client = new pg.Client({ connectionString: owner.href });
  await client.connect();
  await client.query(`create database ${database}`);
  await client.end();
  owner.pathname = `/${database}`;
  const services = new URL(owner);
  services.username = 'images_app';
  services.password = 'images-app-password';
  env = {
    DATABASE_OWNER_URL: owner.href,
    DATABASE_URL: services.href,
    RABBITMQ_URL: await sharedRabbitMqUrl(),
    JWT_SECRET: 's'.repeat(64),
    SECRETS_KEY: 's'.repeat(64),
    HOST: '127.0.0.1',
  };
}, 900_000);

afterEach(async () => {
  for (const container of containers.splice(0)) await container.remove();
});

afterAll(async () => {
  for (const container of containers.splice(0)) await container.remove();
});

test('migrate brings a database up, and again changes nothing', async () => {
  const first = await start('migrate', { env });
  expect(await first.exited, first.output()).toBe(0);
  expect(first.output()).toMatch(/Applied \d+ files/);
  const again = await start('migrate', { env });
  expect(await again.exited).toBe(0);
  expect(again.output()).toContain('The database is up to date.');
});

test('the API answers, tells its release and ends in order', async () => {
  const port = await freePort();
  const api = await start('api', { env: { ...env, PORT: String(port) } });
  await expectHealthy(api, 'api', `http://127.0.0.1:${port}/ready`);
  const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json();
  expect(health).toEqual({ status: 'ok', ...built });
  expect(await api.stop()).toBe(0);
  expect(api.output()).toContain('"reason":"SIGTERM"');
});

test('the worker is ready with a real broker and ends in order', async () => {
  const port = await freePort();
  const worker = await start('worker', { env: { ...env, METRICS_PORT: String(port) } });
  await expectHealthy(worker, 'worker', `http://127.0.0.1:${port}/ready`);
  expect(await worker.stop()).toBe(0);
  expect(worker.output()).toContain('"reason":"SIGTERM"');
});

test('the pages are served whole, scripts with them', async () => {
  const port = await freePort();
  const ui = await start('ui', {
    env: { PORT: String(port), HOSTNAME: '127.0.0.1', API_URL: 'http://127.0.0.1:9/graphql' },
    scratch: ['/tmp', '/app/services/frontend/.next/cache'],
  });
  await expectHealthy(ui, 'ui', `http://127.0.0.1:${port}/api/ready`);
  const page = await (await fetch(`http://127.0.0.1:${port}/sign-in`)).text();
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page)?.[1];
  expect((await fetch(`http://127.0.0.1:${port}${script}`)).status).toBe(200);
  expect(await ui.stop()).toBe(0);
  expect(ui.output()).toContain('"reason":"SIGTERM"');
});

/** The image's own health check passes; the same one fails on an address where nobody answers. */
async function expectHealthy(container, target, address) {
  const { Healthcheck } = await describeImage(storage, images[target]);
  const [kind, ...check] = Healthcheck.Test;
  expect(kind).toBe('CMD');
  // Tests stand on free ports, so only the port differs from the check in the image.
  expect(new URL(check.at(-1)).pathname).toBe(new URL(address).pathname);
  await container.healthy([...check.slice(0, -1), address]);
  expect((await container.exec(...check.slice(0, -1), 'http://127.0.0.1:9/')).code).toBe(1);
  const write = await container.exec('node', '-e', "require('fs').writeFileSync('/app/x', '')");
  expect(write.output).toContain('EROFS');
  const who = await container.exec('node', '-p', '`${process.getuid()}:${process.getgid()}`');
  expect(who.output.trim()).toBe('1000:1000');
}

test.each(targets)('the image %s says what it is and of what it is made', async (target) => {
  const { User, Labels, StopSignal, Healthcheck } = await describeImage(storage, images[target]);
  expect(User).toBe('1000:1000');
  expect(Labels).toMatchObject({
    'org.opencontainers.image.title': `habitat-${target}`,
    'org.opencontainers.image.version': built.version,
    'org.opencontainers.image.revision': built.revision,
    'org.opencontainers.image.licenses': 'Apache-2.0',
  });
  if (target !== 'migrate') expect([StopSignal, Healthcheck.Test[0]]).toEqual(['SIGTERM', 'CMD']);
  const root = await contentOf(target);
  const bom = readFileSync(join(root, 'app/sbom.cdx.json'), 'utf8');
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bom)).toBeNull();
  const names = JSON.parse(bom).components.map(({ name }) => name);
  expect(names).toContain(target === 'ui' ? 'next' : 'pg');
});

test.each(targets)('the image %s holds no secret, no sources and no package manager', async (target) => {
  const root = await contentOf(target);
  const ours = filesBelow(join(root, 'app')).filter((file) => !file.includes('node_modules/'));
  expect(secretsIn(join(root, 'app'))).toEqual([]);
  expect(ours.filter((file) => /[^/]*\.test\.[a-z]+$/.test(file))).toEqual([]);
  expect(ours.filter((file) => /services\/[^/]+\/src\//.test(file))).toEqual([]);
  for (const program of ['npm', 'npx', 'pnpm', 'corepack']) {
    expect(existsSync(join(root, 'usr/local/bin', program)), program).toBe(false);
  }
  expect(existsSync(join(root, 'run/secrets/npmrc'))).toBe(false);
  const { history, Env } = await describeImage(storage, images[target]);
  expect(tellsSecret(JSON.stringify({ history, Env }))).toBe(false);
  const size = Number(execFileSync('du', ['-sm', join(root, 'app')], { encoding: 'utf8' }).split('\t')[0]);
  process.stdout.write(`habitat-${target}: ${size} MB above its base\n`);
  expect(size).toBeLessThanOrEqual(MOST_MEGABYTES[target]);
});

test('what an image takes from a stage is named by its full path: a short one would be looked for at its root', () => {
  const dockerfile = readFileSync(new URL('Dockerfile', import.meta.url), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY --from=\S+ (.*)$/gm)].map(([, words]) => words.split(' '));
  expect(copied.length).toBeGreaterThan(8);
  expect(copied.flatMap((words) => words.slice(0, -1)).filter((path) => !path.startsWith('/'))).toEqual([]);
});

test('what is sent to browsers knows no setting of a server, and no image holds a private key', async () => {
  const roots = await Promise.all(targets.map(contentOf));
  const sent = join(roots[targets.indexOf('ui')], 'app/services/frontend/.next/static');
  expect(filesBelow(sent).length).toBeGreaterThan(10);
  expect(secretsSent(sent)).toEqual([]);
  for (const root of roots) expect(secretsIn(join(root, 'app'))).toEqual([]);
}, 120_000);

/** The image's filesystem, mounted by a container that never starts. */
async function contentOf(target) {
  const name = await storage.buildah('from', '--pull-never', images[target]);
  containers.push({ remove: () => storage.buildah('rm', name) });
  return storage.buildah('mount', name);
}
