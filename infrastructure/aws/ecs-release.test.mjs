// A release goes in part by part, or not at all. AWS is stood in for by what it remembers of the calls it got.
import { beforeEach, describe, expect, test } from 'vitest';
import { putIn, ReleaseFault, withRelease } from './ecs-release.mjs';

const registry = 'ghcr.io/coop';
const image = { api: 'api', worker: 'worker', frontend: 'ui', migrate: 'migrate', backup: 'postgres' };

/** ECS as far as a release needs it: it remembers definitions, what each service runs, and every call that changes. */
function someEcs({ migration = 0, refusing = [] } = {}) {
  const definitions = {};
  const services = {};
  const calls = [];
  const latest = (family) => definitions[family].at(-1);
  for (const [part, name] of Object.entries(image)) {
    const family = `habitat-test-${part}`;
    const definition = {
      family,
      taskDefinitionArn: `${family}:1`,
      revision: 1,
      status: 'ACTIVE',
      cpu: '512',
      containerDefinitions: [
        { name: 'prepare', image: `${registry}/habitat-${name}:1.0.0` },
        { name: part, image: `${registry}/habitat-${name}:1.0.0`, environment: [{ name: 'A', value: 'b' }] },
      ],
    };
    definitions[family] = [definition];
    services[family] = definition.taskDefinitionArn;
  }
  const after = (args, option) => args[args.indexOf(option) + 1];
  const answers = {
    'describe-task-definition': (args) => ({ taskDefinition: latest(after(args, '--task-definition')) }),
    'register-task-definition': (args) => {
      const input = JSON.parse(after(args, '--cli-input-json'));
      const arn = `${input.family}:${definitions[input.family].length + 1}`;
      const taskDefinition = { ...input, taskDefinitionArn: arn };
      definitions[input.family].push(taskDefinition);
      return { taskDefinition };
    },
    'run-task': (args) => {
      calls.push(`run ${after(args, '--task-definition')}`);
      return { tasks: [{ taskArn: 'task' }] };
    },
    wait: () => ({}),
    'describe-tasks': () => ({ tasks: [{ containers: [{ name: 'migrate', exitCode: migration }] }] }),
    'describe-services': (args) => ({ services: [{ taskDefinition: services[after(args, '--services')] }] }),
    'update-service': (args) => {
      const definition = after(args, '--task-definition');
      calls.push(definition);
      services[after(args, '--service')] = definition;
      return {};
    },
    'list-service-deployments': (args) => {
      const service = after(args, '--service');
      const refused = refusing.some((part) => service.endsWith(part)) && services[service] !== `${service}:1`;
      return { serviceDeployments: [{ status: refused ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL' }] };
    },
  };
  return { aws: (verb, ...args) => Promise.resolve(answers[verb](args)), calls, services, latest };
}

const said = [];
beforeEach(() => said.splice(0));
const release = (ecs) =>
  putIn({
    aws: ecs.aws,
    cluster: 'habitat-test',
    release: '1.1.0',
    jobNetwork: '{}',
    say: (line) => said.push(line),
    pause: () => Promise.resolve(),
  });

describe('a release', () => {
  test('changes the database first, then API, worker and pages one after the other', async () => {
    const ecs = someEcs();
    await release(ecs);
    expect(ecs.calls).toEqual([
      'run habitat-test-migrate:2',
      'habitat-test-api:2',
      'habitat-test-worker:2',
      'habitat-test-frontend:2',
    ]);
    expect(said).toEqual([
      'The database is at 1.1.0.',
      'api is at 1.1.0.',
      'worker is at 1.1.0.',
      'frontend is at 1.1.0.',
    ]);
    // The next night's backup is of this release as well: its schedule takes the newest definition.
    expect(ecs.latest('habitat-test-backup').containerDefinitions[1].image).toBe(
      'ghcr.io/coop/habitat-postgres:1.1.0',
    );
  });

  test('changes no service when the database was not migrated', async () => {
    const ecs = someEcs({ migration: 1 });
    await expect(release(ecs)).rejects.toThrow(ReleaseFault);
    expect(ecs.calls).toEqual(['run habitat-test-migrate:2']);
  });

  test('that one service did not take is taken back from all, the last one first', async () => {
    const ecs = someEcs({ refusing: ['worker'] });
    await expect(release(ecs)).rejects.toThrow(
      'worker did not take 1.1.0 (ROLLBACK_SUCCESSFUL); worker, api go back to what ran before.',
    );
    expect(ecs.calls.slice(-2)).toEqual(['habitat-test-worker:1', 'habitat-test-api:1']);
    expect(ecs.services['habitat-test-frontend']).toBe('habitat-test-frontend:1');
  });
});

test('a definition keeps everything but its images, and nothing that only AWS says', () => {
  const { latest } = someEcs();
  const given = latest('habitat-test-api');
  const fresh = withRelease(
    {
      ...given,
      containerDefinitions: [...given.containerDefinitions, { name: 'agent', image: 'quay.io/other:3' }],
    },
    '1.1.0',
  );
  expect(fresh).toEqual({
    family: 'habitat-test-api',
    cpu: '512',
    containerDefinitions: [
      { name: 'prepare', image: 'ghcr.io/coop/habitat-api:1.1.0' },
      { name: 'api', image: 'ghcr.io/coop/habitat-api:1.1.0', environment: [{ name: 'A', value: 'b' }] },
      { name: 'agent', image: 'quay.io/other:3' },
    ],
  });
});
