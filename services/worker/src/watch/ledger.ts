// Adds up every cooperative's books by the clock. The guards make the sum 0; should it ever not be, operators hear of it
// from an alert, and the log names the cooperative, which a label must not.
import type { Log, Metrics } from '@habitat/observability';
import { listCooperatives } from '@habitat/platform';
import { findImbalance } from '@habitat/treasury';
import type { Schedule } from '../schedules.ts';

const EVERY_MS = 5 * 60_000;

function size(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/** Keeps `habitat_ledger_imbalance_minor`; differences of several cooperatives never cancel each other out. */
export function watchLedger(metrics: Metrics, log: Log): Schedule {
  return {
    name: 'add-up-ledgers',
    everyMs: EVERY_MS,
    async run(database, now) {
      const cooperatives = await listCooperatives(database);
      let book = 0n;
      let tax = 0n;
      for (const { cooperativeId } of cooperatives) {
        const { bookMinor, taxMinor } = await findImbalance(database, cooperativeId);
        if (bookMinor !== 0n || taxMinor !== 0n) {
          const facts = { cooperativeId, bookMinor: String(bookMinor), taxMinor: String(taxMinor) };
          log.error(facts, 'the books of a cooperative do not add up');
        }
        book += size(bookMinor);
        tax += size(taxMinor);
      }
      // A gauge is a double: exact for 0, which is all that is ever compared with.
      metrics.ledgerImbalance.set({ basis: 'book' }, Number(book));
      metrics.ledgerImbalance.set({ basis: 'tax' }, Number(tax));
      metrics.ledgerCheckedAt.set(now.getTime() / 1_000);
      metrics.cooperatives.set(cooperatives.length);
    },
  };
}
