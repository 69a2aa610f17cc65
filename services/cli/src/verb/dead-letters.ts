// habitat dead-letters list | show | redrive: events a handler gave up on, why, and another try.
import { isId } from '@habitat/kernel';
import { listDeadLetters, redriveDeadLetter, showDeadLetter } from '@habitat/messaging';
import { allHandlers, noticeHandlers } from '@habitat/worker';
import type { Command } from 'commander';
import { ClearError, sentenceOf } from '../clear-error.ts';
import type { Surroundings } from '../surroundings.ts';

function checkedId(id: string): string {
  if (!isId(id))
    throw new ClearError(`"${id}" is not the id of a dead letter; see "habitat dead-letters list".`, 2);
  return id;
}

async function list(cli: Surroundings, options: { all?: true }): Promise<void> {
  const letters = await listDeadLetters(cli.database(), { includeRedriven: options.all === true });
  if (letters.length === 0) cli.say('There are no dead letters.');
  for (const letter of letters) {
    const ended = letter.redrivenAt === null ? '' : `  redriven ${letter.redrivenAt.toISOString()}`;
    cli.say(`${letter.id}  ${letter.deadAt.toISOString()}  ${letter.eventType}  ${letter.handler}${ended}`);
    cli.say(`    after ${letter.attempts} attempts: ${letter.error.split('\n')[0] ?? ''}`);
  }
}

async function show(cli: Surroundings, id: string): Promise<void> {
  const found = await showDeadLetter(cli.database(), checkedId(id));
  if (found === null) throw new ClearError(`There is no dead letter ${id}.`);
  cli.say(JSON.stringify(found, null, 2));
}

async function redrive(cli: Surroundings, ids: readonly string[], options: { all?: true }): Promise<void> {
  const letters = options.all === true ? await listDeadLetters(cli.database()) : [];
  const chosen = options.all === true ? letters.map((letter) => letter.id) : ids.map(checkedId);
  if (chosen.length === 0 && options.all !== true)
    throw new ClearError('Name the dead letters, or say --all.', 2);
  const handlers = [...allHandlers, ...noticeHandlers(cli.database())];
  for (const id of chosen) {
    const result = await redriveDeadLetter(cli.database(), handlers, id, cli.now());
    cli.say(result.ok ? `${id}  redriven` : `${id}  ${sentenceOf(result.refusal)}`);
    if (!result.ok) cli.exitCode = 1;
  }
}

export function addDeadLetters(program: Command, cli: Surroundings): void {
  const noun = program
    .command('dead-letters')
    .summary('look at events a handler gave up on, and try them again');
  noun
    .command('list')
    .summary('list the dead letters, oldest first')
    .option('--all', 'those that were redriven as well')
    .action((options: { all?: true }) => list(cli, options));
  noun
    .command('show')
    .summary('show one dead letter with its event')
    .argument('<id>', 'id of the dead letter')
    .action((id: string) => show(cli, id));
  noun
    .command('redrive')
    .summary('run events through their handlers again')
    .description(
      'Runs each event through its handler once more. It takes effect once, also when it had got through meanwhile.',
    )
    .argument('[ids...]', 'ids of dead letters')
    .option('--all', 'every dead letter')
    .action((ids: string[], options: { all?: true }) => redrive(cli, ids, options));
}
