'use client';
// A fault nobody foresaw. It says that nothing was changed and gives the code that finds it in the log.
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { requestIdOfPage } from '../../lib/session/request-id.ts';
import { Button } from '../control/button.tsx';
import { CopyButton } from '../control/copy-button.tsx';

const never = () => () => undefined;

export type UnforeseenProps = {
  /** A fault of the server has a digest; one of this page has none. */
  error: Error & { digest?: string };
  reset: () => void;
};

export function Unforeseen({ error, reset }: UnforeseenProps) {
  const t = useTranslations('state');
  const id = useSyncExternalStore(never, requestIdOfPage, () => null);
  const code = error.digest ? (id ?? error.digest) : null;
  return (
    <div
      className="sheet sheet-ruled mx-[18px] mt-8 grid max-w-lg justify-items-start gap-4 px-8 py-8 desk:mx-auto"
      role="alert"
    >
      <h1 className="t-head">{t('ours.title', { subject: t('thisPage') })}</h1>
      <p className="t-body text-ink-2">{t(error.digest ? 'ours.ours' : 'ours.here')}</p>
      {code ? (
        <p className="flex flex-wrap items-center gap-3">
          <code className="t-mono">{code}</code>
          <CopyButton text={code} />
        </p>
      ) : null}
      <Button onClick={reset}>{t('tryAgain')}</Button>
    </div>
  );
}
