// habitat secrets: a strong value for every secret of an installation, as lines for its .env file.
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { newIdentity } from '../backup/storage/age.ts';
import type { Surroundings } from '../surroundings.ts';

/** Passwords that stand inside of addresses: letters and digits that mean the same there. */
const PASSWORDS = [
  'POSTGRES_OWNER_PASSWORD',
  'POSTGRES_APP_PASSWORD',
  'POSTGRES_REPLICATION_PASSWORD',
  'POSTGRES_MONITOR_PASSWORD',
  'RABBITMQ_PASSWORD',
  'GRAFANA_PASSWORD',
];
/** Keys, which the services want to be at least 64 characters long in production. */
const KEYS = ['JWT_SECRET', 'SECRETS_KEY'];

/** Lines `NAME=value` of fresh secrets; none is kept anywhere. */
export async function makeSecrets(): Promise<string[]> {
  return [
    ...PASSWORDS.map((name) => `${name}=${randomBytes(24).toString('hex')}`),
    ...KEYS.map((name) => `${name}=${randomBytes(48).toString('hex')}`),
    `AUDIT_SIGNING_KEY=${randomBytes(32).toString('hex')}`,
    `BACKUP_KEY=${await newIdentity()}`,
  ];
}

export function addSecrets(program: Command, cli: Surroundings): void {
  program
    .command('secrets')
    .summary('make the secrets of a new installation')
    .description(
      'Prints a strong value for every secret of docker-compose.prod.yml, to be put into .env.production.\n' +
        'Nothing is kept: keep a copy of BACKUP_KEY away from the server.',
    )
    .action(async () => {
      for (const line of await makeSecrets()) cli.say(line);
    });
}
