// What one was told: newest first, the unread ones apart when wished, all marked as read at once.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button, ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Said } from '../../../components/state/said.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { readAll } from '../../../features/notification/notification.actions.ts';
import { notificationsDocument } from '../../../features/notification/notification.documents.ts';
import { NotificationList } from '../../../features/notification/notification-list.tsx';
import { read } from '../../../lib/api/request.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications'))('title') };
}

type Search = { after?: string; show?: string; said?: string };

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { after, show, said } = await searchParams;
  const t = await getTranslations('notifications');
  const drawnAt = new Date();
  const unreadOnly = show === 'unread';
  const answer = await read(notificationsDocument, { after: after ?? null, unreadOnly });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { notifications, me, cooperative } = answer.data;
  const list = notifications.edges.map(({ node }) => node);
  const next = new URLSearchParams({
    ...(unreadOnly ? { show: 'unread' } : {}),
    after: notifications.pageInfo.endCursor ?? '',
  });
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={t('lead', { count: me.unreadNotifications })}
        acts={
          <ButtonLink href="/settings/me/notifications" icon={<Icon name="settings" />}>
            {t('settings')}
          </ButtonLink>
        }
      />
      {said === 'read' ? <Said>{t('allRead')}</Said> : null}
      {said === 'fault' ? <Notice tone="stop">{t('fault')}</Notice> : null}
      <div className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        <Link href={unreadOnly ? '/notifications' : '/notifications?show=unread'} className="link t-ui">
          {t(unreadOnly ? 'showAll' : 'showUnread')}
        </Link>
        {me.unreadNotifications > 0 ? (
          <form action={readAll}>
            <input type="hidden" name="until" value={drawnAt.toISOString()} />
            <input type="hidden" name="idempotencyKey" value={randomUUID()} />
            <Button type="submit" icon={<Icon name="check" />}>
              {t('readAll')}
            </Button>
          </form>
        ) : null}
      </div>
      <div className="max-w-3xl">
        {list.length === 0 ? (
          <Empty title={t('none.title')} text={t('none.text')} />
        ) : (
          <NotificationList notifications={list} timeZone={cooperative.timeZone} />
        )}
        {notifications.pageInfo.hasNextPage ? (
          <p className="t-small mt-4">
            <Link href={`/notifications?${next.toString()}`} className="link">
              {t('earlier')}
            </Link>
          </p>
        ) : null}
      </div>
    </Page>
  );
}
