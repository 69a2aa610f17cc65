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
import { Link } from '../../../components/link.tsx';

const SAID = ['validated', 'objected'] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('peers'))('title') };
}

type Search = { said?: string; after?: string };

export default async function PeersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('peers');
  const { said, after = null } = await searchParams;
  const answer = await read(peersDocument, { after });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { cooperative, me, peerQueue } = answer.data;
  const { hasNextPage, endCursor } = peerQueue.pageInfo;
  const known = SAID.find((one) => one === said);
  return (
    <Page>
      <PageHead title={t('title')} />
      {known ? <Said>{t(`said.${known}`)}</Said> : null}
      <p className="t-body mb-7 max-w-2xl text-ink-2">{t('lead')}</p>
      {me.isPeer ? (
        <p className="t-ui mb-7">
          <Link href="/settings/approval/away" className="link">
            {t('away')}
          </Link>
        </p>
      ) : null}
      {peerQueue.edges.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      {peerQueue.edges.map(({ node }) => (
        <PeerSheet key={node.id} item={node} currency={cooperative.currency} />
      ))}
      {hasNextPage && endCursor ? (
        <p className="t-ui">
          <Link href={`/peers?after=${encodeURIComponent(endCursor)}`} className="link">
            {t('more', { count: peerQueue.totalCount })}
          </Link>
        </p>
      ) : null}
    </Page>
  );
}
