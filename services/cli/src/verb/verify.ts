// habitat verify: asks the database itself whether everything holds. Each check is a query that must return no rows,
// run for each cooperative behind its own wall; each projection is rebuilt from the event log and compared, each
// allocation calculated again from its own record.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listAllocations, verifyAllocation } from '@habitat/agreements';
import type { DatabaseRole } from '@habitat/database';
import { eventLag, replayProjection } from '@habitat/messaging';
import type { CooperativeListing } from '@habitat/platform';
import { listCooperatives } from '@habitat/platform';
import type { Command } from 'commander';
import { ClearError } from '../clear-error.ts';
import { projections } from '../projections.ts';
import type { Surroundings } from '../surroundings.ts';
import { cooperativeNamed } from '../surroundings.ts';

export interface Check {
  readonly name: string;
  readonly role: DatabaseRole;
  readonly sql: string;
}

const ROLES: readonly DatabaseRole[] = ['platform', 'treasury', 'people', 'agreements'];
const MOST_SHOWN = 5;

/** Reads schema/checks; the first word of a file's name says whose check it is. */
async function readChecks(directory: string): Promise<Check[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (file) => {
      const role = ROLES.find((candidate) => file.startsWith(`${candidate}_`));
      if (role === undefined) throw new ClearError(`The check ${file} belongs to no context.`);
      return { name: file.replace(/\.sql$/, ''), role, sql: await readFile(join(directory, file), 'utf8') };
    }),
  );
}

function shown(row: unknown): string {
  return JSON.stringify(row, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

async function runChecks(
  cli: Surroundings,
  cooperative: CooperativeListing,
  checks: readonly Check[],
): Promise<number> {
  let wrong = 0;
  for (const check of checks) {
    const { cooperativeId } = cooperative;
    const rows = await cli
      .database()
      .read(check.role, { cooperativeId }, (client) => client.query(check.sql));
    if (rows.length === 0) continue;
    wrong += 1;
    cli.say(`  WRONG  ${check.name}: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`);
    for (const row of rows.slice(0, MOST_SHOWN)) cli.say(`         ${shown(row)}`);
  }
  cli.say(`  ${checks.length - wrong} of ${checks.length} checks hold`);
  return wrong;
}

async function compareProjections(cli: Surroundings, cooperative: CooperativeListing): Promise<number> {
  let wrong = 0;
  for (const projection of projections) {
    const ownerUrl = cli.config().databaseOwnerUrl;
    const report = await replayProjection({ ownerUrl, projection, cooperativeId: cooperative.cooperativeId });
    if (report.differences.length === 0) continue;
    wrong += 1;
    cli.say(`  WRONG  ${projection.name} differs from its events:`);
    for (const difference of report.differences.slice(0, MOST_SHOWN)) {
      cli.say(`         ${difference.kind} in ${difference.table}: ${shown(difference.row)}`);
    }
  }
  cli.say(`  ${projections.length - wrong} of ${projections.length} projections equal their events`);
  return wrong;
}

async function rerunAllocations(cli: Surroundings, { cooperativeId }: CooperativeListing): Promise<number> {
  const allocations = await listAllocations(cli.database(), cooperativeId);
  let wrong = 0;
  for (const { id, periodName } of allocations) {
    const found = await verifyAllocation(cli.database(), cooperativeId, id);
    if (found?.sameBytes && found.linesMatch) continue;
    wrong += 1;
    const what = found?.sameBytes ? 'has lines its record does not' : 'does not follow from its record';
    cli.say(`  WRONG  the allocation ${id} of ${periodName} ${what}`);
  }
  cli.say(`  ${allocations.length - wrong} of ${allocations.length} allocations come out again as recorded`);
  return wrong;
}

/** Runs the checks and comparisons for the cooperatives given; answers how many things are wrong. */
export async function checkAll(cli: Surroundings, all: readonly CooperativeListing[]): Promise<number> {
  const checks = await readChecks(join(cli.schemaDirectory, 'checks'));
  let wrong = 0;
  for (const cooperative of all) {
    cli.say(cooperative.slug);
    wrong += await runChecks(cli, cooperative, checks);
    wrong += await compareProjections(cli, cooperative);
    wrong += await rerunAllocations(cli, cooperative);
  }
  return wrong;
}

async function verify(cli: Surroundings, options: { cooperative?: string }): Promise<void> {
  const { cooperative: slug } = options;
  const all =
    slug === undefined ? await listCooperatives(cli.database()) : [await cooperativeNamed(cli, slug)];
  const wrong = await checkAll(cli, all);
  const lag = await eventLag(cli.database());
  if (lag.undelivered > 0)
    cli.say(`${lag.undelivered} events are on their way: what they change is not compared yet.`);
  if (lag.openDeadLetters > 0)
    cli.say(`${lag.openDeadLetters} dead letters wait: see "habitat dead-letters list".`);
  cli.say(wrong === 0 ? `Everything holds in ${all.length} cooperatives.` : `${wrong} things are wrong.`);
  if (wrong > 0) cli.exitCode = 1;
}

export function addVerify(program: Command, cli: Surroundings): void {
  program
    .command('verify')
    .summary('check everything the database promises')
    .description(
      'Runs every check of schema/checks for every cooperative, rebuilds every projection from the event log to compare it,\n' +
        'and calculates every allocation again from its own record.\n' +
        'Changes nothing. Ends with 0 when everything holds, with 1 when anything is wrong.',
    )
    .option('--cooperative <slug>', 'only this cooperative')
    .action((options: { cooperative?: string }) => verify(cli, options));
}
