// The messages of one webhook: what was sent, how its last try went, and sending it again.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { placeOfWebhook } from './webhook-list.tsx';
import { replayDeliveries } from './webhook.actions.ts';
import type { Deliveries, WebhookRow } from './webhook.documents.ts';
import { Link } from '../../../components/link.tsx';

type Delivery = Deliveries['edges'][number]['node'];
type Props = { webhook: WebhookRow; deliveries: Deliveries; timeZone: string };

/** How the last try went, in a few words. */
function useTrial() {
  const t = useTranslations('settings.webhooks');
  return ({ lastAttempt }: Delivery) => {
    if (lastAttempt === null) return t('notTried');
    const { fault, status, tookMs } = lastAttempt;
    const how = status === null ? t(`faults.${fault ?? 'STATUS'}`) : t('answered', { status });
    return t('trial', { how, ms: tookMs });
  };
}

function DeliveryTable({ webhook, deliveries, timeZone, choosing }: Props & { choosing: boolean }) {
  const t = useTranslations('settings.webhooks');
  const { instantText } = useFormat();
  const trialOf = useTrial();
  return (
    <Table
      caption={t('deliveries')}
      rows={deliveries.edges.map(({ node }) => node)}
      keyOf={({ id }) => id}
      csv={`/settings/csv/webhook-deliveries?of=${encodeURIComponent(webhook.id)}`}
      empty={t('noDeliveries')}
      columns={[
        choosing && {
          head: t('choose'),
          unseen: true,
          text: ({ id, kind, queuedAt }) => (
            <input
              type="checkbox"
              name="deliveryIds"
              value={id}
              aria-label={t('chooseOne', { kind, date: instantText(queuedAt, timeZone) })}
              className="size-4 accent-[var(--pen)]"
            />
          ),
        },
        { head: t('kind'), name: ({ kind }) => <code className="t-mono">{kind}</code> },
        { head: t('queued'), text: ({ queuedAt }) => instantText(queuedAt, timeZone) },
        {
          head: t('state'),
          text: ({ state, nextTryAt, attempts }) =>
            state === 'WAITING' && nextTryAt !== null && attempts > 0
              ? t('nextTry', { date: instantText(nextTryAt, timeZone) })
              : t(`deliveryStates.${state}`),
        },
        { head: t('lastTry'), text: trialOf, from: 'desk', tone: 'text-ink-2' },
        { head: t('tries'), figure: ({ attempts }) => attempts, from: 'wide' },
        {
          head: t('body'),
          text: ({ body }) => <code className="t-mono break-all">{body}</code>,
          from: 'wide',
        },
      ]}
    />
  );
}

export function DeliveryList(props: Props) {
  const t = useTranslations('settings.webhooks');
  const { webhook, deliveries } = props;
  const { hasNextPage, endCursor } = deliveries.pageInfo;
  const older = hasNextPage && endCursor !== null ? endCursor : null;
  return (
    <>
      {deliveries.edges.length === 0 || webhook.state.startsWith('STOPPED') ? (
        <DeliveryTable {...props} choosing={false} />
      ) : (
        <PageForm
          form="replay"
          act={replayDeliveries}
          actionKey={randomUUID()}
          returnTo={placeOfWebhook(webhook.id)}
          label={t('replayAct')}
          tone="quiet"
          about={{ webhookId: webhook.id }}
        >
          <DeliveryTable {...props} choosing />
          <p className="t-small text-ink-2">{t('replayHint')}</p>
        </PageForm>
      )}
      {older === null ? null : (
        <p className="mt-4">
          <Link href={`${placeOfWebhook(webhook.id)}&after=${encodeURIComponent(older)}`} className="link">
            {t('older')}
          </Link>
        </p>
      )}
    </>
  );
}
