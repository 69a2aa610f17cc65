// How much a quiet cooperative notices of a busy one that uses the whole of its account's allowance: the quiet one's
// reads and logging, alone and beside, in blocks that alternate.
import { USUAL_ALLOWANCES } from '@habitat/api';
import type { Database } from '@habitat/database';
import { serve } from './processes/served.ts';

const BLOCK_MS = 4_000;
const BLOCKS = 8;
const WARM_MS = 15_000;
const QUIET_PER_SECOND = 10;
const BUSY_IN_FLIGHT = 5;

function p95(latenciesMs: readonly number[]): number {
  const sorted = [...latenciesMs].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

/** The quiet one's p95 in milliseconds, alone and beside the busy one. */
export async function measureTenants(
  database: Database,
  options: { readonly databaseUrl: string; readonly poolSize: number; readonly processes: number },
): Promise<{ alone: number; beside: number }> {
  const served = await serve(database, { ...options, allowances: true });
  const quiet = { token: await served.join('quiet'), inFlight: 2, perSecond: QUIET_PER_SECOND, reads: true };
  const busy = {
    token: await served.join('busy'),
    inFlight: BUSY_IN_FLIGHT,
    // In sum what one account may ask for; see services/api/src/guard/allowance.ts.
    perSecond: USUAL_ALLOWANCES.actor.perSecond / BUSY_IN_FLIGHT,
    reads: true,
  };
  const alone: number[] = [];
  const beside: number[] = [];
  const look = async (into: number[], milliseconds: number, others: readonly (typeof busy)[] = []) => {
    const asked = [quiet, ...others].map((one) => ({ ...one, milliseconds }));
    const [answer] = await served.ask(...asked);
    into.push(...(answer?.latenciesMs ?? []));
  };
  try {
    await look([], WARM_MS, [busy]);
    for (let block = 0; block < BLOCKS; block += 1) {
      await look(alone, BLOCK_MS);
      await look(beside, BLOCK_MS, [busy]);
    }
  } finally {
    await served.stop();
  }
  return { alone: p95(alone), beside: p95(beside) };
}
