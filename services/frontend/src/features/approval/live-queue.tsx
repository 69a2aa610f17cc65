'use client';
// Keeps the queue as it is now: what others log or decide appears without a reload. When somebody else decides the item
// that is being read, the page says so and keeps it open, rather than putting another one under the reader's eyes.
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Notice } from '../../components/state/notice.tsx';
import { useLive } from '../../lib/live/use-live.ts';
import { queueHref, readQueueFilter } from './queue-place.ts';

const decided = {
  'people.contribution.valued': 'approved',
  'people.contribution.rejected': 'rejected',
  'people.contribution.clarification': 'asked',
  'people.contribution.withdrawn': 'withdrawn',
} as const;

type Said = { id: string; how: (typeof decided)[keyof typeof decided]; by: string };

export function LiveQueue({ currentId }: { currentId: string | null }) {
  const t = useTranslations('approvals.live');
  const router = useRouter();
  const region = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState<Said | null>(null);
  useLive(['approvalQueueChanged'], (news) => {
    const mine = news.findLast((one) => one.id === currentId && !one.byYou && one.by !== null);
    const how = mine ? decided[mine.type as keyof typeof decided] : undefined;
    // On a phone the list may stand in the sheet's place: then nobody was reading it.
    const isRead = region.current !== null && region.current.offsetParent !== null;
    if (!mine?.by || !how || !isRead) return router.refresh();
    setSaid({ id: mine.id, how, by: mine.by });
    const asked = new URLSearchParams(location.search);
    if (asked.get('item') === mine.id) router.refresh();
    else {
      const filter = readQueueFilter(Object.fromEntries(asked));
      router.replace(queueHref({ item: mine.id, after: asked.get('after'), filter }), { scroll: false });
    }
  });
  const text = said !== null && said.id === currentId ? t(said.how, { name: said.by }) : null;
  return (
    <div ref={region} role="status" aria-live="polite" className={text ? 'px-[18px] pt-4 desk:px-8' : ''}>
      {text ? <Notice tone="wait">{text}</Notice> : null}
    </div>
  );
}
