// Where the link at the foot of a mail leads: one press stops the mails of its kind. A page that is only opened stops
// nothing, because mail programs open links by themselves.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button, ButtonLink } from '../../../components/control/button.tsx';
import { Said } from '../../../components/state/said.tsx';
import { Notice } from '../../../components/state/notice.tsx';
import { stopMail } from '../../../features/notification/notification.actions.ts';
import { EntryPage } from '../../../features/session/entry-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications'))('stop.title') };
}

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ said?: string }> };

export default async function UnsubscribePage({ params, searchParams }: Props) {
  const { token } = await params;
  const { said } = await searchParams;
  const t = await getTranslations('notifications');
  return (
    <EntryPage title={t('stop.title')} lead={t('stop.lead')}>
      {said === 'stopped' ? <Said>{t('stop.done')}</Said> : null}
      {said === 'fault' ? (
        <div className="mb-5">
          <Notice tone="stop">{t('stop.unknown')}</Notice>
        </div>
      ) : null}
      {said === 'stopped' ? (
        <ButtonLink href="/settings/me/notifications">{t('settings')}</ButtonLink>
      ) : (
        <form action={stopMail}>
          <input type="hidden" name="token" value={decodeURIComponent(token)} />
          <Button type="submit" tone="primary">
            {t('stop.act')}
          </Button>
        </form>
      )}
    </EntryPage>
  );
}
