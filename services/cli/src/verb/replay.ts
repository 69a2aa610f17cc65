// habitat replay: rebuilds projections from the event log, to compare them or to put them right.
import { replayProjection } from '@habitat/messaging';
import { listCooperatives } from '@habitat/platform';
import type { Command } from 'commander';
import { ClearError } from '../clear-error.ts';
import { projections } from '../projections.ts';
import type { Surroundings } from '../surroundings.ts';
import { cooperativeNamed } from '../surroundings.ts';

interface ReplayOptions {
  readonly projection?: string;
  readonly cooperative?: string;
  readonly apply?: true;
  readonly fill?: true;
}

/** "1 row", "2 rows". */
const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;

async function replay(cli: Surroundings, options: ReplayOptions): Promise<void> {
  const chosen = projections.filter(
    (one) => options.projection === undefined || one.name === options.projection,
  );
  if (chosen.length === 0) {
    const known = projections.map((one) => one.name).join(', ');
    throw new ClearError(`There is no projection "${options.projection ?? ''}"; there are: ${known}.`, 2);
  }
  const all =
    options.cooperative === undefined
      ? await listCooperatives(cli.database())
      : [await cooperativeNamed(cli, options.cooperative)];
  const keep = options.apply === true || options.fill === true;
  let different = 0;
  for (const { cooperativeId, slug } of all) {
    for (const projection of chosen) {
      const ownerUrl = cli.config().databaseOwnerUrl;
      const report = await replayProjection({
        ownerUrl,
        projection,
        cooperativeId,
        keep,
        fill: options.fill === true,
      });
      const { differences, events, rows, unhandled } = report;
      different += differences.length;
      const outcome = differences.length === 0 ? 'equal' : counted(differences.length, 'difference');
      cli.say(
        `${slug}  ${projection.name}  ${counted(events, 'event')}, ${counted(rows, 'row')}: ${outcome}${report.kept ? ', kept' : ''}`,
      );
      if (unhandled > 0 && options.fill !== true)
        cli.say(`  ${unhandled} events were never handled; if it is new here, "--fill" takes them up.`);
    }
  }
  if (different > 0 && !keep) {
    cli.say('Nothing was changed; "--apply" keeps what the events say.');
    cli.exitCode = 1;
  }
}

export function addReplay(program: Command, cli: Surroundings): void {
  program
    .command('replay')
    .summary('rebuild projections from the event log')
    .description(
      'Rebuilds the copies contexts keep of each other’s facts from the event log and compares them row by row. ' +
        'Without an option nothing is changed, and the exit code is 1 when a copy differs from its events. ' +
        'A copy that was lost or changed is put right by --apply; one that is new in this version of Habitat is ' +
        'filled by --fill, which also takes up the events from before it existed. Both may run beside the services.',
    )
    .option('--projection <name>', 'only this projection')
    .option('--cooperative <slug>', 'only this cooperative')
    .option('--apply', 'keep what was rebuilt instead of only comparing')
    .option('--fill', 'keep it, and rebuild from the whole log: fills a copy that is new in this version')
    .action((options: ReplayOptions) => replay(cli, options));
}
