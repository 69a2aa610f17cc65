// A new rate. The notice is told before sending: the first day offered is the first that keeps it.
import { addDays } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState, NoPermission } from '../../../../../components/state/states.tsx';
import { RateForm } from '../../../../../features/setting/policy/rate-form.tsx';
import { RoomPage } from '../../../../../features/setting/room-page.tsx';
import { rateFormDocument } from '../../../../../features/setting/policy/policy.documents.ts';
import { read } from '../../../../../lib/api/request.ts';
import { getFormat } from '../../../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rates'))('changeTitle') };
}

export default async function ChangeRatePage() {
  const t = await getTranslations('settings.rates');
  const { dateLong } = await getFormat();
  const answer = await read(rateFormDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('changeTitle')} />;
  const { me, cooperative, contributionPolicy, members } = answer.data;
  if (!me.acts.includes('rate.set')) return <NoPermission subject={t('changeTitle')} />;
  const earliest = addDays(cooperative.today as LocalDate, contributionPolicy.noticeDays);
  return (
    <RoomPage
      title={t('changeTitle')}
      lead={t('changeLead', { days: contributionPolicy.noticeDays, earliest: dateLong(earliest) })}
      back={{ href: '/settings/rates', label: t('title') }}
    >
      <RateForm
        members={members.edges.map(({ node }) => ({ value: node.id, label: node.displayName }))}
        currency={cooperative.currency}
        earliest={earliest}
      />
    </RoomPage>
  );
}
