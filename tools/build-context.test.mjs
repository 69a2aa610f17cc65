// What is sent to be built into images: sources, and nothing that is secret or belongs to one machine. Read from
// .dockerignore the way Docker reads it (docs.docker.com/build/concepts/context/#dockerignore-files): last match wins.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const rules = readFileSync(fileURLToPath(new URL('../.dockerignore', import.meta.url)), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ keeps: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));

/** A rule names a path from the root, or everything below it. */
function patternOf(rule) {
  const parts = { '**/': '(?:.*/)?', '*': '[^/]*', '?': '[^/]' };
  const text = rule.replaceAll(/\*\*\/|\*|\?|[.+^${}()|[\]\\]/g, (sign) => parts[sign] ?? `\\${sign}`);
  return new RegExp(`^${text}(?:/.*)?$`);
}

const isSent = (path) => !(rules.findLast(({ pattern }) => pattern.test(path))?.keeps === false);

test.each([
  '.env',
  '.env.production',
  'services/api/.env',
  'services/frontend/.env.local',
  '.habitat/secrets.json',
  '.git/config',
  'tls.key',
  'infrastructure/docker/tls.key',
  'services/api/certificate.pem',
  'terraform.tfstate',
  'infrastructure/terraform/environments/production.tfvars',
  'backup.dump',
  'services/api/api.log',
  'services/api/src/attack/log.int.test.ts',
])('%s is never sent', (path) => {
  expect(isSent(path)).toBe(false);
});

test.each([
  'pnpm-lock.yaml',
  'schema/00_platform_core.sql',
  'services/api/src/main.ts',
  'packages/platform/src/secret/sealed.ts',
  'infrastructure/docker/health.mjs',
])('%s is', (path) => {
  expect(isSent(path)).toBe(true);
});
