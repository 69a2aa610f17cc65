// Rates: what each kind of work is worth, from when, and what comes.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CsvBelow } from '../../../../components/print/csv-link.tsx';
import { Empty, FaultState } from '../../../../components/state/states.tsx';
import { RateList } from '../../../../features/setting/policy/rate-list.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { ratesDocument } from '../../../../features/setting/policy/policy.documents.ts';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.rates'))('title') };
}

export default async function RatesPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.rates');
  const answer = await read(ratesDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, cooperative, contributionPolicy, valuationRules } = answer.data;
  return (
    <RoomPage
      title={t('title')}
      lead={
        <>
          {t('lead')} <span className="block">{t('notice', { days: contributionPolicy.noticeDays })}</span>
        </>
      }
      said={(await searchParams).said}
      change={me.acts.includes('rate.set') ? { href: '/settings/rates/change', label: t('add') } : null}
    >
      {valuationRules.length === 0 ? <Empty title={t('none')} text={t('lead')} /> : null}
      <RateList rules={valuationRules} place={cooperative} />
      <CsvBelow href="/settings/csv/rates" of={t('title')} />
    </RoomPage>
  );
}
