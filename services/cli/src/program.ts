// The habitat command: its verbs, and how any error of theirs becomes one clear sentence.
import { ConfigError, readRelease } from '@habitat/config';
import type { Environment } from '@habitat/config';
import { Command, CommanderError } from 'commander';
import { ClearError, describe } from './clear-error.ts';
import type { Surroundings } from './surroundings.ts';
import { createSurroundings } from './surroundings.ts';
import { addAudit } from './verb/audit.ts';
import { addBackup } from './verb/backup.ts';
import { addCooperative } from './verb/cooperative.ts';
import { addDeadLetters } from './verb/dead-letters.ts';
import { addDemo } from './verb/demo.ts';
import { addEvidence } from './verb/evidence.ts';
import { addImport } from './verb/import.ts';
import { addMigrate } from './verb/migrate.ts';
import { addReplay } from './verb/replay.ts';
import { addRestore } from './verb/restore.ts';
import { addSecrets } from './verb/secrets.ts';
import { addVerify } from './verb/verify.ts';

/** A verb adds itself to the program; `cli` gives it settings, database and output. */
type AddVerb = (program: Command, cli: Surroundings) => void;

const verbs: readonly AddVerb[] = [
  addSecrets,
  addMigrate,
  addCooperative,
  addVerify,
  addAudit,
  addEvidence,
  addReplay,
  addDeadLetters,
  addImport,
  addDemo,
  addBackup,
  addRestore,
];

function buildProgram(cli: Surroundings, output: Output): Command {
  const { version, revision } = readRelease(cli.env);
  const program = new Command('habitat')
    .description('Runs a Habitat installation. Settings come from the environment; see docs/environment.md.')
    .version(`${version} (${revision})`, '-V, --version', 'show the release and the commit it was built from')
    .showHelpAfterError('(add --help for help)')
    .configureOutput({ writeOut: output.out, writeErr: output.err })
    .exitOverride();
  for (const add of verbs) add(program, cli);
  for (const verb of program.commands.flatMap((one) => [one, ...one.commands])) {
    verb.exitOverride().configureOutput({ writeOut: output.out, writeErr: output.err });
  }
  return program;
}

export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs the command and answers with its exit code: 0 done, 1 it cannot be done or something is wrong, 2 misuse. */
export async function runHabitat(argv: readonly string[], env: Environment, output: Output): Promise<number> {
  const cli = createSurroundings(env, output.out);
  try {
    await buildProgram(cli, output).parseAsync([...argv], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    // Commander has told the person already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.err(`${error instanceof ConfigError ? error.message : describe(error)}\n`);
    return error instanceof ClearError ? error.exitCode : 1;
  } finally {
    await cli.end();
  }
}
