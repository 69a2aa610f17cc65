// Puts a release into the services that infrastructure/terraform made: first the database, then one service after the
// other, each tried by a few before all get it. What fails leaves everything as it was: the migrations of a release only
// add, so the release before runs on them as well.

/** Those that end by themselves, and those that are always there in the order they get a release: the API serves the
 * pages of the release before, while new pages may ask what only a new API knows. */
const JOBS = ['migrate', 'backup'];
const SERVICES = ['api', 'worker', 'frontend'];

const DONE = ['SUCCESSFUL'];
const FAILED = ['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'];

/** What AWS says of a definition and doesn't take back. */
const SAID = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
];

/** A release that did not go in, in a sentence. */
export class ReleaseFault extends Error {}

/**
 * A definition as it is registered anew, with every image of ours at this release.
 *
 * @param {Record<string, any>} definition as describe-task-definition tells it
 * @param {string} release such as 1.4.0
 */
export function withRelease(definition, release) {
  const kept = Object.entries(definition).filter(([name]) => !SAID.includes(name));
  const containerDefinitions = definition.containerDefinitions.map((container) => ({
    ...container,
    image: container.image.replace(/(\/habitat-[a-z]+):[^/:@]+$/, `$1:${release}`),
  }));
  return { ...Object.fromEntries(kept), containerDefinitions };
}

/**
 * Puts `release` in.
 *
 * @param {object} options
 * @param {(...args: string[]) => Promise<any>} options.aws runs `aws ecs …` and gives what it answered
 * @param {string} options.cluster name of the cluster, with which the names of all services and tasks begin
 * @param {string} options.release such as 1.4.0
 * @param {string} options.jobNetwork Terraform's output job_network
 * @param {(line: string) => void} options.say
 * @param {() => Promise<void>} options.pause between two looks at a deployment
 * @throws {ReleaseFault} when it did not go in; what was running runs again
 */
export async function putIn({ aws, cluster, release, jobNetwork, say, pause }) {
  const named = (part) => `${cluster}-${part}`;
  const fresh = {};
  for (const part of [...JOBS, ...SERVICES]) {
    const { taskDefinition } = await aws('describe-task-definition', '--task-definition', named(part));
    const input = JSON.stringify(withRelease(taskDefinition, release));
    const registered = await aws('register-task-definition', '--cli-input-json', input);
    fresh[part] = registered.taskDefinition.taskDefinitionArn;
  }
  await migrate({ aws, cluster, definition: fresh.migrate, jobNetwork });
  say(`The database is at ${release}.`);
  const former = [];
  for (const part of SERVICES) {
    const service = ['--cluster', cluster, '--service', named(part)];
    const before = await aws('describe-services', '--cluster', cluster, '--services', named(part));
    former.unshift([part, service, before.services[0].taskDefinition]);
    await aws('update-service', ...service, '--task-definition', fresh[part]);
    const status = await deployed({ aws, service, pause });
    if (DONE.includes(status)) {
      say(`${part} is at ${release}.`);
      continue;
    }
    for (const [, where, definition] of former) {
      await aws('update-service', ...where, '--task-definition', definition);
    }
    const parts = former.map(([name]) => name).join(', ');
    throw new ReleaseFault(
      `${part} did not take ${release} (${status}); ${parts} go back to what ran before.`,
    );
  }
}

/** Runs the migration and waits for its end. */
async function migrate({ aws, cluster, definition, jobNetwork }) {
  const started = await aws(
    'run-task',
    ...['--cluster', cluster, '--task-definition', definition],
    ...['--launch-type', 'FARGATE', '--network-configuration', jobNetwork],
  );
  const task = started.tasks[0]?.taskArn;
  if (task === undefined) {
    throw new ReleaseFault(
      `The migration did not start: ${started.failures?.[0]?.reason ?? 'no reason given'}.`,
    );
  }
  await aws('wait', 'tasks-stopped', '--cluster', cluster, '--tasks', task);
  const { tasks } = await aws('describe-tasks', '--cluster', cluster, '--tasks', task);
  const ended = tasks[0].containers.find(({ name }) => name === 'migrate');
  if (ended?.exitCode !== 0) {
    const reason = ended?.reason ?? tasks[0].stoppedReason ?? `exit code ${ended?.exitCode}`;
    throw new ReleaseFault(`The database was not migrated (${reason}); no service was changed.`);
  }
}

/** How the newest deployment of a service ended. */
async function deployed({ aws, service, pause }) {
  for (;;) {
    await pause();
    const { serviceDeployments } = await aws('list-service-deployments', ...service, '--max-results', '1');
    const status = serviceDeployments[0]?.status;
    if (DONE.includes(status) || FAILED.includes(status)) return status;
  }
}
