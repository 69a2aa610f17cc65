'use client';
// While the ledger is at work on what this page shows, asks for the page again every two seconds; a hidden tab waits.
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

export function RefreshWhile({ working }: { working: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, 2_000);
    return () => clearInterval(timer);
  }, [working, router]);
  return null;
}
