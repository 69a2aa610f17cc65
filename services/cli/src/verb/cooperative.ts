// habitat cooperative create | list: founds a cooperative and waits until every context has taken it up.
import { readFileSync } from 'node:fs';
import { createCooperative, listCooperatives, TEMPLATES } from '@habitat/platform';
import type { PeriodLength } from '@habitat/platform';
import type { LocalDate } from '@habitat/kernel';
import { addMonths, isTimeZone, newId, quarterOf, startOfMonth, todayIn } from '@habitat/kernel';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { ClearError, sentenceOf } from '../clear-error.ts';
import { deliverRecorded } from '../delivery.ts';
import type { Surroundings } from '../surroundings.ts';

interface CreateOptions {
  readonly name: string;
  readonly slug: string;
  readonly template: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxRegime: 'subchapter_k' | 'subchapter_t';
  readonly periodLength: PeriodLength;
  readonly fiscalYearStart: number;
  readonly firstPeriod?: string;
  readonly adminEmail: string;
  readonly adminName: string;
  readonly adminPasswordFile?: string;
}

const PATIENCE_MS = 60_000;

/** The password from its file, or from standard input: never from the command line, where others can read it. */
function readPassword(options: CreateOptions): string | null {
  const file = options.adminPasswordFile;
  if (file === undefined) return null;
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new ClearError(`The password file ${file} cannot be read.`);
  }
}

/** A month as typed: 7 is July. */
function readMonth(text: string): number {
  const month = /^(0?[1-9]|1[0-2])$/.test(text) ? Number(text) : null;
  if (month === null)
    throw new InvalidArgumentError('a month is a number from 1 (January) to 12 (December).');
  return month;
}

/** First day of the fiscal year a day lies in. */
function fiscalYearStart(today: LocalDate, startMonth: number): LocalDate {
  const { from, quarter } = quarterOf(today, startMonth);
  return startOfMonth(addMonths(from, -3 * (quarter - 1)));
}

async function create(cli: Surroundings, options: CreateOptions): Promise<void> {
  const { name, slug, template, currency, timeZone, taxRegime, periodLength } = options;
  if (!isTimeZone(timeZone)) throw new ClearError(`"${timeZone}" is not a time zone like America/New_York.`);
  const today = todayIn(timeZone, cli.now());
  const firstPeriodStartsOn = options.firstPeriod ?? fiscalYearStart(today, options.fiscalYearStart);
  const administrator = {
    email: options.adminEmail,
    displayName: options.adminName,
    password: readPassword(options),
  };
  const facts = { now: cli.now(), correlationId: newId() };
  const founding = {
    name,
    slug,
    template,
    currency,
    timeZone,
    taxRegime,
    periodLength,
    firstPeriodStartsOn,
    fiscalStartMonth: options.fiscalYearStart,
  };
  const created = await createCooperative(cli.database(), facts, { ...founding, administrator });
  if (!created.ok) throw new ClearError(`The cooperative was not created: ${sentenceOf(created.refusal)}`);
  if (!(await deliverRecorded(cli, PATIENCE_MS))) {
    throw new ClearError(
      'The cooperative is founded, but nobody delivers events: start a worker to have it taken up.',
    );
  }
  cli.say(`Created ${name} (${slug}), from ${firstPeriodStartsOn}, in ${currency}.`);
  cli.say(`${options.adminName} <${options.adminEmail}> may sign in as its administrator.`);
}

async function list(cli: Surroundings): Promise<void> {
  const all = await listCooperatives(cli.database());
  if (all.length === 0) cli.say('There is no cooperative yet.');
  for (const { slug, name, timeZone } of all) cli.say(`${slug.padEnd(24)} ${name} (${timeZone})`);
}

export function addCooperative(program: Command, cli: Surroundings): void {
  const noun = program.command('cooperative').summary('found a cooperative, list them');
  noun
    .command('create')
    .summary('found a cooperative with its first administrator')
    .description(
      'Founds a cooperative and waits until its chart of accounts, first period and administrator are there.',
    )
    .requiredOption('--name <name>', 'its name as people say it')
    .requiredOption('--slug <slug>', 'its short name: lower-case words joined by hyphens')
    .addOption(
      new Option('--template <template>', 'chart of accounts and policies to begin with')
        .choices([...TEMPLATES])
        .default('worker'),
    )
    .option('--currency <code>', 'ISO 4217 code of its one currency', 'USD')
    .requiredOption(
      '--time-zone <zone>',
      'IANA time zone that decides what today is, such as America/New_York',
    )
    .addOption(
      new Option('--tax-regime <regime>', 'how it is taxed')
        .choices(['subchapter_k', 'subchapter_t'])
        .default('subchapter_k'),
    )
    .addOption(
      new Option('--period-length <length>', 'how long a period is')
        .choices(['month', 'quarter', 'year'])
        .default('quarter'),
    )
    .option(
      '--fiscal-year-start <month>',
      'month its fiscal year begins in, 1 to 12; quarters and years follow it',
      readMonth,
      1,
    )
    .option(
      '--first-period <date>',
      'first day of its first period; first day of the present fiscal year when left out',
    )
    .requiredOption('--admin-email <email>', 'email of the first administrator')
    .requiredOption('--admin-name <name>', 'name of the first administrator')
    .option(
      '--admin-password-file <file>',
      'file with their first password, - for standard input; not needed when the email has an account',
    )
    .action((options: CreateOptions) => create(cli, options));
  noun
    .command('list')
    .summary('list the cooperatives of this installation')
    .action(() => list(cli));
}
