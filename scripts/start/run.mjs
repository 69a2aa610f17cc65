// The whole start, step by step: install, build, database, migration, demo, services; then waits for the end.
import { readArguments, help } from './arguments.mjs';
import { ClearFault, explain } from './fault.mjs';
import { lockHome, openHome, readSecrets, root, writeEnvironmentFile } from './home.mjs';
import { done, say, step } from './progress.mjs';
import { commonEnvironment, describeServices, knownPorts, requirePort } from './services.mjs';
import { createSupervisor } from './supervisor.mjs';
import { build, install, outputs, runProgram, stopRunningProgram } from './workspace.mjs';

/** What has to be ended, last one first. */
const open = [];
let ending = null;

/**
 * @param {readonly string[]} given
 * @param {NodeJS.ProcessEnv} env
 */
export async function run(given, env) {
  try {
    const options = readArguments(given, env);
    if (options.help) return say(help);
    listenForTheEnd(env);
    await bringUp(options, env);
  } catch (fault) {
    if (ending) return;
    process.stderr.write(`\n${explain(fault)}\n`);
    await end(1);
  }
}

async function bringUp(options, env) {
  say('\nHabitat\n');
  const home = openHome();
  const unlock = lockHome(home);
  open.push(async () => unlock());
  open.push(stopRunningProgram);
  await requirePort(options.port);
  await install(home);
  await build(home);

  // Only now are the packages there that these stand on.
  const { openDatabase, resetDatabase } = await import('./database.mjs');
  if (options.reset) await step('Deleting the old database', () => resetDatabase(home));
  const secrets = readSecrets(home);
  const database = await openDatabase(home, secrets, env);
  open.push(database.stop);

  const common = commonEnvironment({ database, secrets, evidence: home.path('evidence'), env });
  const logs = home.path('logs');
  const habitat = (what, ...args) =>
    runProgram(what, {
      command: process.execPath,
      args: [outputs['@habitat/cli'], ...args],
      env: common,
      logFile: home.path(`logs/${args[0]}.log`),
    });
  await step('Migrating the database', () => habitat('The migration', 'migrate'));
  const demo = options.demo
    ? await step('Loading the demo cooperative', async () =>
        readDemo(await habitat('The demo', 'demo', '--json')),
      )
    : null;

  const supervisor = createSupervisor({
    cwd: root,
    logs,
    verbose: options.verbose,
    tell: (text) => say(`  ! ${text}`),
  });
  open.push(supervisor.stop);
  const services = describeServices({ port: options.port, ...(await knownPorts()), common, env });
  writeEnvironmentFile(home, { ...common, API_URL: services.apiUrl });
  await step('Starting the API', () => supervisor.start(services.api));
  await step('Starting the worker', () => supervisor.start(services.worker));
  await requirePort(options.port);
  await step('Starting the pages', () => supervisor.start(services.frontend));
  database.keepAlive((text) => say(`  ! ${text}`));
  if (!ending) announce(options, services, demo);
}

function announce(options, services, demo) {
  say();
  done(`Habitat runs at http://localhost:${options.port}`);
  say(`    API        ${services.apiUrl}/graphql`);
  say('    Logs       .habitat/logs');
  if (demo && demo.logins.length > 0) {
    const width = Math.max(...demo.logins.map(({ email }) => email.length));
    say('\n  Sign in with one of the demo logins:\n');
    for (const { email, password, role, name } of demo.logins) {
      say(`    ${email.padEnd(width)}  ${password}  ${name} (${role})`);
    }
  } else if (!demo) {
    say('\n  Nobody can sign in before a cooperative is founded. In another terminal, once:\n');
    say('    set -a; . .habitat/environment; set +a');
    say('    node services/cli/dist/main.js cooperative create --help');
  }
  say('\n  Ctrl-C stops everything.\n');
}

/** The demo tells its logins as the last line of JSON among whatever it logs. */
function readDemo(output) {
  for (const line of output.trim().split('\n').reverse()) {
    try {
      const answer = JSON.parse(line);
      if (Array.isArray(answer.logins)) return answer;
    } catch {
      // A line for people.
    }
  }
  throw new ClearFault('The demo did not tell its logins; see .habitat/logs/demo.log');
}

function listenForTheEnd(env) {
  // Whoever read our lines may be gone before us; that is no reason to end without stopping the services.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
  // npm signals what it started and does not wait; killed hard it signals nothing, and we notice the new parent.
  if (env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, 500).unref();
}

function end(code) {
  ending ??= (async () => {
    if (code === 0) say('\n  Stopping …');
    for (const stop of open.reverse()) {
      await Promise.resolve(stop()).catch((fault) => process.stderr.write(`${explain(fault)}\n`));
    }
    if (code === 0) say('  Stopped.');
    process.exit(code);
  })();
  return ending;
}
