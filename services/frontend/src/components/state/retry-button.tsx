'use client';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '../control/button.tsx';

/** Asks the server for the same page again. */
export function RetryButton() {
  const t = useTranslations('state');
  const router = useRouter();
  const [pending, start] = useTransition();
  return (
    <Button disabled={pending} onClick={() => start(() => router.refresh())}>
      {pending ? t('trying') : t('tryAgain')}
    </Button>
  );
}
