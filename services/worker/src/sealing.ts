// Seals members' payout accounts anew after SECRETS_KEY was replaced: by the clock, harmless to repeat, and for several
// workers at once.
import { resealPayoutAccounts } from '@habitat/agreements';
import { runTransaction } from '@habitat/database';
import { newId, systemActor } from '@habitat/kernel';
import type { Secrets } from '@habitat/platform';
import { listCooperatives } from '@habitat/platform';
import type { Schedule } from './schedules.ts';

const HOUR = 3_600_000;

/** @param secrets the first one seals, all of them open */
export function sealing(secrets: Secrets): Schedule {
  return {
    name: 'seal-payout-accounts',
    everyMs: HOUR,
    async run(database, now) {
      for (const { cooperativeId } of await listCooperatives(database)) {
        const actor = systemActor(cooperativeId);
        const facts = { cooperativeId, actor, now, correlationId: `schedule-${newId()}` };
        await runTransaction(database, 'agreements', facts, (tx) => resealPayoutAccounts(tx, secrets));
      }
    },
  };
}
