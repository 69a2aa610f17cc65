// Every boundary rule turns red on a tree that breaks it; a rule without a fixture, or a fixture nothing catches, fails.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { importFaults } from './check-boundaries.mjs';
import { sqlBoundaryFaults } from './sql-boundaries.mjs';

const fixture = fileURLToPath(new URL('fixtures/boundaries', import.meta.url));
const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs').forbidden.map(({ name }) => name);
let faults;

beforeAll(async () => {
  faults = await importFaults(fixture);
});

const expected = {
  'contexts-meet-only-through-events': 'packages/treasury/src/transaction.ts',
  'packages-know-no-service': 'packages/treasury/src/transaction.ts',
  'services-know-no-service': 'services/api/src/server.ts',
  'pure-packages-run-in-a-browser': 'packages/kernel/src/index.ts',
  'pure-packages-use-little': 'packages/kernel/src/index.ts',
  'patronage-stands-on-the-kernel-alone': 'packages/patronage/src/index.ts',
  'kernel-stands-on-nothing': 'packages/kernel/src/index.ts',
  'packages-use-front-doors': 'packages/people/src/approval.ts',
  'everybody-uses-front-doors': 'services/api/src/server.ts',
  'resolvers-touch-no-database': 'services/api/src/graphql/member.ts',
  'pages-know-only-pure-packages': 'services/frontend/src/page.tsx',
  'pages-are-watched-like-services': 'services/frontend/src/lib/telemetry/start.ts',
  'pages-know-no-driver': 'services/frontend/src/page.tsx',
  'tests-stay-out-of-products': 'packages/people/src/approval.ts',
  'no-circles': 'packages/people/src/',
};

test('every rule has a fixture', () => {
  expect(Object.keys(expected).sort()).toEqual([...rules].sort());
});

test.each(Object.entries(expected))('%s turns red', (rule, file) => {
  const caught = faults.filter((fault) => fault.rule === rule).map(({ from }) => from);
  expect(caught.some((from) => from.startsWith(file))).toBe(true);
});

test('SQL that names another context is found, event names are not', () => {
  const found = sqlBoundaryFaults(fixture).map(({ file, message }) => `${file}: ${message}`);
  expect(found).toEqual([
    'packages/people/src/member.store.ts: SQL of people names treasury.entry',
    'schema/05_agreements_core.sql: a foreign key of agreements reaches into people',
  ]);
});
