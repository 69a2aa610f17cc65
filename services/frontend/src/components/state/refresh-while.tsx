'use client';
// Keeps a page fresh by itself: every two seconds while the ledger is at work on what it shows, every twenty where others
// add to it. A hidden tab waits.
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

export function RefreshWhile({ working, everySeconds = 2 }: { working: boolean; everySeconds?: number }) {
  const router = useRouter();
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, everySeconds * 1_000);
    return () => clearInterval(timer);
  }, [working, everySeconds, router]);
  return null;
}
