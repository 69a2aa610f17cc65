// Where one is paid: the account without its number, giving another, taking it away, and when it changed.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Section } from '../../../../../components/print/section.tsx';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import {
  AccountHistory,
  AccountInForce,
  GiveAccount,
} from '../../../../../features/setting/payout/payout-parts.tsx';
import { payoutRoomDocument } from '../../../../../features/setting/payout/payout.documents.ts';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { read } from '../../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('payout'))('title') };
}

export default async function MyPayoutPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('payout');
  const answer = await read(payoutRoomDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const room = answer.data;
  if (!room.me.acts.includes('distribution.view_own')) return <NoPermission subject={t('subject')} />;
  return (
    <RoomPage
      title={t('title')}
      lead={t('lead')}
      said={(await searchParams).said}
      back={{ href: '/settings/me', label: (await getTranslations('security'))('back') }}
    >
      <div className="grid items-start gap-x-14 gap-y-9 desk:grid-cols-2">
        <div className="grid gap-9">
          <Section title={t('now')} id="now">
            <AccountInForce room={room} />
          </Section>
          {room.me.payoutAccountHistory.length > 0 ? (
            <Section title={t('history')} id="history">
              <AccountHistory room={room} />
            </Section>
          ) : null}
        </div>
        <Section title={t(room.me.payoutAccount === null ? 'give' : 'replace')} id="give">
          <GiveAccount room={room} />
        </Section>
      </div>
    </RoomPage>
  );
}
