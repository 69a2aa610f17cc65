// Webhooks: where the cooperative's news are sent, a new one, and the messages of the one that is looked at.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../components/print/section.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { DeliveryList } from '../../../../features/setting/webhook/delivery-list.tsx';
import { WebhookForm } from '../../../../features/setting/webhook/webhook-form.tsx';
import { WebhookActs, WebhookTable } from '../../../../features/setting/webhook/webhook-list.tsx';
import { webhookRoomDocument } from '../../../../features/setting/webhook/webhook.documents.ts';
import { read } from '../../../../lib/api/request.ts';

type Search = { said?: string; of?: string; after?: string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.webhooks'))('title') };
}

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('settings.webhooks');
  const { said, of = '', after = null } = await searchParams;
  const answer = await read(webhookRoomDocument, { of, isOne: of !== '', after });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const room = answer.data;
  const one = room.webhooks.find(({ id }) => id === room.webhook?.id);
  return (
    <RoomPage title={t('title')} lead={t('lead')} said={said}>
      <div className="grid gap-y-9">
        <Section title={t('inUse')} id="webhooks">
          <WebhookTable room={room} />
        </Section>
        {one && room.webhook ? (
          <Section title={one.name} id="one">
            <p className="t-small mb-4 break-all text-ink-2">{one.url}</p>
            <DeliveryList
              webhook={one}
              deliveries={room.webhook.deliveries}
              timeZone={room.cooperative.timeZone}
            />
            <WebhookActs webhook={one} room={room} />
          </Section>
        ) : null}
        <Section title={t('create')} id="new">
          <WebhookForm kinds={room.webhookKinds} />
        </Section>
      </div>
    </RoomPage>
  );
}
