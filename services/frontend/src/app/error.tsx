'use client';
// A fault nobody foresaw in the frame itself, in a document or at the sign-in.
import type { UnforeseenProps } from '../components/state/unforeseen.tsx';
import { Unforeseen } from '../components/state/unforeseen.tsx';

export default function FrameError(props: UnforeseenProps) {
  return (
    <main>
      <Unforeseen {...props} />
    </main>
  );
}
