// The books: from which amount two people post, when the fiscal year begins, and where contributions post.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FaultState } from '../../../../components/state/states.tsx';
import { booksDocument } from '../../../../features/setting/books/books.documents.ts';
import { ChangeHistory } from '../../../../features/setting/books/change-history.tsx';
import { PostingRules } from '../../../../features/setting/books/posting-rules.tsx';
import {
  BooksFacts,
  ThresholdForm,
  WaitingThreshold,
} from '../../../../features/setting/books/threshold.tsx';
import { RoomPage } from '../../../../features/setting/room-page.tsx';
import { read } from '../../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.books'))('title') };
}

export default async function BooksPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('settings.books');
  const answer = await read(booksDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const room = answer.data;
  const { versions } = room.treasurySettings;
  const waiting = versions.find(({ status }) => status === 'waiting');
  return (
    <RoomPage title={t('title')} lead={t('lead')} said={(await searchParams).said}>
      {waiting ? <WaitingThreshold change={waiting} room={room} /> : null}
      <BooksFacts room={room} />
      {room.me.acts.includes('policy.manage') && !waiting ? <ThresholdForm room={room} /> : null}
      <PostingRules room={room} />
      <ChangeHistory changes={versions} timeZone={room.cooperative.timeZone} />
    </RoomPage>
  );
}
