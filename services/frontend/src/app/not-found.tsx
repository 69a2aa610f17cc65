// An address that leads nowhere.
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../components/control/button.tsx';
import { Brand } from '../components/shell/brand.tsx';

export default function NotFound() {
  const t = useTranslations('state');
  return (
    <div className="mx-auto max-w-lg px-[18px] pt-10 desk:pt-16">
      <Brand name="Habitat" />
      <main className="sheet sheet-ruled mt-8 grid justify-items-start gap-4 px-6 py-8 desk:px-8">
        <h1 className="t-head">{t('notFound.title')}</h1>
        <p className="t-body text-ink-2">{t('notFound.text')}</p>
        <ButtonLink href="/">{t('toOverview')}</ButtonLink>
      </main>
    </div>
  );
}
