// Posting with and without the sealer of the audit trail beside it, in pairs of one run. What was posted without it
// waits, so that the sealer has as much to do as it ever takes on.
import type { Database } from '@habitat/database';
import { getAuditHead } from '@habitat/messaging';
import { startBeside } from './processes/beside.ts';
import type { Contender } from './measure.ts';
import type { SealerOrder } from './processes/sealer.ts';

/** Beside `posting`, the same with the sealer at work; `stop` ends the sealer's process. */
export async function withSealing(
  posting: Contender,
  database: Database,
  { url, cooperativeId }: { readonly url: string; readonly cooperativeId: string },
): Promise<{ readonly alone: Contender; readonly sealed: Contender; stop(): Promise<void> }> {
  const sealer = startBeside<SealerOrder, null>('./sealer.ts');
  await sealer.ask({ open: url });
  const sealedSoFar = async () => (await getAuditHead(database, cooperativeId)).sequence;
  return {
    alone: { name: 'posting alone', run: (milliseconds) => posting.run(milliseconds) },
    sealed: {
      name: 'posting beside the sealer',
      async run(milliseconds) {
        const before = await sealedSoFar();
        await sealer.ask({ seal: true });
        const rate = await posting.run(milliseconds);
        await sealer.ask({ seal: false });
        if ((await sealedSoFar()) === before) throw new Error('the sealer sealed nothing');
        return rate;
      },
    },
    stop: () => sealer.stop(),
  };
}
