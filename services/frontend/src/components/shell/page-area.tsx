'use client';
// Where the page stands. While the next one takes longer than a moment, its coming shape stands there instead; the page
// that was there is kept until then, with whatever was typed into it.
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { PageSkeleton } from '../state/skeleton.tsx';
import { Page } from './page.tsx';
import { pendingPlace } from './pending-place.ts';

export function PageArea({ children }: { children: ReactNode }) {
  const next = useSyncExternalStore(pendingPlace.subscribe, pendingPlace.now, () => null);
  return (
    <>
      <div hidden={next !== null}>{children}</div>
      {next === null ? null : (
        <Page>
          <PageSkeleton href={next} />
        </Page>
      )}
    </>
  );
}
