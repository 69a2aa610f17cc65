// The stages of `npm test` in their turns; all of them run, also after one has failed.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ClearFault } from '../start/fault.mjs';
import { openHome, root } from '../start/home.mjs';
import { build, install, pnpmVersion } from '../start/workspace.mjs';
import { runProgram, stopRunning } from './program.mjs';
import { closingLine, countVitest, failuresOf, table } from './report.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const cores = Math.max(2, Math.min(4, availableParallelism()));

/** A check that passes or fails as a whole counts as one. */
const check = (title, command, ...args) => ({ title, command, args, kind: 'check' });
/** A vitest project counts its tests. */
const project = (title, name, ...args) => ({ title, kind: 'vitest', name, args });

/** What only reads the source: side by side, since most of it works on one core. */
const reading = [
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
];

/** The stages of a turn run side by side, the turns one after another. */
const turns = [
  reading,
  // The red fixtures of the checks above are part of this one (tools/*.test.mjs).
  [project('unit', 'unit')],
  // Folders named one by one: vitest's --exclude does not reach into a project. stages.test.mjs sees that every
  // file belongs to exactly one of these stages.
  [
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
  ],
  [project('API', 'integration', 'services/api/')],
  [{ title: 'build', kind: 'build' }],
  [
    // The images as they are shipped, built and started without an engine; one process most of the time.
    project('images', 'integration', 'infrastructure/docker/'),
    // Whole years and faults, run against the built product; they wait as often as they work.
    { ...project('examples', 'integration', 'tests/', 'examples/'), built: true },
  ],
  [{ ...project('browser', 'e2e-*'), built: true }],
];

export const stages = turns.flat();

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
    process.once(signal, () => void stopRunning().finally(() => process.exit(130)));
  }
  await install(home);
  mkdirSync(home.path('results'), { recursive: true });
  const results = [];
  for (const turn of turns) {
    const due = turn.filter(({ title }) => wanted.length === 0 || wanted.includes(title));
    const held = due.length > 1;
    if (held) process.stdout.write(`\n${due.map(({ title }) => title).join(', ')}: side by side\n`);
    results.push(...(await Promise.all(due.map((stage) => timed(stage, home, held)))));
  }
  process.stdout.write(`\n${table(results)}\n\n`);
  const faults = results.flatMap(({ title, failures = [] }) => failures.map((line) => `${title}: ${line}`));
  if (faults.length > 0) process.stdout.write(`What failed:\n${faults.join('\n')}\n\n`);
  const { line, failed, skipped } = closingLine(results);
  // A build server proves everything or nothing.
  const red = failed > 0 || (env.CI === 'true' && skipped > 0);
  if (red && failed === 0) process.stdout.write('Something was skipped, which counts as a failure here.\n');
  process.stdout.write(`${line}\n`);
  return red ? 1 : 0;
}

async function timed(stage, home, held) {
  const start = Date.now();
  const result = await runStage(stage, home, { heading: `\n── ${stage.title}\n`, held });
  return { title: stage.title, ...result, ms: Date.now() - start };
}

async function runStage(stage, home, output) {
  // Named alone it builds first; its files, which run side by side, would all begin to.
  if (stage.built) {
    const built = await runBuild(home, { heading: '' });
    if (built.failed > 0) return built;
  }
  if (stage.kind === 'vitest') return runVitest(stage, home, output);
  if (stage.kind === 'build') return runBuild(home, output);
  const code = await runProgram(stage.command, stage.args, output);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** What the browser tests drive is the product as it is shipped. */
async function runBuild(home, { heading }) {
  process.stdout.write(heading);
  try {
    await build(home);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (fault) {
    process.stderr.write(`${fault.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runVitest({ title, name, args }, home, output) {
  const file = home.path('results', `${title.toLowerCase()}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runProgram(bin('vitest'), ['run', '--project', name, ...reporters, ...args], output);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  return { ...countVitest(report, code), failures: failuresOf(report) };
}
