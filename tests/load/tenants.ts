// How much a quiet cooperative notices of one that asks without pause and does not wait when it is told to: the quiet
// one's reads and logging, alone and beside, in blocks that alternate. One process answers, as in an installation, where
// the other stands by.
import type { Database } from '@habitat/database';
import { serve } from './processes/served.ts';
import type { Asked } from './processes/served.ts';

const BLOCK_MS = 10_000;
const BLOCKS = 12;
const WARM_MS = 15_000;
const QUIET_PER_SECOND = 15;
const BUSY_AT_ONCE = 50;

function p95(latenciesMs: readonly number[]): number {
  const sorted = [...latenciesMs].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

/** The quiet one's p95 in milliseconds, alone and beside the busy one. */
export async function measureTenants(
  database: Database,
  options: { readonly databaseUrl: string; readonly poolSize: number },
): Promise<{ alone: number; beside: number }> {
  const served = await serve(database, { ...options, processes: 1, allowances: true });
  const quiet = { token: await served.join('quiet'), manner: { perSecond: QUIET_PER_SECOND }, reads: true };
  const busy = {
    token: await served.join('busy'),
    manner: { inFlight: BUSY_AT_ONCE },
    reads: true,
    heedless: true,
  };
  const alone: number[] = [];
  const beside: number[] = [];
  const look = async (into: number[], milliseconds: number, ...others: Omit<Asked, 'milliseconds'>[]) => {
    const [answer] = await served.ask(...[quiet, ...others].map((one) => ({ ...one, milliseconds })));
    into.push(...(answer?.latenciesMs ?? []));
  };
  try {
    await look([], WARM_MS, busy);
    for (let block = 0; block < BLOCKS; block += 1) {
      await look(alone, BLOCK_MS);
      await look(beside, BLOCK_MS, busy);
    }
  } finally {
    await served.stop();
  }
  return { alone: p95(alone), beside: p95(beside) };
}
