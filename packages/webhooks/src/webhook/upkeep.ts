// What keeps the tables of webhooks small and their secrets under the key in force; by the clock, harmless to repeat.
import type { Transaction } from '@habitat/database';
import type { Secrets } from '@habitat/platform';
import { daysBefore, KEPT_DAYS, seal, sealedPrefix, unseal } from '@habitat/platform';
import { selectSealedOtherwise, updateSealed } from './webhook.store.ts';

const PURPOSE = 'webhook';

/** Forgets old deliveries and secrets that no longer sign. */
async function purge(tx: Transaction): Promise<void> {
  await tx.query('delete from platform.webhook_delivery where cooperative_id = $1 and queued_at < $2', [
    tx.cooperativeId,
    daysBefore(tx.now, KEPT_DAYS.deliveries),
  ]);
  await tx.query(
    `update platform.webhook set sealed_previous = null, previous_until = null
     where cooperative_id = $1 and previous_until <= $2`,
    [tx.cooperativeId, tx.now],
  );
}

/** Looks after one cooperative's webhooks: what is old goes, what another key sealed is sealed anew. */
export async function tidyWebhooks(tx: Transaction, secrets: Secrets): Promise<void> {
  await purge(tx);
  for (const row of await selectSealedOtherwise(tx, sealedPrefix(secrets, PURPOSE))) {
    const again = (sealed: string) =>
      seal(secrets, PURPOSE, row.webhookId, unseal(secrets, PURPOSE, row.webhookId, sealed));
    const sealedPrevious = row.sealedPrevious === null ? null : again(row.sealedPrevious);
    await updateSealed(tx, { ...row, sealedSecret: again(row.sealedSecret), sealedPrevious });
  }
}
