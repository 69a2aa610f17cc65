'use client';
// A fault nobody foresaw in the frame itself, in a document or at the sign-in. What it shows is fetched when it is needed:
// every page carries this file.
import { Suspense, lazy } from 'react';
import type { UnforeseenProps } from '../components/state/unforeseen.tsx';

const Unforeseen = lazy(async () => ({
  default: (await import('../components/state/unforeseen.tsx')).Unforeseen,
}));

export default function FrameError(props: UnforeseenProps) {
  return (
    <main>
      <Suspense fallback={null}>
        <Unforeseen {...props} />
      </Suspense>
    </main>
  );
}
