// An address that leads nowhere.
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../components/control/button.tsx';

export default function NotFound() {
  const t = useTranslations('state');
  return (
    <main className="sheet sheet-ruled mx-auto mt-16 grid max-w-lg justify-items-start gap-4 px-8 py-8">
      <h1 className="t-head">{t('notFound.title')}</h1>
      <p className="t-body text-ink-2">{t('notFound.text')}</p>
      <ButtonLink href="/">{t('toOverview')}</ButtonLink>
    </main>
  );
}
