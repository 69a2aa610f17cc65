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
}

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
  let different = 0;
  for (const { cooperativeId, slug } of all) {
    for (const projection of chosen) {
      const ownerUrl = cli.config().databaseOwnerUrl;
      const report = await replayProjection({
        ownerUrl,
        projection,
        cooperativeId,
        keep: options.apply === true,
      });
      const { differences, events, rows } = report;
      different += differences.length;
      const outcome = differences.length === 0 ? 'equal' : `${differences.length} differences`;
      cli.say(
        `${slug}  ${projection.name}  ${events} events, ${rows} rows: ${outcome}${report.kept ? ', kept' : ''}`,
      );
    }
  }
  if (different > 0 && options.apply !== true) {
    cli.say('Nothing was changed; "--apply" keeps what the events say.');
    cli.exitCode = 1;
  }
}

export function addReplay(program: Command, cli: Surroundings): void {
  program
    .command('replay')
    .summary('rebuild projections from the event log')
    .description(
      'Rebuilds the copies contexts keep of each other’s facts from the event log and compares them row by row.',
    )
    .option('--projection <name>', 'only this projection')
    .option('--cooperative <slug>', 'only this cooperative')
    .option('--apply', 'keep what was rebuilt instead of only comparing')
    .action((options: ReplayOptions) => replay(cli, options));
}
