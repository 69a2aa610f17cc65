// What one was told, newest first. Each is a form of one button: pressing it marks it as read and leads to what it is about.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';
import { openNotification } from './notification.actions.ts';
import type { Told } from './notification.documents.ts';

type ListProps = { notifications: readonly Pick<Told, 'id' | 'text' | 'at' | 'readAt'>[]; timeZone: string };

export function NotificationList({ notifications, timeZone }: ListProps) {
  const t = useTranslations('notifications');
  const { instantText } = useFormat();
  return (
    <ul>
      {notifications.map(({ id, text, at, readAt }) => (
        <li key={id} className="border-b border-rule py-2.5 first:pt-0">
          <form action={openNotification}>
            <input type="hidden" name="notificationId" value={id} />
            <input type="hidden" name="idempotencyKey" value={randomUUID()} />
            <button
              type="submit"
              className={`block min-h-6 cursor-pointer text-left hover:underline ${readAt ? 't-ui text-ink' : 't-strong text-pen hover:text-pen-strong'}`}
            >
              {readAt ? null : <span className="sr-only">{t('unread')}: </span>}
              {text}
            </button>
          </form>
          <p className="t-small text-ink-2">
            {instantText(at, timeZone)}
            {readAt ? null : ` · ${t('unread')}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
