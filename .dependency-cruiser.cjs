// Who may import whom. Every rule has a red fixture in tools/fixtures/boundaries that must violate it, and a test that says so.
const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');

const tests = '\\.(int\\.|e2e\\.|property\\.)?test\\.tsx?$|\\.fixture\\.ts$|/(testing|test)/';
const contexts = 'treasury|people|agreements';
const pure = 'kernel|patronage|audit';

/** The files a package names in its package.json as its front doors. */
function frontDoors() {
  const doors = [];
  for (const name of readdirSync(join(__dirname, 'packages'))) {
    const manifest = join(__dirname, 'packages', name, 'package.json');
    if (!existsSync(manifest)) continue;
    const { exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const file of Object.values(exports)) doors.push(`^packages/${name}/${file.replace('./', '')}$`);
  }
  return doors;
}

const doors = ['^packages/[^/]+/src/index\\.ts$', ...frontDoors()];
const npm = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;
const database = [npm('pg', 'pg-cursor', 'kysely'), '^packages/database/'];

module.exports = {
  forbidden: [
    {
      name: 'contexts-meet-only-through-events',
      comment: 'A context decides with its own copies of what others told it.',
      severity: 'error',
      from: { path: `^packages/(${contexts})/` },
      to: { path: `^packages/(${contexts})/`, pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-know-no-service',
      comment: 'Services are put together from packages, never the other way round.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'services-know-no-service',
      // The operator's command redrives and replays, so it needs the worker's table of handlers.
      comment: 'Services meet over HTTP and events; only the operator’s command runs the worker’s handlers.',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: [tests, '^services/cli/'] },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'pure-packages-run-in-a-browser',
      comment:
        'Money, the formula and the proof of a trail run in any browser: no builtin of Node, no driver.',
      severity: 'error',
      from: { path: `^packages/(${pure})/src/`, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-packages-use-little',
      comment: 'What a pure package may use from npm is named here, one by one.',
      severity: 'error',
      from: { path: `^packages/(${pure})/src/`, pathNot: tests },
      to: {
        dependencyTypesNot: ['core', 'local'],
        pathNot: [npm('canonicalize', '@noble/curves', '@noble/hashes'), `^packages/(${pure})/`],
      },
    },
    {
      name: 'patronage-stands-on-the-kernel-alone',
      comment: 'The formula is a pure function of recorded inputs.',
      severity: 'error',
      from: { path: '^packages/patronage/' },
      to: { path: '^packages/', pathNot: '^packages/(audit|kernel|patronage)/' },
    },
    {
      name: 'kernel-stands-on-nothing',
      severity: 'error',
      from: { path: '^packages/kernel/' },
      to: { path: '^packages/', pathNot: '^packages/kernel/' },
    },
    {
      name: 'packages-use-front-doors',
      comment: 'A package is what its index.ts names.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: ['^packages/$1/', ...doors] },
    },
    {
      name: 'everybody-uses-front-doors',
      comment: 'A package is what its index.ts names.',
      severity: 'error',
      from: { path: '^(services|examples|tests|tools|scripts)/' },
      to: { path: '^packages/', pathNot: doors },
    },
    {
      name: 'resolvers-touch-no-database',
      comment: 'A resolver asks a context; how that finds its rows is not the API’s business.',
      severity: 'error',
      from: { path: '^services/api/src/graphql/', pathNot: tests },
      // A type that says what a command needs is no access to rows.
      to: { path: database, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pages-know-only-pure-packages',
      comment:
        'The frontend speaks to the API; it shares only money, dates, the formula, the proof of a trail and the taking of turns with the services.',
      severity: 'error',
      from: { path: '^services/frontend/', pathNot: [tests, '^services/frontend/src/lib/telemetry/'] },
      to: { path: '^packages/', pathNot: '^packages/(allowance|audit|kernel|patronage)/' },
    },
    {
      name: 'pages-are-watched-like-services',
      comment:
        'What makes the frontend’s server seen is the same as elsewhere, and is loaded by its start alone.',
      severity: 'error',
      from: { path: '^services/frontend/src/lib/telemetry/', pathNot: tests },
      to: { path: '^packages/', pathNot: '^packages/observability/' },
    },
    {
      name: 'pages-know-no-driver',
      severity: 'error',
      from: { path: '^services/frontend/', pathNot: tests },
      to: { path: npm('pg', 'amqplib', '@apollo/server', 'fastify') },
    },
    {
      name: 'tests-stay-out-of-products',
      comment: 'What is shipped does not import test servers or test frameworks.',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: [tests, '^packages/test-services/', 'vitest'] },
      to: { path: ['^packages/test-services/', npm('vitest', 'fast-check')] },
    },
    {
      name: 'no-circles',
      comment: 'Files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|services|examples)/[^/]+/(dist|\\.next|coverage)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
};
