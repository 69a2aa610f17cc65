// Posting with and without the sealer of the audit trail beside it, in pairs of one run. The sealer is a process of its own,
// as the worker is, and looks as often as the worker does; what was posted without it is sealed between the slices.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import { getAuditHead, sealAuditTrail } from '@habitat/messaging';
import type { Contender } from './measure.ts';

/** As services/worker/src/schedules.ts has it. */
const EVERY_MS = 5_000;

type Order = { readonly seal: boolean } | { readonly url: string };

/** Beside `posting`, the same with the sealer at work; `stop` ends the sealer's process. */
export function withSealing(
  posting: Contender,
  database: Database,
  { url, cooperativeId }: { readonly url: string; readonly cooperativeId: string },
): { readonly alone: Contender; readonly sealed: Contender; stop(): Promise<void> } {
  const child = fork(fileURLToPath(import.meta.url));
  const tell = async (order: Order) => {
    child.send(order);
    await once(child, 'message');
  };
  const ready = tell({ url });
  const sealedSoFar = async () => (await getAuditHead(database, cooperativeId)).sequence;
  return {
    alone: {
      name: 'posting alone',
      async run(milliseconds) {
        const rate = await posting.run(milliseconds);
        await sealAuditTrail(database, new Date());
        return rate;
      },
    },
    sealed: {
      name: 'posting beside the sealer',
      async run(milliseconds) {
        await ready;
        const before = await sealedSoFar();
        await tell({ seal: true });
        const rate = await posting.run(milliseconds);
        await tell({ seal: false });
        if ((await sealedSoFar()) === before) throw new Error('the sealer sealed nothing');
        return rate;
      },
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

let sealing: AbortController | null = null;
let running: Promise<void> = Promise.resolve();
let pool: Database | null = null;

async function sealOn(database: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sealAuditTrail(database, new Date());
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function obey(order: Order): Promise<void> {
  if ('url' in order) pool = openDatabase({ url: order.url, poolSize: 2 });
  else if (order.seal && pool !== null) {
    sealing = new AbortController();
    running = sealOn(pool, sealing.signal);
  } else {
    sealing?.abort();
    await running;
  }
}

if (process.send !== undefined) {
  process.on('message', (order: Order) => void obey(order).then(() => process.send?.('done')));
  process.on('disconnect', () => void pool?.end().then(() => process.exit(0)));
}
