// On the overview: the latest of what one has not read yet.
import { useTranslations } from 'next-intl';
import { Section } from '../../components/print/section.tsx';
import { NotificationList } from './notification-list.tsx';
import type { Told } from './notification.documents.ts';
import { Link } from '../../components/link.tsx';

type NewsProps = { news: readonly Pick<Told, 'id' | 'text' | 'at' | 'readAt'>[]; timeZone: string };

export function NewsPanel({ news, timeZone }: NewsProps) {
  const t = useTranslations('notifications');
  return (
    <Section
      id="news"
      title={t('news.title')}
      aside={
        <Link href="/notifications" className="link">
          {t('news.all')}
        </Link>
      }
    >
      {news.length === 0 ? (
        <p className="t-body text-ink-2">{t('news.none')}</p>
      ) : (
        <NotificationList notifications={news} timeZone={timeZone} />
      )}
    </Section>
  );
}
