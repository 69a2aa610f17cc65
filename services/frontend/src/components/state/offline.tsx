'use client';
// Tells when the device has lost the network, and that nothing typed is lost.
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { FrameIcon } from '../frame-icon.tsx';

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

export function OfflineNotice() {
  const t = useTranslations('shell');
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status">
      {online ? null : (
        <p className="t-ui flex gap-3 border-b border-edge bg-sunk px-[18px] py-2.5 desk:px-11">
          <FrameIcon name="offline" className="mt-0.5" />
          <span>
            <strong className="font-semibold">{t('offline')}</strong> {t('offlineDetail')}
          </span>
        </p>
      )}
    </div>
  );
}
