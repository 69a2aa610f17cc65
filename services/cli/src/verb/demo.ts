// habitat demo: makes the demo cooperative once and says who may sign in.
import type { Command } from 'commander';
import { makeDemo } from '../demo/demo.ts';
import type { Surroundings } from '../surroundings.ts';

async function demo(cli: Surroundings, options: { readonly json?: true }): Promise<void> {
  const quiet = options.json === true;
  const made = await makeDemo(cli.database(), {
    now: cli.now(),
    onProgress: (part) => (quiet ? undefined : cli.say(`Making the demo cooperative: ${part} …`)),
  });
  if (quiet) {
    cli.say(JSON.stringify({ created: made.created, cooperative: made.slug, logins: made.logins }));
    return;
  }
  cli.say(made.created ? 'The demo cooperative is there.' : 'The demo cooperative was there already.');
  for (const { email, role, name } of made.logins) cli.say(`  ${email.padEnd(26)} ${name}, ${role}`);
  cli.say(`Everybody's password: ${made.logins[0]?.password ?? ''}`);
}

export function addDemo(program: Command, cli: Surroundings): void {
  program
    .command('demo')
    .summary('make the demo cooperative Riverbend')
    .description(
      'Makes the demo cooperative Riverbend: three quarters closed, the current one open with work waiting in every ' +
        'queue. It is made once, through the same commands and events people use; a second run finds it. Its ' +
        'password is public: never make it in an installation that holds real books. ' +
        'It delivers its events itself, on the days it plays, and refuses while a worker is running.',
    )
    .option(
      '--json',
      'print {created, cooperative, logins: [{email, password, name, role}]} and nothing else',
    )
    .action((options: { json?: true }) => demo(cli, options));
}
