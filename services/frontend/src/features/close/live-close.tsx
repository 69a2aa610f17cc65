'use client';
// Keeps the close as it is now. The ledger's news comes a moment before agreements has taken its step from it, so the page
// asks a second time shortly after.
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive } from '../../lib/live/use-live.ts';

const againMs = 1_500;

export function LiveClose() {
  const router = useRouter();
  const again = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(again.current), []);
  useLive(['periodCloseChanged'], () => {
    router.refresh();
    clearTimeout(again.current);
    again.current = setTimeout(() => router.refresh(), againMs);
  });
  return null;
}
