// Shell scripts, YAML and the Dockerfile are linted like the code: by the programs made for it.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { debian, withoutDebian } from '../scripts/servers/debian.mjs';
import { root } from '../scripts/start/home.mjs';

const run = promisify(execFile);
const programs = ['shellcheck', 'yamllint'];
const skip = await withoutDebian(programs);
const [shellcheck, yamllint] = skip ? [] : await debian(programs);

/** What is made, and templates, which are no YAML yet. */
const NOT_OURS = /^(node_modules|\.git|\.habitat|\.next|\.turbo|\.terraform|dist|coverage|templates)$/;

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.test(entry.name) ? [] : filesIn(path);
    return entry.isFile() ? [relative(root, path)] : [];
  });
}
const files = filesIn(root);
const read = (file) => readFileSync(join(root, file), 'utf8');

/** What a linter says; nothing when it is content. */
async function said(program, args, input) {
  const running = run(program, args, { cwd: root });
  running.child.stdin.end(input ?? '');
  return running.then(
    () => '',
    ({ stdout, stderr }) => stdout + stderr,
  );
}

test.skipIf(skip)('yamllint is content with every YAML file', async () => {
  const yaml = files.filter((file) => /\.ya?ml$/.test(file) && file !== 'pnpm-lock.yaml');
  expect(yaml).toEqual(expect.arrayContaining(['docker-compose.prod.yml', '.github/workflows/ci.yml']));
  expect(await said(yamllint, ['--strict', ...yaml])).toBe('');
});

test.skipIf(skip)('shellcheck is content with every script', async () => {
  const scripts = files.filter(
    (file) => file.endsWith('.sh') || (file === '.ci/run' && read(file).startsWith('#!')),
  );
  expect(scripts).toEqual(expect.arrayContaining(['.ci/run', 'infrastructure/postgres/init-logins.sh']));
  expect(await said(shellcheck, scripts)).toBe('');
});

test.skipIf(skip)('shellcheck is content with what the workflows run', async () => {
  const workflows = files.filter((file) => file.startsWith('.github/workflows/'));
  for (const file of workflows) {
    for (const { steps = [] } of Object.values(parse(read(file)).jobs)) {
      for (const { run: script } of steps) {
        // GitHub's own way to run one.
        if (script) expect(await said(shellcheck, ['--shell=bash', '-'], script), file).toBe('');
      }
    }
  }
});

test('the Dockerfile is sound: known instructions, pinned bases, nothing fetched from an address, no root', () => {
  const dockerfile = 'infrastructure/docker/Dockerfile';
  const text = read(dockerfile);
  const { validate } = createRequire(join(root, 'tests/package.json'))('dockerfile-utils');
  // That a base is an argument without a default in scope is what `ARG BASE_IMAGE=` above the first stage is for.
  expect(validate(text).map(({ range, message }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  for (const [, value] of text.matchAll(/^ARG \w+_IMAGE=(.+)$/gm))
    expect(value).toMatch(/^[a-z]+:\d+[\w.-]*$/);
  const stages = new Set([...text.matchAll(/^FROM \S+ AS (\S+)/gm)].map(([, name]) => name));
  for (const [, base] of text.matchAll(/^FROM (\S+)/gm)) {
    if (!stages.has(base)) expect(base).toMatch(/^\$\{\w+_IMAGE\}$/);
  }
  expect(text).not.toMatch(/^ADD |https?:\/\/(?!127\.0\.0\.1)|\bsudo\b|\bcurl\b|\bwget\b|:latest\b/m);
  expect(text).toMatch(/^FROM \S+ AS runtime\n(?:.*\n)*?USER 1000:1000$/m);
});
