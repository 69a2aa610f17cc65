// The way to what one was told, with how much of it is unread. Drawn on the server: the bell is a drawing of its own, so
// that it is no part of what every page's scripts carry.
import { useTranslations } from 'next-intl';
import { NavLink } from './nav-link.tsx';

function Bell() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M10.268 21a2 2 0 0 0 3.464 0" />
      <path d="M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326" />
    </svg>
  );
}

function Unread({ count, className }: { count: number; className: string }) {
  const t = useTranslations('notifications');
  if (count === 0) return null;
  return (
    <span className={className}>
      {count > 99 ? '99+' : count}
      <span className="sr-only"> {t('unread')}</span>
    </span>
  );
}

export function NotificationsLink({ unread }: { unread: number }) {
  const t = useTranslations('notifications');
  return (
    <NavLink href="/notifications" className="rail-link">
      <Bell />
      {t('title')}
      <Unread count={unread} className="t-label ml-auto" />
    </NavLink>
  );
}

/** On a phone: the bell alone, named for whoever can't see it. */
export function NotificationsBell({ unread }: { unread: number }) {
  const t = useTranslations('notifications');
  return (
    <NavLink href="/notifications" className="flex min-h-11 min-w-11 items-center justify-center gap-1.5">
      <Bell />
      <span className="sr-only">{t('title')}</span>
      <Unread count={unread} className="t-label" />
    </NavLink>
  );
}
