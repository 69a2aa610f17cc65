// logContribution as a browser's server sends it: over HTTP, signed in, with tenant wall, idempotency key and event.
import type { Database } from '@habitat/database';
import type { Contender } from './measure.ts';
import { serve } from './processes/served.ts';

/** Long enough for the code that every request runs to be compiled. */
const WARM_MS = 20_000;

export interface LoggingBench {
  readonly contender: Contender;
  stop(): Promise<void>;
}

/** Starts the API on a new cooperative, signs its administrator in and lets it log for a while. */
export async function startLogging(
  database: Database,
  options: { readonly databaseUrl: string; readonly poolSize: number; readonly inFlight: number },
): Promise<LoggingBench> {
  const served = await serve(database, { ...options, allowances: false });
  const token = await served.join('bench');
  const log = (milliseconds: number) =>
    served.ask({ token, milliseconds, manner: { inFlight: options.inFlight } });
  await log(WARM_MS);
  return {
    contender: {
      name: 'logContribution over HTTP',
      async run(milliseconds) {
        const [answer] = await log(milliseconds);
        return answer === undefined ? 0 : (answer.answered * 1000) / answer.elapsedMs;
      },
    },
    stop: () => served.stop(),
  };
}
