// How the tests are found: `unit` needs nothing, `integration` needs a real PostgreSQL and RabbitMQ (started once
// per run by @habitat/test-services), `e2e-…` drive a running product through a browser, each one of its own, so that
// both go on at once.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**', '**/.next/**', '**/.habitat/**', 'tools/fixtures/**'];

// Everybody must get the same copy of graphql: Node takes its CommonJS entry, so vite shall take it as well.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

// Vitest would leave one core of two to itself; a test file waits for its database half of the time.
const maxWorkers = Math.max(2, Math.min(4, availableParallelism()));

const browser = (name: string, file: string) => ({
  test: {
    name,
    include: [file],
    exclude: never,
    globalSetup: ['tests/e2e/setup/product.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    pool: 'forks' as const,
    maxWorkers,
  },
});

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx,mjs}'],
          exclude: [...never, '**/*.int.test.{ts,mjs}', '**/*.e2e.test.ts'],
          testTimeout: 20_000,
          maxWorkers,
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['**/*.int.test.{ts,mjs}'],
          exclude: never,
          globalSetup: ['packages/test-services/src/vitest-global-setup.ts'],
          // Patience for a machine that does much else: several of them start whole services.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers,
        },
      },
      browser('e2e-look', 'tests/e2e/look.e2e.test.ts'),
      browser('e2e-work', 'tests/e2e/work.e2e.test.ts'),
    ],
  },
});
