// What waits for one's word as a peer. Open to every member; whoever is asked about nothing reads that.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Said } from '../../../components/state/said.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { peersDocument } from '../../../features/peer/peer.documents.ts';
import { PeerSheet } from '../../../features/peer/peer-sheet.tsx';
import { read } from '../../../lib/api/request.ts';

const SAID = ['validated', 'objected'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('peers'))('title') };
}

export default async function PeersPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('peers');
  const answer = await read(peersDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { cooperative, peerQueue } = answer.data;
  const { said } = await searchParams;
  const known = SAID.find((one) => one === said);
  return (
    <Page>
      <PageHead title={t('title')} />
      {known ? <Said>{t(`said.${known}`)}</Said> : null}
      <p className="t-body mb-7 max-w-2xl text-ink-2">{t('lead')}</p>
      {peerQueue.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      {peerQueue.map((item) => (
        <PeerSheet key={item.id} item={item} currency={cooperative.currency} />
      ))}
    </Page>
  );
}
