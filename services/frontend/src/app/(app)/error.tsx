'use client';
// A fault nobody foresaw. It says that nothing was changed and gives the code that finds it in the log.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations('state');
  return (
    <div
      className="sheet sheet-ruled mx-[18px] mt-8 grid max-w-lg justify-items-start gap-4 px-8 py-8 desk:mx-auto"
      role="alert"
    >
      <h1 className="t-head">{t('ours.title', { subject: t('thisPage') })}</h1>
      <p className="t-body text-ink-2">{t('ours.ours')}</p>
      {error.digest ? <code className="t-mono">{error.digest}</code> : null}
      <Button onClick={reset}>{t('tryAgain')}</Button>
    </div>
  );
}
