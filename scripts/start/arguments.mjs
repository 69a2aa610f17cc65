// The options of `npm start`.
import { parseArgs } from 'node:util';
import { ClearFault } from './fault.mjs';

export const help = `npm start [-- options]

Brings the whole product up on this machine and stops it on Ctrl-C.

  --port N     the port of the pages (3000; PORT works too)
  --no-demo    without the demo cooperative
  --reset      deletes the embedded database first (.habitat/postgres)
  --verbose    shows what the services log (always kept in .habitat/logs)
  --help       this text

Environment: DATABASE_URL (and DATABASE_OWNER_URL for migrations) to use a PostgreSQL of yours,
RABBITMQ_URL to deliver events through RabbitMQ, LOG_LEVEL, HOST.`;

/**
 * @param {readonly string[]} given
 * @param {NodeJS.ProcessEnv} env
 */
export function readArguments(given, env) {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...given],
      options: {
        port: { type: 'string' },
        'no-demo': { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (fault) {
    throw new ClearFault(`${fault.message.split('. ')[0]}. Try: npm start -- --help`);
  }
  const port = values.port ?? env.PORT ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new ClearFault(`A port is a whole number from 1 to 65535, not "${port}".`);
  }
  if (values.reset && env.DATABASE_URL) {
    throw new ClearFault(
      '--reset deletes only the embedded database: with DATABASE_URL set there is nothing of ours to delete.',
    );
  }
  return {
    port: Number(port),
    demo: !values['no-demo'],
    reset: values.reset,
    verbose: values.verbose,
    help: values.help,
  };
}
