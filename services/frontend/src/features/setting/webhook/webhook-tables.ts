// The webhooks and the messages of one as files, under the same rights as their page.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { made, pagesOf, refused } from '../../../lib/csv-table.ts';
import { webhookRoomDocument } from './webhook.documents.ts';

export const webhooks: CsvReport = async () => {
  const t = await getTranslations('settings.webhooks');
  const answer = await ask(webhookRoomDocument, {});
  if (!answer.ok) return refused(answer);
  const header = (['name', 'url', 'told', 'lastDelivered', 'state'] as const).map((one) => t(one));
  const rows = answer.data.webhooks.map(({ name, url, kinds, deliveredAt, state }) => [
    name,
    url,
    kinds.join(' '),
    deliveredAt,
    t(`states.${state}`),
  ]);
  return made(['webhooks', answer.data.cooperative.today], header, rows);
};

export const webhookDeliveries: CsvReport = async ({ of = '' }) => {
  const t = await getTranslations('settings.webhooks');
  const page = (after: string | null) => ask(webhookRoomDocument, { of, isOne: true, after });
  const first = await page(null);
  if (!first.ok) return refused(first);
  const columns = ['messageId', 'kind', 'queued', 'state', 'tries', 'lastTry', 'body'] as const;
  const none = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
  return {
    ok: true,
    table: {
      name: ['webhook-deliveries', first.data.cooperative.today],
      header: columns.map((one) => t(one)),
      batches: pagesOf({
        first,
        listOf: (data) => data.webhook?.deliveries ?? none,
        after: page,
        rowsOf: (one) => [
          [
            one.messageId,
            one.kind,
            one.queuedAt,
            t(`deliveryStates.${one.state}`),
            one.attempts,
            one.lastAttempt?.status ?? one.lastAttempt?.fault ?? null,
            one.body,
          ],
        ],
      }),
    },
  };
};
