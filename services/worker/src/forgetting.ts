// Forgets what is over once its time has passed: by the clock, harmless to repeat, and for several workers at once.
import { runTransaction } from '@habitat/database';
import { newId, systemActor } from '@habitat/kernel';
import { forgetSignInFailures, forgetWhatIsOver, listCooperatives } from '@habitat/platform';
import type { Schedule } from './schedules.ts';

const HOUR = 3_600_000;

/** @param keptSeconds how long what is over is kept */
export function forgetting(keptSeconds: number): Schedule {
  return {
    name: 'forget-what-is-over',
    everyMs: 6 * HOUR,
    async run(database, now) {
      const before = new Date(now.getTime() - keptSeconds * 1_000);
      for (const { cooperativeId } of await listCooperatives(database)) {
        const actor = systemActor(cooperativeId);
        const facts = { cooperativeId, actor, now, correlationId: `schedule-${newId()}` };
        await runTransaction(database, 'platform', facts, (tx) => forgetWhatIsOver(tx, before));
      }
      await forgetSignInFailures(database, now);
    },
  };
}
