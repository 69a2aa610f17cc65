// The sealer of the audit trail as a process of its own, as the worker is one, at the worker's own schedule.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import { sealAudit } from '@habitat/worker';
import { answer } from './beside.ts';

export type SealerOrder = { readonly open: string } | { readonly seal: boolean };

let database: Database | null = null;
let sealing: AbortController | null = null;
let running: Promise<void> = Promise.resolve();

async function sealOn(pool: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sealAudit.run(pool, new Date());
    await sleep(sealAudit.everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function obey(order: SealerOrder): Promise<null> {
  if ('open' in order) database = openDatabase({ url: order.open, poolSize: 2 });
  else if (order.seal && database !== null) {
    sealing = new AbortController();
    running = sealOn(database, sealing.signal);
  } else {
    sealing?.abort();
    await running;
  }
  return null;
}

answer(obey, async () => database?.end());
