// How much a quiet cooperative notices of a busy one that uses the whole of its account's allowance, on one API: the quiet
// one's reads and logging, alone and beside, in blocks that alternate.
import { USUAL_ALLOWANCES } from '@habitat/api';
import type { Database } from '@habitat/database';
import { serve, startClient } from './logging.ts';

const BLOCK_MS = 4_000;
const BLOCKS = 8;
/** What one account may ask for; see services/api/src/guard/allowance.ts. */
const BUSY_PER_SECOND = USUAL_ALLOWANCES.actor.perSecond;
const QUIET_PER_SECOND = 10;

function p95(latenciesMs: readonly number[]): number {
  const sorted = [...latenciesMs].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

/** The quiet one's p95 in milliseconds, alone and beside the busy one. */
export async function measureTenants(database: Database): Promise<{ alone: number; beside: number }> {
  const begun = Date.now();
  // Later than every event, and going on: allowances fill up again by it.
  const clock = () => new Date(Date.UTC(2026, 10, 20, 15) + Date.now() - begun);
  const served = await serve(database, { allowances: USUAL_ALLOWANCES, clock });
  const [quietToken, busyToken] = [await served.join('quiet'), await served.join('busy')];
  const [quiet, busy] = [startClient(), startClient()];
  const { url } = served;
  const look = async (milliseconds: number) => {
    const load = { url, token: quietToken, milliseconds, inFlight: 2, perSecond: QUIET_PER_SECOND };
    return (await quiet.run({ ...load, reads: true })).latenciesMs;
  };
  // A few in flight, so that their sum is what the account may ask for.
  const press = (milliseconds: number) =>
    busy.run({
      url,
      token: busyToken,
      milliseconds,
      inFlight: 5,
      perSecond: BUSY_PER_SECOND / 5,
      reads: true,
    });
  const alone: number[] = [];
  const beside: number[] = [];
  try {
    await Promise.all([look(BLOCK_MS), press(BLOCK_MS)]);
    for (let block = 0; block < BLOCKS; block += 1) {
      alone.push(...(await look(BLOCK_MS)));
      const pressing = press(BLOCK_MS + 500);
      beside.push(...(await look(BLOCK_MS)));
      await pressing;
    }
  } finally {
    await Promise.all([quiet.stop(), busy.stop()]);
    await served.stop();
  }
  return { alone: p95(alone), beside: p95(beside) };
}
