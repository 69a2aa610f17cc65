// The stages of `npm test` in their order; all of them run, also after one has failed.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ClearFault } from '../start/fault.mjs';
import { openHome, root } from '../start/home.mjs';
import { build, install, pnpmVersion } from '../start/workspace.mjs';
import { runLoud, stopCurrent } from './program.mjs';
import { closingLine, countVitest, table } from './report.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const cores = Math.max(2, Math.min(4, availableParallelism()));

/** A check that passes or fails as a whole counts as one. */
const check = (title, command, ...args) => ({ title, command, args, kind: 'check' });
/** A vitest project counts its tests. */
const project = (title, name, ...args) => ({ title, kind: 'vitest', name, args });

export const stages = [
  check(
    'types',
    // Through pnpm, which turbo asks for the workspace and which need not be installed on the machine.
    'npx',
    '--yes',
    pnpmVersion(),
    'exec',
    'turbo',
    'run',
    'typecheck',
    `--concurrency=${cores}`,
    '--output-logs=errors-only',
  ),
  check(
    'lint',
    // Rules that know types hold every package's program at once, which is more than node's usual heap.
    process.execPath,
    '--max-old-space-size=8192',
    'node_modules/eslint/bin/eslint.js',
    '.',
    '--cache',
    '--cache-location',
    '.habitat/eslint-cache',
    '--cache-strategy',
    'content',
  ),
  check('boundaries', process.execPath, 'tools/check-boundaries.mjs'),
  check('size and naming', process.execPath, 'tools/check-size-and-naming.mjs'),
  check('dependencies', process.execPath, 'tools/check-dependencies.mjs'),
  check('format', bin('prettier'), '--check', '--log-level', 'warn', '.'),
  // The red fixtures of the checks above are part of this one (tools/*.test.mjs).
  project('unit', 'unit'),
  // Folders named one by one: vitest's --exclude does not reach into a project. stages.test.mjs sees that every
  // file belongs to exactly one of these stages.
  project(
    'integration',
    'integration',
    'infrastructure/compose/',
    'infrastructure/postgres/',
    'packages/',
    'scripts/',
    'services/cli/',
    'services/frontend/',
    'services/worker/',
    'tools/',
  ),
  project('API', 'integration', 'services/api/'),
  { title: 'build', kind: 'build' },
  // The images as they are shipped, built and started without an engine.
  project('images', 'integration', 'infrastructure/docker/'),
  // Whole years and faults, run against the built product.
  project('examples', 'integration', 'tests/', 'examples/'),
  project('browser', 'e2e'),
];

/**
 * Runs every stage whose title is among `wanted`, or all of them.
 *
 * @param {readonly string[]} wanted
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit code
 */
export async function runStages(wanted, env) {
  const unknown = wanted.find((title) => !stages.some((stage) => stage.title === title));
  if (unknown) {
    const titles = stages.map((stage) => stage.title).join(', ');
    throw new ClearFault(`There is no stage "${unknown}"; the stages are ${titles}.`);
  }
  const home = openHome();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => void stopCurrent().finally(() => process.exit(130)));
  }
  await install(home);
  mkdirSync(home.path('results'), { recursive: true });
  const results = [];
  for (const stage of stages) {
    if (wanted.length > 0 && !wanted.includes(stage.title)) continue;
    process.stdout.write(`\n── ${stage.title}\n`);
    const start = Date.now();
    results.push({ title: stage.title, ...(await runStage(stage, home)), ms: Date.now() - start });
  }
  process.stdout.write(`\n${table(results)}\n\n`);
  const { line, failed, skipped } = closingLine(results);
  // A build server proves everything or nothing.
  const red = failed > 0 || (env.CI === 'true' && skipped > 0);
  if (red && failed === 0) process.stdout.write('Something was skipped, which counts as a failure here.\n');
  process.stdout.write(`${line}\n`);
  return red ? 1 : 0;
}

async function runStage(stage, home) {
  if (stage.kind === 'vitest') return runVitest(stage, home);
  if (stage.kind === 'build') return runBuild(home);
  const code = await runLoud(stage.command, stage.args);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** What the browser tests drive is the product as it is shipped. */
async function runBuild(home) {
  try {
    await build(home);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (fault) {
    process.stderr.write(`${fault.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runVitest({ title, name, args }, home) {
  const file = home.path('results', `${title.toLowerCase()}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runLoud(bin('vitest'), ['run', '--project', name, ...reporters, ...args]);
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  return countVitest(result, code);
}
