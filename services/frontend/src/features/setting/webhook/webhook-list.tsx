// The webhooks as a table, and below it what is done with the one that is looked at.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { KindFields } from './webhook-form.tsx';
import { actOnWebhook, changeWebhook, rotateWebhookSecret } from './webhook.actions.ts';
import type { WebhookRoom, WebhookRow } from './webhook.documents.ts';
import { Link } from '../../../components/link.tsx';

const at = '/settings/webhooks';
const OVERLAP_HOURS = '24';

/** Where one of them is looked at. */
export const placeOfWebhook = (id: string) => `${at}?of=${encodeURIComponent(id)}`;

export function WebhookTable({ room }: { room: WebhookRoom }) {
  const t = useTranslations('settings.webhooks');
  const { instantText } = useFormat();
  const { timeZone } = room.cooperative;
  return (
    <Table
      caption={t('title')}
      rows={room.webhooks}
      keyOf={({ id }) => id}
      csv="/settings/csv/webhooks"
      empty={t('none')}
      columns={[
        {
          head: t('name'),
          name: ({ id, name }) => (
            <Link href={placeOfWebhook(id)} className="link">
              {name}
            </Link>
          ),
        },
        {
          head: t('url'),
          text: ({ url }) => <span className="t-mono break-all">{url}</span>,
          from: 'desk',
        },
        { head: t('told'), figure: ({ kinds }) => kinds.length, from: 'wide' },
        {
          head: t('lastDelivered'),
          text: ({ deliveredAt }) => (deliveredAt === null ? t('never') : instantText(deliveredAt, timeZone)),
        },
        { head: t('state'), text: ({ state }) => t(`states.${state}`), tone: 'text-ink-2' },
      ]}
    />
  );
}

export function WebhookActs({ webhook, room }: { webhook: WebhookRow; room: WebhookRoom }) {
  const t = useTranslations('settings.webhooks');
  const about = { webhookId: webhook.id };
  const common = { returnTo: placeOfWebhook(webhook.id), about, className: 'max-w-xl' };
  const isStopped = webhook.state.startsWith('STOPPED');
  const acts = [...(isStopped ? (['start'] as const) : (['test', 'stop'] as const)), 'remove' as const];
  return (
    <div className="mt-5 max-w-3xl">
      <PageForm
        {...common}
        form="change"
        fold={{ label: t('change') }}
        act={changeWebhook}
        actionKey={randomUUID()}
        label={t('changeAct')}
      >
        <TextField name="name" label={t('name')} value={webhook.name} required maxLength={80} />
        <KindFields kinds={room.webhookKinds} chosen={webhook.kinds} />
      </PageForm>
      <PageForm
        {...common}
        form="rotate"
        fold={{ label: t('rotate') }}
        act={rotateWebhookSecret}
        actionKey={randomUUID()}
        label={t('rotateAct')}
      >
        <TextField
          name="overlapHours"
          label={t('overlapHours')}
          hint={t('overlapHint')}
          value={OVERLAP_HOURS}
          inputMode="numeric"
          required
        />
      </PageForm>
      {acts.map((act) => {
        const isEnd = act === 'remove' || act === 'stop';
        return (
          <PageForm
            key={act}
            {...common}
            form={act}
            fold={{ label: t(`acts.${act}.label`), ...(isEnd ? { tone: 'stop' } : {}) }}
            act={actOnWebhook}
            actionKey={randomUUID()}
            label={t(`acts.${act}.act`)}
            tone={isEnd ? 'stop' : 'primary'}
            about={{ ...about, act }}
          >
            <p className="t-body text-ink-2">{t(`acts.${act}.text`)}</p>
          </PageForm>
        );
      })}
    </div>
  );
}
